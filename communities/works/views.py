"""Background work: what runs, how far it is, what failed and why, and doing it again."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from communities.roles.queries import roles_anywhere
from communities.roles.rules import STAFF
from communities.works import queries, rules, services
from portal import clock, jobs
from portal.masking import mask_numbers
from portal.models import Job
from portal.web import back, page

A_PAGE = 30


def row_of(job: Job) -> dict:
    done, total = jobs.progress(job) if job.state == Job.State.RUNNING else (0, 0)
    return {
        "title": job.title,
        "state": job.state,
        "done": done,
        "total": total,
        "error": mask_numbers(rules.first_line(job.error)),
        "retry_url": reverse("works:retry", args=[job.pk]),
        "started_at": job.asked_at,
        "by": job.asked_by or _("定时任务"),
    }


def tabs_of(person: object, state: str) -> list[dict]:
    found = queries.counts(person, clock.today())
    rows = [("", _("全部"), sum(found.values())), *((key, title, found.get(key, 0)) for key, title in Job.State.choices)]
    return [{"title": title, "url": f"?state={key}", "count": count, "current": key == state} for key, title, count in rows]


@login_required
def works(request: HttpRequest) -> HttpResponse:
    """The newest first."""
    if not roles_anywhere(request.user, clock.today()) & STAFF:
        raise Http404
    state = request.GET.get("state", "")[:10]
    listed = Paginator(queries.listed(request.user, clock.today(), state), A_PAGE).get_page(request.GET.get("page"))
    shown = {"listed": listed, "rows": [row_of(job) for job in listed], "tabs": tabs_of(request.user, state)}
    return page(request, "communities/works/works.html", shown)


@login_required
@require_POST
def retry(request: HttpRequest, number: int) -> HttpResponse:
    """Again."""
    job = get_object_or_404(queries.in_sight(request.user, clock.today()), pk=number)
    services.retry_job(job_id=job.pk, by=request.user, now=clock.now())
    return back(request, "works:works", said=_("已重新排队，稍候刷新看结果。"))
