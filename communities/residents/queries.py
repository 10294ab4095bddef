"""Who lives where, and what awaits a community worker's check."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from communities.accounts import phones
from communities.accounts.models import User
from communities.divisions.models import Division
from communities.residents.models import Residency, ResidencyCheck
from communities.roles.queries import within
from communities.roles.rules import Role

WORKERS = frozenset({Role.COMMUNITY_WORKER})


def residency_of(person: User) -> Residency | None:
    """The person's open residency with its community; one query, remembered on the person object."""
    if not person.is_authenticated:
        return None
    if "_residency" not in person.__dict__:
        person._residency = person.residencies.filter(until=None).select_related("community__parent").first()
    return person._residency


def is_proved_resident(person: User, community: Division) -> bool:
    residency = residency_of(person)
    return bool(
        residency and residency.community_id == community.pk and residency.proof != Residency.Proof.DECLARED
    )


def proved_residents(community: Division) -> QuerySet[User]:
    """People with an open, proved residency in the community."""
    homes = Residency.objects.filter(community=community, until=None).exclude(proof=Residency.Proof.DECLARED)
    return User.objects.filter(pk__in=homes.values("person"), is_active=True)


def namesakes(name: str, community: Division) -> QuerySet[User]:
    """People of this name who live in the community, with a phone or without, proved or not: who is recorded without a
    phone may be one of them, and nobody gets a second account, and with it a second ballot."""
    homes = Residency.objects.filter(community=community, until=None)
    return User.objects.filter(pk__in=homes.values("person"), name=name, is_active=True)


def residencies_of(person: User) -> list[Residency]:
    """All homes the person ever had here, the newest first, with the checks."""
    rows = person.residencies.select_related("community__parent", "proved_by").prefetch_related("checks")
    return list(rows.order_by("-since", "-pk")[:50])


def last_refusal(person: User) -> ResidencyCheck | None:
    """Why the newest declared home was not confirmed, while the person has not declared another."""
    newest = person.residencies.order_by("-since", "-pk").first()
    if newest is None or newest.until is None:
        return None
    return newest.checks.filter(outcome=ResidencyCheck.Outcome.REFUSED).order_by("-at").first()


def waiting_for_check(worker: User, day: date, *, text: str = "", proved: bool = False) -> QuerySet[Residency]:
    """Open residencies in the worker's communities that are declared (or proved), oldest first.

    `text` narrows by whole phone number, by name, or by estate.
    """
    found = Residency.objects.filter(within(worker, WORKERS, day, "community"), until=None, person__is_active=True)
    declared = Q(proof=Residency.Proof.DECLARED)
    found = found.filter(~declared if proved else declared)
    typed = text.strip()[:40]
    if phone := phones.normalised(typed):
        found = found.filter(person__phone_index=phones.index_of(phone))
    elif typed and typed.isprintable():
        found = found.filter(Q(person__name__contains=typed) | Q(estate__contains=typed))
    return found.select_related("person", "community").order_by("-proved_at" if proved else "pk", "pk")


def in_sight(worker: User, day: date, number: int) -> Residency | None:
    """A residency in one of the worker's communities, open or not."""
    rows = Residency.objects.filter(within(worker, WORKERS, day, "community"), pk=number)
    return rows.select_related("person", "community__parent").first()
