"""Locks of the room: the round shared, then the rows in the order of their keys."""

from __future__ import annotations

from portal import locks
from projects.proposals.models import Proposal
from projects.proposals.standings import Standing
from projects.screening.queries import number_of


def locked(proposal_id: int) -> Proposal:
    """The proposal for an act inside its stage. Errors: DoesNotExist for a draft or an unknown key."""
    return pair_locked(proposal_id, "")[0]


def pair_locked(proposal_id: int, other: str) -> tuple[Proposal, Proposal | None]:
    """The proposal, and the one with the public number `other` if there is one; two mergers never wait in a circle."""
    sight = Proposal.objects.exclude(standing=Standing.DRAFT)
    locks.hold_shared("round", sight.filter(pk=proposal_id).values_list("round_id", flat=True).get())
    wanted = sight.filter(pk=proposal_id)
    if other:
        wanted = sight.filter(pk=proposal_id) | sight.filter(number=number_of(other))
    rows = wanted.select_for_update(of=("self",)).select_related("round", "community__parent", "proposer")
    held = {row.pk: row for row in rows.order_by("pk")}
    proposal = held.pop(proposal_id, None) or sight.get(pk=proposal_id)
    return proposal, next(iter(held.values()), None)
