"""Who may act where on a day. A role held at a division reaches every division below it."""

from __future__ import annotations

from collections.abc import Set
from datetime import date
from enum import StrEnum
from typing import TypeVar

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import StrIndex

from communities.accounts.models import User
from communities.divisions.models import Division
from communities.roles.models import Appointment
from communities.roles.rules import APPOINTED_BY, Role

P = TypeVar("P", bound=StrEnum)


def on_day(day: date) -> Q:
    """Terms that count on that day."""
    return Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gte=day))


def appointments_of(person: User, day: date) -> list[Appointment]:
    """The person's terms on that day with their divisions; one query, remembered on the person object."""
    held = person.__dict__.setdefault("_appointments", {})
    if day not in held:
        held[day] = list(person.appointments.filter(on_day(day)).select_related("division"))
    return held[day]


def roles_at(person: User, division: Division, day: date) -> frozenset[Role]:
    """The roles that reach `division` on that day. A signed-out visitor and a closed account have none."""
    if not person.is_authenticated or not person.is_active:
        return frozenset()
    return frozenset(
        Role(held.role)
        for held in appointments_of(person, day)
        if division.path.startswith(held.division.path)
    )


def roles_along(person: User, division: Division, day: date) -> frozenset[Role]:
    """The roles that the person holds above, at or below the division: whom she oversees and who oversees her."""
    return frozenset(
        Role(held.role)
        for held in appointments_of(person, day)
        if division.path.startswith(held.division.path) or held.division.path.startswith(division.path)
    )


def roles_anywhere(person: User, day: date) -> frozenset[Role]:
    if not person.is_authenticated or not person.is_active:
        return frozenset()
    return frozenset(Role(held.role) for held in appointments_of(person, day))


def parties_held(person: User, place: Division | None, day: date, *, of: type[P]) -> frozenset[P]:
    """A floor's parties that need no more than signing in and a role: one that reaches `place`, or any when it is None.

    A party that is a role carries the role's own name; a role without a party of that name counts for nothing here.
    """
    if not person.is_authenticated or not person.is_active:
        return frozenset({of["VISITOR"]})
    roles = roles_anywhere(person, day) if place is None else roles_at(person, place, day)
    return frozenset({of["VISITOR"], of["MEMBER"]} | {party for party in of if party in roles})


def places_held(person: User, roles: Set[Role], day: date) -> list[Division]:
    """The divisions at which the person holds one of `roles`, those below them left out; the highest first."""
    found = {held.division_id: held.division for held in appointments_of(person, day) if Role(held.role) in roles}
    return sorted(found.values(), key=lambda place: place.path)


def within(person: User, roles: frozenset[Role], day: date, field: str = "") -> Q:
    """A filter: rows whose division lies where the person holds one of `roles`; matches nothing when none.

    `field` is the way to the division, for example "round__division" or "" for divisions themselves.
    """
    lookup = f"{field}__path__startswith" if field else "path__startswith"
    reach = Q(pk__in=[])
    for held in appointments_of(person, day):
        if Role(held.role) in roles:
            reach |= Q(**{lookup: held.division.path})
    return reach


def holders(role: Role, division: Division, day: date) -> QuerySet[User]:
    """People whose role reaches the division on that day."""
    terms = (
        Appointment.objects.filter(on_day(day), role=role)
        .annotate(at=StrIndex(Value(division.path), F("division__path")))
        .filter(at=1)
    )
    return User.objects.filter(pk__in=terms.values("person")).order_by("pk")


def register(day: date, *, below: Division, roles: frozenset[Role] | None = None) -> QuerySet[Appointment]:
    """谁在哪天能做什么: every term that counted on that day at or below the division, by place."""
    found = Appointment.objects.filter(on_day(day), division__path__startswith=below.path)
    if roles is not None:
        found = found.filter(role__in=[role.value for role in roles])
    return found.select_related("person", "division__parent", "appointed_by").order_by("division__path", "role", "pk")


def reach_of(person: User, day: date) -> list[Division]:
    """The divisions where the person holds a role that appoints others, the highest first."""
    giving = frozenset().union(*APPOINTED_BY.values())
    return places_held(person, giving, day)


def reaches(person: User, place: Division, day: date) -> bool:
    """May the person end terms there?"""
    return any(place.path.startswith(held.path) for held in reach_of(person, day))


def registrable(person: User, day: date) -> list[Division]:
    """Where the person may read the register: what she appoints in, oversees or audits."""
    reading = frozenset().union(*APPOINTED_BY.values()) | {Role.AUDITOR, Role.SUPERVISOR}
    return places_held(person, reading, day)


def in_sight(person: User, day: date, number: int) -> Appointment | None:
    """A term at or below a division where the person appoints."""
    found = Appointment.objects.select_related("person", "division", "appointed_by").filter(pk=number).first()
    if found is None or not any(found.division.path.startswith(place.path) for place in reach_of(person, day)):
        return None
    return found


def terms_of(person_id: int, role: Role, division_id: int) -> QuerySet[Appointment]:
    return Appointment.objects.filter(person_id=person_id, role=role, division_id=division_id)
