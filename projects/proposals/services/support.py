"""Backing and following."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from communities.accounts.models import User
from portal import locks, log
from portal.refusals import Refusal, insist
from projects import permissions
from projects.parties import parties_to
from projects.proposals import queries
from projects.proposals.models import Follow, Proposal, Support
from projects.proposals.standings import Standing


@transaction.atomic
def support_proposal(*, proposal_id: int, by: User, now: datetime) -> Support:
    """Back a proposal, once; a repeat answers the same row. Who backs it is never published, only how many."""
    proposal = _locked(proposal_id)
    insist(_objection(proposal, by, now))
    row, made = Support.objects.get_or_create(proposal=proposal, person=by, defaults={"at": now})
    if made:
        log.record("proposals.support_proposal", by=by, about=proposal, now=now)
    return row


@transaction.atomic
def unsupport_proposal(*, proposal_id: int, by: User, now: datetime) -> None:
    """Take one's support back while it may still be given; a repeat changes nothing (A14)."""
    proposal = _locked(proposal_id)
    insist(_objection(proposal, by, now))
    gone, _rows = Support.objects.filter(proposal=proposal, person=by).delete()
    if gone:
        log.record("proposals.unsupport_proposal", by=by, about=proposal, now=now)


def _objection(proposal: Proposal, by: User, now: datetime) -> Refusal | None:
    parties = parties_to(by, proposal, day=timezone.localdate(now))
    return queries.objection_to_support(proposal, parties=parties, own=proposal.proposer_id == by.pk)


@transaction.atomic
def follow_proposal(*, proposal_id: int, by: User, now: datetime) -> Follow:
    """Hear when it moves; a repeat answers the same row."""
    proposal = (
        Proposal.objects.exclude(standing=Standing.DRAFT).select_related("round", "community").get(pk=proposal_id)
    )
    parties = parties_to(by, proposal, day=timezone.localdate(now))
    insist(permissions.objection_to("proposals.follow_proposal", roles=parties, stage=proposal.round.stage))
    return Follow.objects.get_or_create(proposal=proposal, person=by, defaults={"at": now})[0]


@transaction.atomic
def unfollow_proposal(*, proposal_id: int, by: User, now: datetime) -> None:
    """Hear no more; always possible."""
    Follow.objects.filter(proposal=proposal_id, person=by).delete()


def _locked(proposal_id: int) -> Proposal:
    sight = Proposal.objects.exclude(standing=Standing.DRAFT).filter(pk=proposal_id)
    locks.hold_shared("round", sight.values_list("round_id", flat=True).get())
    return sight.select_for_update(of=("self",)).select_related("round", "community").get()
