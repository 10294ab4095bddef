"""Who works at a desk: to whom items are given, who is meant by @name; what is late; a person's own filters."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef

from communities.accounts.models import User
from communities.divisions.models import Division
from communities.roles.models import Appointment
from communities.roles.queries import holders, on_day
from communities.roles.rules import Role
from projects.proposals.models import Proposal
from projects.proposals.queries import answer_due
from projects.proposals.standings import Standing
from projects.screening import rules
from projects.screening.models import Escalation, SavedFilter

LOOKED_AT = 300


def workers_at(community: Division, *, day: date) -> list[User]:
    return sorted(holders(Role.COMMUNITY_WORKER, community, day), key=lambda person: person.name)


def colleagues_at(community: Division, *, day: date) -> list[User]:
    """All who see the internal notes of a community: its workers and the street's officers."""
    street = holders(Role.STREET_OFFICER, community, day)
    return list({person.pk: person for person in [*workers_at(community, day=day), *street]}.values())


def workers_of(communities: list[Division], *, day: date) -> dict[int, str]:
    """{number: name} of the workers of these communities, at most of twenty; one query, by community and then by name."""
    places = {place.path: number for number, place in enumerate(communities[:20])}
    above = {path[: end + 1] for path in places for end, sign in enumerate(path) if sign == "/"}
    held = Appointment.objects.filter(on_day(day), role=Role.COMMUNITY_WORKER, division__path__in=above)
    found: list[tuple[int, str, int]] = []
    for path, person, name in held.values_list("division__path", "person", "person__name"):
        found += [(number, name, person) for place, number in places.items() if place.startswith(path)]
    return {person: name for _number, name, person in sorted(found)}


def late_unannounced(now: datetime, *, today: date) -> list[Proposal]:
    """Proposals whose answer is late and of which the street has not been told, the longest waiting first."""
    told = Escalation.objects.filter(proposal=OuterRef("pk"), waits_since=OuterRef("standing_since"))
    rows = Proposal.objects.filter(
        ~Exists(told),
        standing=Standing.LODGED,
        round__stage__in=rules.NEAR,
        round__cancelled_at=None,
        standing_since__lt=now - timedelta(days=1),
    ).select_related("round", "community__parent")
    return [row for row in rows.order_by("standing_since", "pk")[:LOOKED_AT] if answer_due(row).on < today]


def filters_of(person: User) -> list[SavedFilter]:
    return list(SavedFilter.objects.filter(person=person)[: rules.MOST_FILTERS])
