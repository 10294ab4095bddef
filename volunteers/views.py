"""The pages across the volunteers' rooms: the front page, and what concerns one volunteer."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from communities.divisions.queries import by_code
from portal import clock
from portal.web import page
from volunteers import queries
from volunteers.activities import queries as activities
from volunteers.teams import queries as people
from volunteers.timebank import queries as bank
from volunteers.wishes import queries as wishes


@require_safe
def volunteers(request: HttpRequest) -> HttpResponse:
    """The ways in, what needs helpers next, where to ask in person."""
    context = {"centres": queries.centres(), "city": queries.city(), "shifts": activities.with_places(clock.now())[:3]}
    return page(request, "volunteers/volunteers.html", context)


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """我的志愿服务: my shifts, hours, points and certificates, my teams, what I offer."""
    held = people.volunteer_of(request.user)
    context = {"held": held, "waits": people.waits_for_guardian(held)}
    context["teams"] = people.memberships_of(held)[:10] if held else []
    context["places"] = activities.my_sign_ups(held, clock.now())[:20] if held else []
    context["claims"] = wishes.claims_of(request.user)[:10] if held else []
    context["bank"] = bank.balances_of(held) if held else None
    context["certificates"] = bank.certificates_of(held).count() if held else 0
    return page(request, "volunteers/mine.html", context)


@require_safe
def figures(request: HttpRequest, code: str) -> HttpResponse:
    """What volunteers do in a district, street or community: sums, never persons or rankings (G15)."""
    place = by_code(code)
    if place is None:
        raise Http404
    context = {"place": place, "sums": queries.sums_of(place, clock.now()), "below": queries.places_in(place)}
    return page(request, "volunteers/figures.html", context | {"smallest": queries.SMALLEST})
