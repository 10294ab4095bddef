"""One officer decides, a second one signs for large amounts, and the item is settled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from communities.accounts.models import User
from communities.roles.queries import holders
from communities.roles.rules import Role
from portal import figures, locks, log, notices
from portal.publishing import objection_to_publishing
from portal.refusals import Refusal, insist
from portal.refusals import gettext_noop as _
from projects import permissions
from projects.approval import queries, rules
from projects.approval.models import ApprovalDecision, SecondSignature
from projects.parties import parties_to
from projects.proposals.models import Proposal
from projects.proposals.queries import audience_of
from projects.proposals.services import settle
from projects.proposals.standings import Standing
from projects.rounds.rules import objection_to_cancelled

TOLD = {
    rules.APPROVE: _("街道批准了“%(title)s”，金额%(amount)s。"),
    rules.CONDITIONS: _("街道批准了“%(title)s”，金额%(amount)s，条件：%(conditions)s"),
    rules.LOWER: _("街道批准了“%(title)s”，金额由%(asked)s核减为%(amount)s。原因：%(reason)s"),
    rules.REFUSE: _("街道没有批准“%(title)s”。原因：%(reason)s"),
}


@transaction.atomic
def decide_proposal(
    *,
    proposal_id: int,
    verdict: str,
    amount: int | None,
    conditions: str,
    reason: str,
    gates: Mapping[str, str],
    by: User,
    now: datetime,
) -> ApprovalDecision:
    """Decide one chosen item. In force at once, or after the second signature where the amount asks for one.

    The approved amounts of a community never pass its envelope: the sum is read while the envelope is held.
    """
    proposal = _for(proposal_id, by=by, now=now)
    if proposal.standing != Standing.CHOSEN:
        insist(Refusal("decided", _("这一项已经审批，或不在入选名单里。"), next=_("请刷新页面查看最新情况。")))
    if queries.pending_decision(proposal):
        insist(Refusal("waits_for_second", _("这一项已有审批决定，正等复核签字。")))
    asked = proposal.estimate
    insist(rules.objection_to_gates(gates, verdict))
    insist(rules.objection_to_verdict(verdict, amount=amount, asked=asked, conditions=conditions, reason=reason))
    for field, text in (("conditions", conditions), ("reason", reason)):
        insist(objection_to_publishing(text, field=field))
    grant = rules.granted(verdict, amount=amount, asked=asked)
    insist(_objection_to_sum(proposal, grant))
    row = ApprovalDecision.objects.create(
        proposal=proposal,
        round=proposal.round,
        verdict=verdict,
        amount=grant,
        asked=asked,
        conditions=conditions.strip() if verdict == rules.CONDITIONS else "",
        reason=reason.strip(),
        gates={gate: gates[gate] for gate in rules.GATES},
        needs_second=rules.needs_second(verdict, grant, threshold=proposal.round.rules["second_signature_from"]),
        by=by,
        at=now,
    )
    log.record("approval.decide_proposal", by=by, about=row, now=now, reason=reason, verdict=verdict, amount=grant)
    if row.needs_second:
        _ask_for_second(row, now=now)
    else:
        _settle(row, proposal, now=now)
    return row


@transaction.atomic
def approve_list(*, round_id: int, proposals: Iterable[int], by: User, now: datetime) -> list[ApprovalDecision]:
    """Approve several items of a round as asked, each with its own decision; one that cannot be approved stops all."""
    rows = Proposal.objects.filter(round=round_id, pk__in=set(proposals)).order_by("pk").values_list("pk", flat=True)
    numbers = list(rows)
    if not numbers:
        insist(Refusal("nothing_ticked", _("请勾选要批准的项目。"), field="proposals"))
    passed = {"verdict": rules.APPROVE, "amount": None, "conditions": "", "reason": ""}
    gates = dict.fromkeys(rules.GATES, rules.YES)
    return [decide_proposal(proposal_id=number, gates=gates, by=by, now=now, **passed) for number in numbers]


@transaction.atomic
def sign_second(*, decision_id: int, agrees: bool, reason: str, by: User, now: datetime) -> SecondSignature:
    """Another street officer signs, and the decision is in force; or does not, and the item is decided anew."""
    proposal = _for(ApprovalDecision.objects.values_list("proposal_id", flat=True).get(pk=decision_id), by=by, now=now)
    row = ApprovalDecision.objects.get(pk=decision_id)
    signed = SecondSignature.objects.filter(decision=row).exists()
    insist(
        rules.objection_to_second(
            needed=row.needs_second, signed=signed, signer=by.pk, decider=row.by_id, agrees=agrees, reason=reason
        )
    )
    second = SecondSignature.objects.create(decision=row, agrees=agrees, reason=reason.strip(), by=by, at=now)
    log.record("approval.sign_second", by=by, about=second, now=now, reason=reason, agrees=agrees)
    if agrees:
        _settle(row, proposal, now=now)
    else:
        notices.owe(
            [row.by_id],
            kind="approval.second_refused",
            key=f"second-{second.pk}",
            text=_("“%(title)s”的审批决定没有通过复核，请重新审批。原因：%(reason)s"),
            now=now,
            url=reverse("approval:decide", args=[proposal.number]),
            title=proposal.title,
            reason=second.reason,
        )
    return second


def _for(proposal_id: int, *, by: User, now: datetime) -> Proposal:
    """The item, locked, if this officer may approve it; the community's envelope is held to the end."""
    round_id, community_id = Proposal.objects.values_list("round_id", "community_id").get(pk=proposal_id)
    locks.hold_shared("round", round_id)
    locks.hold_alone("envelope", queries.envelope_of(round_id, community_id).pk)
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("round", "community")
    proposal = rows.get(pk=proposal_id)
    day = queries.local_day(now)
    parties = parties_to(by, proposal, day=day)
    insist(permissions.objection_to("approval.decide_proposal", roles=parties, stage=proposal.round.stage))
    insist(objection_to_cancelled(cancelled=proposal.round.cancelled_at is not None))
    council, screeners = queries.apart_from(proposal, day=day)
    insist(rules.objection_to_decider(by.pk, proposer=proposal.proposer_id, council=council, screeners=screeners))
    return proposal


def _objection_to_sum(proposal: Proposal, amount: int) -> Refusal | None:
    envelope = queries.envelope_of(proposal.round, proposal.community_id).amount
    approved = queries.approved_sum(proposal.round, proposal.community_id)
    left = figures.money(max(0, envelope - approved))
    return rules.objection_to_sum(approved=approved, amount=amount, envelope=envelope, left_said=left)


def _settle(row: ApprovalDecision, proposal: Proposal, *, now: datetime) -> None:
    settle(proposal, to=Standing.DECLINED if row.verdict == rules.REFUSE else Standing.APPROVED, now=now)
    notices.owe(
        audience_of(proposal),
        kind="approval.decided",
        key=f"approval-{row.pk}",
        text=TOLD[row.verdict],
        now=now,
        url=reverse("desk:proposal", args=[proposal.number]),
        title=proposal.title,
        amount=notices.Fen(row.amount),
        asked=notices.Fen(row.asked),
        conditions=row.conditions,
        reason=row.reason,
    )


def _ask_for_second(row: ApprovalDecision, *, now: datetime) -> None:
    officers = holders(Role.STREET_OFFICER, row.proposal.community, queries.local_day(now)).exclude(pk=row.by_id)
    notices.owe(
        officers,
        kind="approval.second",
        key=f"second-wanted-{row.pk}",
        text=_("“%(title)s”批准%(amount)s，需要您复核签字。"),
        now=now,
        url=reverse("approval:second", args=[row.proposal.number]),
        title=row.proposal.title,
        amount=notices.Fen(row.amount),
    )
