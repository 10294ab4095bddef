"""Handing in: a resident's own proposal, one that came on paper, a correction; and taking it back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from communities.accounts.models import User
from portal import clock, locks, log, notices
from portal.refusals import gettext_noop as _
from portal.refusals import insist
from projects import permissions
from projects.parties import parties_to
from projects.proposals import queries, rules
from projects.proposals.models import Edition, Proposal
from projects.proposals.services.draft import keep_edition
from projects.proposals.services.settle import settle
from projects.proposals.standings import Standing


@transaction.atomic
def lodge_proposal(*, proposal_id: int, by: User, now: datetime) -> Proposal:
    """Hand a draft in: it gets its public number. A repeat (double click) answers the same proposal.

    The window is asked by the database's clock inside the round's shared lock, so that none slips past the close.
    """
    proposal = _draft_locked(Proposal.objects.filter(pk=proposal_id, proposer=by, entered_by=None))
    if proposal.standing != Standing.DRAFT:
        return proposal
    return _lodge(proposal, by=by, now=now)


@transaction.atomic
def lodge_entry(*, proposal_id: int, by: User, now: datetime) -> Proposal:
    """Hand in what a worker typed from a paper. A repeat answers the same proposal."""
    proposal = _draft_locked(Proposal.objects.filter(pk=proposal_id, entered_by=by))
    if proposal.standing != Standing.DRAFT:
        return proposal
    return _lodge(proposal, by=by, now=now)


def _draft_locked(sight) -> Proposal:
    locks.hold_shared("round", sight.values_list("round_id", flat=True).get())
    row = sight.select_for_update(of=("self",)).select_related("round", "community", "proposer")
    return row.get()


def _lodge(proposal: Proposal, *, by: User, now: datetime) -> Proposal:
    insist(queries.objection_to_lodging(proposal, by=by, now=now, at=clock.database_now()))
    proposal.number = _free_number(timezone.localdate(now).year)
    proposal.lodged_at = now
    proposal.save(update_fields=["number", "lodged_at"])
    settle(proposal, to=Standing.LODGED, now=now)
    keep_edition(proposal, Edition.Why.LODGED, by=by, now=now)
    log.record("proposals.lodge_proposal", by=by, about=proposal, now=now, number=proposal.number)
    notices.owe(
        [proposal.proposer_id],
        kind="proposals.lodged",
        key=f"lodged-{proposal.pk}",
        text=_("您的提案“%(title)s”已提交，编号 %(number)s，社区会在 %(day)s 前初审。"),
        url=reverse("proposals:lodged", args=[proposal.number]),
        now=now,
        title=proposal.title,
        number=proposal.number,
        day=queries.answer_due(proposal).on,
    )
    return proposal


def _free_number(year: int) -> str:
    """The next public number; one that an import has used already is passed over."""
    while True:
        number = rules.public_number(year, queries.next_count())
        if not Proposal.objects.filter(number=number).exists():
            return number


@transaction.atomic
def correct_proposal(*, proposal_id: int, by: User, now: datetime) -> Proposal:
    """Hand a correction in: back to screening. A repeat answers the proposal as it stands."""
    proposal = _sighted(proposal_id, by, now)
    if proposal.standing == Standing.LODGED:
        return proposal
    insist(
        rules.objection_to_correction(
            standing=proposal.standing, correct_by=proposal.correct_by, today=timezone.localdate(now)
        )
    )
    insist(queries.objection_to_writing(proposal, by=by, now=now))
    insist(next(iter(queries.missing_from(proposal)), None))
    settle(proposal, to=Standing.LODGED, now=now)
    proposal.correct_by = None
    proposal.save(update_fields=["correct_by"])
    keep_edition(proposal, Edition.Why.CORRECTED, by=by, now=now)
    log.record("proposals.correct_proposal", by=by, about=proposal, now=now)
    notices.owe(
        [proposal.proposer_id],
        kind="proposals.corrected",
        key=f"corrected-{proposal.pk}-{now:%Y%m%d%H%M%S}",
        text=_("“%(title)s”的补充内容已收到，社区会在 %(day)s 前再次初审。"),
        url=queries.page_of(proposal),
        now=now,
        title=proposal.title,
        day=queries.answer_due(proposal).on,
    )
    return proposal


@transaction.atomic
def withdraw_proposal(*, proposal_id: int, by: User, reason: str, now: datetime) -> Proposal:
    """Take a proposal back; it stays readable with its number. A repeat answers the same."""
    proposal = _sighted(proposal_id, by, now)
    if proposal.standing == Standing.WITHDRAWN:
        return proposal
    parties = parties_to(by, proposal, day=timezone.localdate(now))
    insist(permissions.objection_to("proposals.withdraw_proposal", roles=parties, stage=proposal.round.stage))
    insist(rules.objection_to_withdrawal(standing=proposal.standing))
    settle(proposal, to=Standing.WITHDRAWN, now=now)
    log.record("proposals.withdraw_proposal", by=by, about=proposal, now=now, reason=reason)
    notices.owe(
        queries.followers_of(proposal),
        kind="proposals.withdrawn",
        key=f"withdrawn-{proposal.pk}",
        text=_("您关注的提案“%(title)s”已由提案人撤回。"),
        url=queries.page_of(proposal),
        now=now,
        title=proposal.title,
    )
    return proposal


def _sighted(proposal_id: int, by: User, now: datetime) -> Proposal:
    sight = queries.in_hand_of(by, day=timezone.localdate(now)).filter(pk=proposal_id)
    locks.hold_shared("round", sight.values_list("round_id", flat=True).get())
    return Proposal.objects.select_for_update().get(pk=sight.values_list("pk", flat=True).get())
