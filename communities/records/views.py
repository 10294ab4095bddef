"""Bringing records in: hand the table in, read what it would change, do it."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from communities.records import forms, queries, services
from portal import clock, files, jobs
from portal.models import Job
from portal.web import attempt, back, page, posted

PARTS = {"left_out": gettext_lazy("不导入的行"), "fresh": gettext_lazy("新增"), "changed": gettext_lazy("更新")}


def preview_in_sight(request: HttpRequest, number: int) -> Job:
    if not queries.administers(request.user, clock.today()):
        raise Http404
    return get_object_or_404(queries.imports_of(request.user), pk=number)


@login_required
def imports(request: HttpRequest) -> HttpResponse:
    """Hand a table in; the earlier ones below."""
    if not queries.administers(request.user, clock.today()):
        raise Http404
    form = forms.ImportForm(**posted(request), initial={"record": request.GET.get("record", "")[:40]})
    given = {"by": request.user, "now": clock.now()}
    if form.is_valid() and (done := attempt(form, services.ask_preview, **form.cleaned_data, **given)):
        return redirect("records:preview", done.value.pk)
    listed = queries.imports_of(request.user)[:20]
    return page(request, "communities/records/imports.html", {"form": form, "listed": listed})


@login_required
def preview(request: HttpRequest, number: int) -> HttpResponse:
    """What the table would change; while a job works, how far it is; afterwards, what was done."""
    asked = preview_in_sight(request, number)
    act = queries.act_of(asked)
    job = act or asked
    done, total = jobs.progress(job)
    shown = {"preview": asked, "act": act, "job": job, "done": done, "total": total, "parts": parts_of(asked)}
    shown["counts"], shown["title"] = asked.answer.get("counts", {}), services.title_of(asked.args["record"])
    shown["busy"] = job.state in (Job.State.WAITING, Job.State.RUNNING)
    return page(request, "communities/records/preview.html", shown, fragment="communities/records/_preview.html")


@login_required
@require_POST
def take_in(request: HttpRequest, number: int) -> HttpResponse:
    """Do what the preview shows."""
    asked = preview_in_sight(request, number)
    services.ask_taking_in(preview_id=asked.pk, by=request.user, now=clock.now())
    return back(request, "records:preview", asked.pk)


@login_required
@require_safe
def rejects(request: HttpRequest, number: int) -> HttpResponse:
    """The rows that stay out, each with its reason in the last column."""
    asked = preview_in_sight(request, number)
    if not asked.file:
        raise Http404
    return files.serve(asked.file, title=_("第 %(number)s 号-不导入的行") % {"number": asked.pk} + ".xlsx")


def parts_of(asked: Job) -> list[dict]:
    counts, samples = asked.answer.get("counts", {}), asked.answer.get("samples", {})
    kinds = [(kind, title) for kind, title in PARTS.items() if counts.get(kind)]
    return [{"key": kind, "title": title, "count": counts[kind], "rows": samples.get(kind, [])} for kind, title in kinds]
