"""The community worker's desk: guardians' papers, teams."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from communities.divisions.models import Division
from communities.roles.queries import holders, roles_anywhere
from communities.roles.rules import Role
from portal import clock
from portal.web import attempt, back, page, posted
from volunteers.teams import forms, queries, services
from volunteers.teams.models import Volunteer

A_PAGE = 30


def minor_of(request: HttpRequest, number: int) -> Volunteer:
    found = queries.minor_in_sight(request.user, clock.today(), number)
    if found is None:
        raise Http404
    return found


@login_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """Guardians' papers to see, and the teams of her communities."""
    if Role.COMMUNITY_WORKER not in roles_anywhere(request.user, clock.today()):
        raise Http404
    found = Paginator(queries.teams_of_worker(request.user, clock.today()), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "found": found,
        "minors": queries.minors_waiting(request.user, clock.today())[:50],
        "places": queries.communities_of_worker(request.user, clock.today())[:20],
    }
    return page(request, "volunteers/teams/desk.html", context)


@login_required
def guardian(request: HttpRequest, number: int) -> HttpResponse:
    """Write down that the guardian's paper was seen; only name, relation and the paper's number."""
    held = minor_of(request, number)
    form = forms.GuardianForm(**posted(request))
    given = {"volunteer_id": held.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.confirm_guardian, **given, **form.cleaned_data):
        return back(request, "teams:desk", said=_("已记录，本人会收到消息。"))
    return page(request, "volunteers/teams/guardian.html", {"form": form, "held": held})


@login_required
@require_POST
def withdraw_guardian(request: HttpRequest, number: int) -> HttpResponse:
    held = minor_of(request, number)
    services.withdraw_guardian(volunteer_id=held.pk, by=request.user, now=clock.now())
    return back(request, "teams:desk", said=_("监护人的同意已撤回，本人已报的名额已放出。"))


@login_required
def found_team(request: HttpRequest, code: str) -> HttpResponse:
    place: Division = get_object_or_404(queries.communities_of_worker(request.user, clock.today()), code=code)
    workers = holders(Role.COMMUNITY_WORKER, place, clock.today())
    form = forms.TeamForm(**posted(request), workers=workers)
    given = {"community_id": place.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and (done := attempt(form, services.found_team, **given, **form.cleaned_data)):
        return back(request, "teams:lead", done.value.pk, said=_("队伍已成立，志愿者可以申请加入了。"))
    return page(request, "volunteers/teams/found_team.html", {"form": form, "place": place})


@login_required
def close_team(request: HttpRequest, number: int) -> HttpResponse:
    team = get_object_or_404(queries.teams_of_worker(request.user, clock.today()), pk=number)
    form = forms.EndForm(**posted(request))
    given = {"team_id": team.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.close_team, **given, **form.cleaned_data):
        return back(request, "teams:desk", said=_("队伍已解散，队员会收到消息。"))
    return page(request, "volunteers/teams/close_team.html", {"form": form, "team": team})
