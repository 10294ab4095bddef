"""Rosters in sight, and who stands on them."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from communities.accounts.models import User
from communities.divisions.models import Division
from communities.divisions.queries import communities_below
from communities.residents.models import Residency
from communities.roles.queries import places_held, roles_at, within
from communities.roles.rules import Role
from communities.rosters.models import Roster, RosterEntry

KEEPERS = frozenset({Role.COMMUNITY_WORKER, Role.STREET_OFFICER})


def places_of(person: User, day: date) -> list[Division]:
    """The communities and streets whose rosters the person keeps."""
    return places_held(person, KEEPERS, day)


def keeps_roster(person: User, place: Division, day: date) -> bool:
    return bool(roles_at(person, place, day) & KEEPERS)


def rosters_of(person: User, day: date) -> QuerySet[Roster]:
    """The newest first."""
    found = Roster.objects.filter(within(person, KEEPERS, day, "place"))
    return found.select_related("place", "by", "job").order_by("-pk")


def in_sight(person: User, day: date, number: int) -> Roster | None:
    return rosters_of(person, day).filter(pk=number).first()


def names_below(place: Division) -> dict[str, str]:
    """What may stand in a roster's community column (without 社区 at the end) → the community's code."""
    return {found.name.removesuffix("社区"): found.code for found in communities_below(place)}


def standing(place: Division) -> QuerySet[RosterEntry]:
    """Who stands on the rosters at or below the place today."""
    return RosterEntry.objects.filter(community__path__startswith=place.path, until=None)


def entry_for(person: User, community: Division) -> RosterEntry | None:
    """The standing entry with the person's number on this community's roster."""
    if not person.phone_index:
        return None
    found = RosterEntry.objects.filter(phone_index=person.phone_index, community=community, until=None)
    return found.select_related("roster").first()


def waiting_on(communities: list[int]) -> QuerySet[Residency]:
    """Declared homes in these communities, of people who can sign in: whom a new roster may prove."""
    found = Residency.objects.filter(
        community__in=communities, until=None, proof=Residency.Proof.DECLARED, person__is_active=True
    )
    return found.exclude(person__phone_index=None).select_related("person", "community").order_by("pk")
