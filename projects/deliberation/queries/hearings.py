"""Reads of public hearings: what is announced, who has a place, who waits."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, QuerySet

from communities.accounts.models import User
from communities.divisions.models import Division
from communities.roles.queries import within
from communities.roles.rules import Role
from projects.deliberation import hearing as rules
from projects.deliberation.models import Hearing, HearingPlace
from projects.proposals.models import Proposal

SHOWN = 50


def hearings_seen() -> QuerySet[Hearing]:
    return Hearing.objects.select_related("proposal__community", "proposal__round", "chair", "clerk")


def hearings_of(community: Division) -> QuerySet[Hearing]:
    """The newest of one community, at most fifty."""
    rows = hearings_seen().filter(proposal__community=community)
    return rows.annotate(asking=Count("asked")).order_by("-starts_at", "-pk")[:SHOWN]


def under_way(proposal: Proposal) -> Hearing | None:
    """The proposal's hearing that is announced and neither called off nor published; a proposal has at most one."""
    return Hearing.objects.filter(proposal=proposal, cancelled_at=None, published_at=None).first()


def hearings_kept_by(person: User, *, today: date) -> QuerySet[Hearing]:
    """Where the person is community worker: what is not called off and not yet published, the next first."""
    mine = within(person, frozenset({Role.COMMUNITY_WORKER}), today, "proposal__community")
    rows = hearings_seen().filter(mine, cancelled_at=None, published_at=None)
    return rows.annotate(asking=Count("asked")).order_by("starts_at")[:SHOWN]


def askers_of(row: Hearing) -> set[int]:
    """Those who asked and have an account: who can be told."""
    return set(row.asked.exclude(person=None).values_list("person_id", flat=True))


def places_of(row: Hearing) -> tuple[list[HearingPlace], list[HearingPlace]]:
    """(those with a place, those who wait), in the order of asking, each with its `name`; one query, at most 500."""
    asked = list(row.asked.select_related("person").order_by("pk")[:500])
    for each in asked:
        each.name = each.person.name if each.person else each.guest_name
    with_place, _waiting = rules.split([each.pk for each in asked], places=row.places)
    held = set(with_place)
    return [each for each in asked if each.pk in held], [each for each in asked if each.pk not in held]


def standing_of(row: Hearing, person: User) -> dict[str, object]:
    """How a visitor stands to it: {asked, waits, ahead}."""
    asked = list(row.asked.order_by("pk").values_list("person_id", flat=True)[:500])
    if not person.is_authenticated or person.pk not in asked:
        return {"asked": False, "count": len(asked), "free": max(row.places - len(asked), 0)}
    place = asked.index(person.pk)
    ahead = place - row.places + 1
    return {"asked": True, "count": len(asked), "waits": ahead > 0, "ahead": max(ahead, 0), "free": 0}
