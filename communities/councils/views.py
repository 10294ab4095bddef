"""The public page of a council; and the office's acts on its seats."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from communities.councils import forms, queries, rules, services
from communities.councils.models import Council, Seat
from communities.councils.records import record_of
from portal import clock
from portal.web import attempt, back, page, posted


def found_council(code: str) -> Council:
    council = queries.council_at(code)
    if council is None:
        raise Http404
    return council


def kept_council(request: HttpRequest, code: str) -> Council:
    council = found_council(code)
    if not queries.keeps_seats(request.user, council, clock.today()):
        raise Http404
    return council


def council(request: HttpRequest, code: str) -> HttpResponse:
    """Who sits here, since when, how it decides, what it decided. Those who keep the seats see absences too."""
    found = found_council(code)
    seats = list(queries.seats_on(found, clock.today())[:60])
    keeps = queries.keeps_seats(request.user, found, clock.today())
    record = record_of(found, clock.today(), absences=keeps)
    shown = {"council": found, "community": found.community, "record": record, "keeps": keeps}
    shown["rows"] = [(seat, record.unexcused.get(seat.pk, 0)) for seat in seats]
    shown["losing"] = {seat.pk for seat in seats if rules.is_losing_seat(record.unexcused.get(seat.pk, 0))}
    shown |= {"quorum": queries.quorum_of(found), "pass_mark": queries.pass_mark_of(found), "seats": seats}
    shown["needed"] = shown["quorum"].needed(len(seats)) if seats else 0
    shown["estates"] = queries.estate_councils(found.community) if found.community.level == "community" else []
    return page(request, "communities/councils/council.html", shown)


@login_required
def seat(request: HttpRequest, code: str) -> HttpResponse:
    """Give somebody a seat for a term."""
    council = kept_council(request, code)
    form = forms.SeatForm(**posted(request), initial={"since": clock.today(), "came_by": Seat.CameBy.ELECTED})
    given = {"council_id": council.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.seat_member, **form.given(), **given):
        return back(request, "councils:council", code, said=_("席位已登记。"))
    return page(request, "communities/councils/seat.html", {"form": form, "council": council})


@login_required
def end_seat(request: HttpRequest, number: int) -> HttpResponse:
    """End a term, with the reason."""
    held = queries.seat_in_sight(request.user, number, clock.today())
    if held is None:
        raise Http404
    form = forms.EndSeatForm(**posted(request), initial={"last_day": clock.today()})
    given = {"seat_id": held.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.end_seat, **form.cleaned_data, **given):
        return back(request, "councils:council", held.council.community.code, said=_("离任已办理。"))
    return page(request, "communities/councils/end_seat.html", {"form": form, "seat": held})


@login_required
def estate(request: HttpRequest, code: str) -> HttpResponse:
    """Found the council of one estate."""
    council = kept_council(request, code)
    form = forms.EstateCouncilForm(**posted(request))
    given = {"community_id": council.community_id, "by": request.user, "now": clock.now()}
    if form.is_valid() and (done := attempt(form, services.found_estate_council, **form.cleaned_data, **given)):
        return back(request, "councils:council", done.value.community.code, said=_("小区议事会已登记，请安排席位。"))
    return page(request, "communities/councils/estate.html", {"form": form, "council": council})
