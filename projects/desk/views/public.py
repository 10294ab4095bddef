"""What every visitor may read: home, communities, rounds, proposals and their whole life."""

from __future__ import annotations

import segno
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from portal import clock
from portal.reading import A_YEAR
from portal.web import back, page
from projects.desk import cards, forms, fronts, life, phases, strips
from projects.desk.queries import boards, money, places
from projects.desk.queries import proposals as listed
from projects.rounds import services
from projects.rounds.queries import published_rounds, words_for

A_PAGE = 24
REMEMBERED = "community"


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The visitor's community and its round, what is being built there, notices, the centre."""
    community = places.own_community(request.user, request.COOKIES.get(REMEMBERED, ""))
    return page(request, "projects/desk/home.html", fronts.home_of(community, today=clock.today()))


@require_safe
def communities(request: HttpRequest) -> HttpResponse:
    """Find a community by name, street or initials."""
    form = forms.FindForm(request)
    found = Paginator(places.communities_found(form.asked.get("q", "")), places.MOST).get_page(request.GET.get("page"))
    context = {"find": form, "found": found, "streets": places.by_street(found)}
    return page(request, "projects/desk/communities.html", context)


@require_safe
def choose_community(request: HttpRequest, code: str) -> HttpResponse:
    """Remember the community in a cookie, for the home page only, and go there."""
    get_object_or_404(places.communities_found(""), code=code)
    answer = back(request, "desk:home")
    secure = settings.SESSION_COOKIE_SECURE
    answer.set_cookie(REMEMBERED, code, max_age=A_YEAR, secure=secure, httponly=True, samesite="Lax")
    return answer


@require_safe
def community(request: HttpRequest, code: str) -> HttpResponse:
    place = places.community_with(code)
    if place is None:
        raise Http404
    context = fronts.community_of(place, today=clock.today(), now=clock.now())
    return page(request, "projects/desk/community.html", context)


@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    """Every published round, those on their way first."""
    found = Paginator(boards.rounds_listed(), A_PAGE).get_page(request.GET.get("page"))
    rows = [fronts.round_row(round, today=clock.today()) for round in found]
    return page(request, "projects/desk/rounds.html", {"found": found, "rows": rows})


@require_safe
def round(request: HttpRequest, number: str) -> HttpResponse:
    """Where the round stands, its money, how it works, its numbers."""
    batch = get_object_or_404(published_rounds(), number=number)
    return page(request, "projects/desk/round.html", fronts.round_of(batch, today=clock.today()))


@require_safe
def round_rules(request: HttpRequest, number: str) -> HttpResponse:
    """The rules in plain words, the calendar, and the frozen text with its digest."""
    batch = get_object_or_404(published_rounds(), number=number)
    context = {
        "round": batch,
        "tabs": phases.tabs_of(batch),
        "rules": phases.rules_in_words(batch),
        "steps": strips.round_steps(batch, words_for(batch.street)),
        "shares": money.shares_of(batch),
        "fits": services.frozen_fits(batch),
    }
    return page(request, "projects/desk/round_rules.html", context)


@require_safe
def round_projects(request: HttpRequest, number: str) -> HttpResponse:
    """The approved projects of a round with their progress and money."""
    batch = get_object_or_404(published_rounds(), number=number)
    found = Paginator(boards.projects_of_round(batch), A_PAGE).get_page(request.GET.get("page"))
    context = {"round": batch, "tabs": phases.tabs_of(batch), "found": found}
    context["cards"] = boards.project_cards(found, today=clock.today())
    return page(request, "projects/desk/round_projects.html", context)


@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    form = forms.ProposalsForm(request, places=listed.places_with_proposals())
    found = Paginator(listed.proposals_list(form.asked, person=request.user), A_PAGE).get_page(request.GET.get("page"))
    here = form.query(page=found.number if found.number > 1 else "")
    context = {
        "filters": form,
        "found": found,
        "cards": [cards.proposal_card(row, came_from=here or "all") for row in found],
        "as_table": request.user.is_authenticated and request.user.is_staff,
    }
    return page(request, "projects/desk/proposals.html", context, fragment="projects/desk/_proposals.html")


@require_safe
def proposal(request: HttpRequest, number: str) -> HttpResponse:
    """One page for the whole life of a proposal, from the wish to the evaluation."""
    row = get_object_or_404(listed.proposal_in_sight(), number=number)
    address = request.build_absolute_uri(reverse("desk:proposal", args=[number]))
    came_from = request.GET.get("list", "").replace("#", "")
    context = {
        "life": life.life_of(row, person=request.user, now=clock.now()),
        "address": address,
        "qr": segno.make(address, error="m").svg_data_uri(scale=4, border=2),
        "list_url": f"{reverse('desk:proposals')}?{came_from}#{number}" if came_from else reverse("desk:proposals"),
    }
    return page(request, "projects/desk/proposal.html", context)
