"""A community's council: its charter, its seats on a day, its chair."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from communities.accounts.models import User
from communities.councils.models import Council, Seat
from communities.councils.rules import Threshold
from communities.divisions.models import Division


def council_of(community: Division) -> Council | None:
    return Council.objects.select_related("community").filter(community=community).first()


def seats_on(council: Council, day: date) -> QuerySet[Seat]:
    """Seats that are held on that day, the chair first; one query with the people."""
    held = Q(since__lte=day) & (Q(until=None) | Q(until__gte=day))
    return council.seats.filter(held).select_related("person").order_by("-chairs", "kind", "since", "pk")


def seat_of(person: User, council: Council, day: date) -> Seat | None:
    if not person.is_authenticated:
        return None
    return seats_on(council, day).filter(person=person).first()


def chair_of(council: Council, day: date) -> User | None:
    seat = seats_on(council, day).filter(chairs=True).first()
    return seat.person if seat else None


def quorum_of(council: Council) -> Threshold:
    """How many of the seats must be present."""
    return Threshold(council.quorum_over, council.quorum_under, council.quorum_inclusive)


def pass_mark_of(council: Council) -> Threshold:
    """How many of those present must agree."""
    return Threshold(council.pass_over, council.pass_under, council.pass_inclusive)
