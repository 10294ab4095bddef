"""A community's council: its charter, its seats on a day, its chair."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from communities.accounts.models import User
from communities.councils.models import Council, Seat
from communities.councils.rules import Threshold
from communities.divisions.models import Division
from communities.roles.queries import roles_at
from communities.roles.rules import APPOINTED_BY, Role


def council_of(community: Division) -> Council | None:
    return Council.objects.select_related("community__parent").filter(community=community).first()


def council_at(code: str) -> Council | None:
    """The council of the division with this code; one query."""
    return Council.objects.select_related("community__parent").filter(community__code=code).first()


def keeps_seats(person: User, council: Council, day: date) -> bool:
    """Whether the person gives and ends seats here: the community's worker, the street office."""
    return bool(roles_at(person, council.community, day) & APPOINTED_BY[Role.COUNCIL_MEMBER])


def terms_on(council: Council, **which: object) -> list[tuple[date, date | None]]:
    return list(council.seats.filter(**which).values_list("since", "until"))


def seat_in_sight(person: User, number: int, day: date) -> Seat | None:
    found = Seat.objects.select_related("council__community__parent", "person").filter(pk=number).first()
    return found if found and keeps_seats(person, found.council, day) else None


def estate_councils(community: Division) -> QuerySet[Council]:
    """小区议事会: the councils of single estates inside the community."""
    below = Council.objects.filter(community__path__startswith=community.path, community__level="estate")
    return below.select_related("community").order_by("community__name")


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
