"""Service centres by community and by keeper, their hours, their rooms."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db.models import Q, QuerySet

from communities.accounts.models import User
from communities.centres.models import Room, ServiceCentre
from communities.centres.rules import KEEPERS, DayHours, hours_on
from communities.divisions.models import Division
from communities.roles.queries import within
from portal import holidays


def centres_of(community: Division) -> QuerySet[ServiceCentre]:
    return ServiceCentre.objects.filter(community=community).select_related("community").order_by("pk")


def all_centres() -> QuerySet[ServiceCentre]:
    """Every centre of a living community, by place."""
    return (
        ServiceCentre.objects.filter(community__abolished_on=None)
        .select_related("community__parent__parent")
        .order_by("community__path", "pk")
    )


def found_centres(text: str) -> QuerySet[ServiceCentre]:
    """Centres whose name, address or community fits what was typed."""
    typed = text.strip()[:40]
    if not typed or not typed.isprintable():
        return all_centres()
    return all_centres().filter(
        Q(name__contains=typed)
        | Q(address__contains=typed)
        | Q(community__name__contains=typed)
        | Q(community__parent__name__contains=typed)
        | Q(community__initials__startswith=typed.lower())
    )


def centre_with(key: int) -> ServiceCentre | None:
    return all_centres().filter(pk=key).first()


def centres_kept_by(person: User, day: date) -> QuerySet[ServiceCentre]:
    """The centres that the person keeps, by place."""
    return all_centres().filter(within(person, KEEPERS, day, "community"))


def centre_kept_by(person: User, day: date, key: int) -> ServiceCentre | None:
    return centres_kept_by(person, day).filter(pk=key).first()


def calendar_of_centre(centre: ServiceCentre, first: date, last: date) -> Callable[[date], DayHours]:
    """The hours of each day from `first` to `last`; two queries, whatever is asked afterwards."""
    week: dict[int, list] = {}
    for row in centre.week.all():
        week.setdefault(row.weekday, []).append((row.opens, row.closes))
    days = centre.special_hours.filter(on__gte=first, on__lte=last)
    special = {row.on: (row.opens, row.closes, row.note) for row in days}
    known = holidays.calendar()

    def hours(day: date) -> DayHours:
        return hours_on(
            day,
            week=week,
            special=special.get(day),
            holiday=day in known.holidays,
            closed_on_holidays=centre.closed_on_holidays,
        )

    return hours


def hours_of(centre: ServiceCentre, day: date) -> DayHours:
    return calendar_of_centre(centre, day, day)(day)


def rooms_of(centre: ServiceCentre, day: date) -> QuerySet[Room]:
    """Rooms in use on the day."""
    return centre.rooms.filter(Q(closed_on=None) | Q(closed_on__gt=day)).order_by("pk")


def room_with(key: int, day: date) -> Room | None:
    """A room in use, with its centre."""
    rows = Room.objects.filter(Q(closed_on=None) | Q(closed_on__gt=day), pk=key)
    return rows.select_related("centre__community__parent").first()
