"""月报和档案: long papers made by jobs, and their files for the person who asked."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from portal import clock
from portal.files import download
from portal.models import Job
from portal.refusals import insist
from portal.web import attempt, back, page, posted
from projects import permissions
from projects.desk import forms, services
from projects.desk.queries import overview as seen
from projects.desk.queries import papers as asked_for
from projects.desk.queries import proposals
from projects.parties import parties_to

A_PAGE = 20


@never_cache
@login_required
def papers(request: HttpRequest) -> HttpResponse:
    """Ask for a monthly return; what was asked for, how far it is, its file."""
    today = clock.today()
    insist(seen.objection_to_overview(request.user, today=today))
    form = forms.ReturnForm(**posted(request), places=seen.places_seen(request.user, today=today), today=today)
    given = {"by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.ask_return, **given, **form.cleaned_data):
        return back(request, "desk:papers", said=_("已开始生成，做好后在下面下载。"))
    found = Paginator(asked_for.papers_of(request.user), A_PAGE).get_page(request.GET.get("page"))
    rows = [asked_for.paper_row(job) for job in found]
    return page(request, "projects/desk/papers.html", {"form": form, "found": found, "rows": rows})


@require_POST
@login_required
def archive(request: HttpRequest, number: str) -> HttpResponse:
    """Ask for the whole archive of a project."""
    row = get_object_or_404(proposals.proposal_in_sight(), number=number)
    roles = parties_to(request.user, row, day=clock.today())
    insist(permissions.objection_to("desk.see_dossier", roles=roles, stage=row.round.stage))
    services.ask_archive(proposal=row, by=request.user, now=clock.now())
    return back(request, "desk:papers", said=_("档案正在打包，做好后在下面下载。"))


@never_cache
@login_required
@require_safe
def paper(request: HttpRequest, key: int) -> HttpResponse:
    """The file of a paper, for nobody but the person who asked."""
    job = get_object_or_404(asked_for.papers_of(request.user), pk=key, state=Job.State.DONE)
    if not job.file.storage.exists(job.file.name):
        raise Http404
    name = asked_for.file_name(job)
    with job.file.open("rb") as opened:
        return download(opened.read(), asked_for.kind_of(name), name)


@require_POST
@login_required
def paper_again(request: HttpRequest, key: int) -> HttpResponse:
    """Try a failed paper once more."""
    job = get_object_or_404(asked_for.papers_of(request.user), pk=key)
    services.try_again(job=job, now=clock.now())
    return back(request, "desk:papers", said=_("已重新排队。"))
