"""The office's page for the official list: upload, preview, apply."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from communities.divisions import forms, imports
from communities.divisions.models import Division
from communities.roles.queries import appointments_of
from communities.roles.rules import Role
from portal import clock
from portal.web import attempt, back, page, posted

HEADINGS = {
    "bad": gettext_lazy("有问题的行（不会导入）"),
    "added": gettext_lazy("新增"),
    "renamed": gettext_lazy("改名"),
    "moved": gettext_lazy("调整上级"),
    "revived": gettext_lazy("恢复"),
    "abolished": gettext_lazy("标记撤销"),
}


def administered(request: HttpRequest) -> Division:
    """The widest place that the visitor administers; nobody else finds this page."""
    terms = appointments_of(request.user, clock.today())
    places = sorted((term.division for term in terms if term.role == Role.ADMINISTRATOR), key=lambda place: place.path)
    if not places:
        raise Http404
    return places[0]


@login_required
def import_list(request: HttpRequest) -> HttpResponse:
    """Hand in a file; earlier imports below."""
    place = administered(request)
    form = forms.ImportForm(**posted(request))
    given = {"within": place, "by": request.user, "now": clock.now()}
    if form.is_valid() and (
        done := attempt(form, imports.ask_preview, upload=form.cleaned_data["file"], **given)
    ):
        return back(request, "divisions:import_preview", done.value.pk)
    shown = {"form": form, "place": place, "listed": imports.imports_of(request.user)[:20]}
    return page(request, "communities/divisions/import_list.html", shown)


@login_required
def import_preview(request: HttpRequest, number: int) -> HttpResponse:
    """What a job found: counts, changes, bad rows."""
    administered(request)
    job = get_object_or_404(imports.imports_of(request.user), pk=number)
    parts = [
        {"title": title, "count": job.answer["counts"][key], "lines": job.answer[key], "bad": key == "bad"}
        for key, title in HEADINGS.items()
        if job.answer.get("counts", {}).get(key)
    ]
    shown = {"job": job, "parts": parts, "is_preview": job.kind == imports.PREVIEW}
    return page(request, "communities/divisions/import_preview.html", shown)


@login_required
@require_POST
def apply_import(request: HttpRequest, number: int) -> HttpResponse:
    """Do what the preview showed."""
    place = administered(request)
    preview = get_object_or_404(imports.imports_of(request.user), pk=number)
    made = imports.ask_apply(preview=preview, within=place, by=request.user, now=clock.now())
    return back(request, "divisions:import_preview", made.pk, said=_("已开始导入，稍候刷新本页看结果。"))
