"""Teams for everybody, for members and for their leaders."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from communities.divisions import queries as places
from portal import clock
from portal.refusals import insist
from portal.web import attempt, back, page, posted
from volunteers.parties import parties_to_team
from volunteers.permissions import Party, objection_to
from volunteers.teams import forms, queries, services
from volunteers.teams.models import Membership, Team

A_PAGE = 24


def led_team(request: HttpRequest, number: int) -> tuple[Team, frozenset[Party]]:
    """The team for its leader or its community's worker."""
    team = get_object_or_404(queries.teams(), pk=number)
    parties = parties_to_team(request.user, team, day=clock.today())
    insist(objection_to("teams.answer_request", roles=parties))
    return team, parties


@require_safe
def teams(request: HttpRequest) -> HttpResponse:
    """Living teams, by community; one community with ?community=code."""
    code = request.GET.get("community", "")[:20]
    community = places.by_code(code) if code else None
    found = Paginator(queries.teams_found(community=community), A_PAGE).get_page(request.GET.get("page"))
    return page(request, "volunteers/teams/teams.html", {"found": found, "community": community})


@require_safe
def team(request: HttpRequest, number: int) -> HttpResponse:
    """What the team does, who leads it, how to join."""
    team = get_object_or_404(queries.teams(), pk=number)
    parties = parties_to_team(request.user, team, day=clock.today())
    context = {
        "team": team,
        "mine": queries.membership_in(team, request.user),
        "may_join": objection_to("teams.ask_to_join", roles=parties) is None,
        "may_lead": objection_to("teams.answer_request", roles=parties) is None,
    }
    return page(request, "volunteers/teams/team.html", context)


@login_required
@require_POST
def join(request: HttpRequest, number: int) -> HttpResponse:
    team = get_object_or_404(queries.teams(), pk=number)
    services.ask_to_join(team_id=team.pk, by=request.user, now=clock.now())
    return back(request, "teams:team", team.pk, said=_("申请已送出，队长答复后您会收到消息。"))


@login_required
@require_POST
def quit_team(request: HttpRequest, number: int) -> HttpResponse:
    team = get_object_or_404(queries.teams(), pk=number)
    services.leave_team(team_id=team.pk, by=request.user, now=clock.now())
    return back(request, "teams:team", team.pk, said=_("已离开队伍。"))


@login_required
@require_safe
def lead(request: HttpRequest, number: int) -> HttpResponse:
    """The leader's list: requests first, then the members with what they can do."""
    team, parties = led_team(request, number)
    context = {
        "team": team,
        "requests": queries.requests_to(team)[:50],
        "found": Paginator(queries.members_of(team), 50).get_page(request.GET.get("page")),
        "may_name": Party.WORKER in parties,
    }
    return page(request, "volunteers/teams/lead.html", context)


def row_of(request: HttpRequest, key: int) -> Membership:
    row = get_object_or_404(Membership.objects.select_related("volunteer__person"), pk=key, left_on=None)
    led_team(request, row.team_id)
    return row


@login_required
def answer(request: HttpRequest, key: int) -> HttpResponse:
    row = row_of(request, key)
    form = forms.AnswerForm(**posted(request))
    given = {"membership_id": row.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.answer_request, **given, **form.cleaned_data):
        return back(request, "teams:lead", row.team_id, said=_("已答复，对方会收到消息。"))
    return page(request, "volunteers/teams/answer.html", {"form": form, "row": row})


@login_required
def end(request: HttpRequest, key: int) -> HttpResponse:
    row = row_of(request, key)
    form = forms.EndForm(**posted(request))
    given = {"membership_id": row.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.end_membership, **given, **form.cleaned_data):
        return back(request, "teams:lead", row.team_id, said=_("已移出队伍，对方会收到消息。"))
    return page(request, "volunteers/teams/end.html", {"form": form, "row": row})


@login_required
@require_POST
def name_leader(request: HttpRequest, key: int) -> HttpResponse:
    row = row_of(request, key)
    leads = request.POST.get("leads") == "yes"
    services.name_leader(membership_id=row.pk, by=request.user, leads=leads, now=clock.now())
    return back(request, "teams:lead", row.team_id, said=_("已更新队长。"))
