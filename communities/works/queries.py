"""Background work in sight: one's own; for an administrator also that of people in her division, and what the clock started."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q, QuerySet

from communities.accounts.models import User
from communities.roles.models import Appointment
from communities.roles.queries import on_day, roles_anywhere, within
from communities.roles.rules import Role
from portal.models import Job

ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})


def in_sight(person: User, day: date) -> QuerySet[Job]:
    seen = Q(asked_by=person)
    if Role.ADMINISTRATOR in roles_anywhere(person, day):
        terms = Appointment.objects.filter(on_day(day), within(person, ADMINISTRATORS, day, "division"))
        seen |= Q(asked_by=None) | Q(asked_by__in=terms.values("person"))
    return Job.objects.filter(seen).select_related("asked_by")


def listed(person: User, day: date, state: str) -> QuerySet[Job]:
    """The newest first; of one state when it is asked for."""
    found = in_sight(person, day).order_by("-pk")
    return found.filter(state=state) if state in Job.State.values else found


def counts(person: User, day: date) -> dict[str, int]:
    rows = in_sight(person, day).order_by().values_list("state").annotate(n=Count("pk"))
    return dict(rows)
