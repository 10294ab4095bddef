"""Why somebody may not write, hand in or back now: asked by the pages for the button and by the services for the act."""

from __future__ import annotations

from collections.abc import Set
from datetime import datetime

from django.utils import timezone

from communities.accounts.models import User
from portal.refusals import Refusal
from projects import permissions
from projects.parties import parties_at, parties_to
from projects.permissions import Party
from projects.proposals import rules
from projects.proposals.models import Proposal
from projects.proposals.queries import reads
from projects.proposals.standings import Standing
from projects.rounds.rules import objection_to_cancelled


def objection_to_lodging(proposal: Proposal, *, by: User, now: datetime, at: datetime) -> Refusal | None:
    """Why this draft cannot be handed in at the instant `at` of the database's clock."""
    parties = parties_at(by, proposal.community, day=timezone.localdate(now))
    window = reads.call_window(proposal.round)
    opens_at, closes_at = (window.opens_at, window.closes_at) if window else (None, None)
    return (
        _objection_to_hand(proposal, by, parties)
        or objection_to_cancelled(cancelled=proposal.round.cancelled_at is not None)
        or rules.objection_to_window(opens_at=opens_at, closes_at=closes_at, at=at)
        or permissions.objection_to(_act(proposal), roles=parties, stage=proposal.round.stage)
        or next(iter(reads.missing_from(proposal)), None)
    )


def _act(proposal: Proposal) -> str:
    return "proposals.enter_for_resident" if proposal.entered_by_id else "proposals.lodge_proposal"


def _objection_to_hand(proposal: Proposal, by: User, parties: Set[Party]) -> Refusal | None:
    if proposal.entered_by_id:
        return None
    here, proved = reads.lives_in(by, proposal.community)
    return rules.objection_to_lodger(lives_here=here, proved=proved)


def objection_to_writing(proposal: Proposal, *, by: User, now: datetime) -> Refusal | None:
    """Why `by` may not change the words of this proposal now."""
    if proposal.standing == Standing.DRAFT:
        return None
    today = timezone.localdate(now)
    act = "correct_proposal" if proposal.standing == Standing.RETURNED else "edit_proposal"
    return (
        rules.objection_to_edit(standing=proposal.standing, correct_by=proposal.correct_by, today=today)
        or permissions.objection_to(
            f"proposals.{act}", roles=parties_to(by, proposal, day=today), stage=proposal.round.stage
        )
        or rules.objection_to_proxy(own=proposal.proposer_id == by.pk, paper_ref=proposal.paper_ref)
    )


def objection_to_support(proposal: Proposal, *, parties: Set[Party], own: bool) -> Refusal | None:
    """Why a person with these parties cannot back the proposal now."""
    return rules.objection_to_support(standing=proposal.standing, own=own) or permissions.objection_to(
        "proposals.support_proposal", roles=parties, stage=proposal.round.stage
    )
