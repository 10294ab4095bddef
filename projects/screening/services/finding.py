"""Deciding about a proposal, letting one pass above the cap, and what time decides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from communities.accounts.models import User
from portal import log
from portal.refusals import insist
from projects.proposals.models import Edition, Proposal
from projects.proposals.services.draft import keep_edition
from projects.proposals.services.settle import settle
from projects.proposals.standings import Standing
from projects.screening import letters, lists, queries, rules
from projects.screening.models import CapOverride, Finding
from projects.screening.rules import STANDING_AFTER, Draft, Verdict
from projects.screening.services import merge, tell
from projects.screening.services.hold import locked, pair_locked


@transaction.atomic
def record_finding(
    *,
    proposal_id: int,
    by: User,
    outcome: str,
    now: datetime,
    reason: str = "",
    codes: Sequence[str] = (),
    positive: str = "",
    category: str = "",
    content_class: str = "",
    estimate: int | None = None,
    correct_by: date | None = None,
    department: str = "",
    merged_into: str = "",
) -> Finding:
    """Decide about a proposal that waits for screening, and tell those whom it concerns.

    An acceptance fixes type, class and amount (the author's where nothing is given); `merged_into` is the public
    number of the other proposal. A repeat is refused: the proposal does not wait any more.
    """
    proposal, target = pair_locked(proposal_id, merged_into if outcome == Verdict.MERGED else "")
    draft = queries.draft_of(
        proposal,
        {
            "outcome": outcome,
            "reason": reason,
            "codes": codes,
            "positive": positive,
            "category": category,
            "content_class": content_class,
            "estimate": estimate,
            "correct_by": correct_by,
            "department": department,
            "merged_into": merged_into,
        },
    )
    insist(queries.objection_to_finding(proposal, draft, by=by, now=now))
    if outcome == Verdict.ACCEPTED:
        _fix(proposal, draft, by=by, now=now)
    finding = _write(proposal, draft, by=by, now=now, target=target)
    settle(proposal, to=STANDING_AFTER[Verdict(outcome)], now=now)
    moved = merge.move_support(proposal, target, now=now) if target else set()
    log.record(
        "screening.record_finding",
        by=by,
        about=proposal,
        now=now,
        reason=draft.reason,
        outcome=outcome,
        codes=draft.codes,
    )
    tell.of_finding(finding, moved=moved, now=now)
    return finding


def _fix(proposal: Proposal, draft: Draft, *, by: User, now: datetime) -> None:
    """Type, class and amount as screened; what changed of the author's words is kept as an edition."""
    fixed = {"category": draft.category, "content_class": draft.content_class, "estimate": draft.estimate}
    was = {name: getattr(proposal, name) for name in fixed}
    for name, value in fixed.items():
        setattr(proposal, name, value)
    proposal.save(update_fields=list(fixed))
    if any(was[name] != fixed[name] for name in ("category", "estimate")):
        keep_edition(proposal, Edition.Why.SCREENED, by=by, now=now)


def _write(
    proposal: Proposal, draft: Draft, *, by: User | None, now: datetime, target: Proposal | None = None
) -> Finding:
    cap = queries.cap_of(proposal, draft.category)
    over = cap is not None and draft.estimate is not None and draft.estimate > cap
    if draft.outcome == Verdict.RETURNED:
        proposal.correct_by = draft.correct_by
        proposal.save(update_fields=["correct_by"])
    return Finding.objects.create(
        proposal=proposal,
        outcome=draft.outcome,
        reason=draft.reason,
        codes=list(draft.codes),
        positive=draft.positive,
        estimate=draft.estimate,
        cap=cap,
        override=queries.override_of(proposal) if over and draft.outcome == Verdict.ACCEPTED else None,
        correct_by=draft.correct_by,
        department=draft.department,
        merged_into=target,
        by=by,
        at=now,
    )


@transaction.atomic
def override_cap(*, proposal_id: int, by: User, estimate: int, reason: str, now: datetime) -> CapOverride:
    """The street lets a proposal pass above the cap, up to `estimate`, with a public reason. The screener still decides."""
    proposal = locked(proposal_id)
    insist(queries.objection_to_act("override_cap", proposal, by=by, now=now))
    cap = queries.cap_of(proposal)
    insist(rules.objection_to_override(estimate=estimate, cap=cap, standing=proposal.standing))
    insist(
        rules.objection_to_screener(screener=by.pk, proposer=proposal.proposer_id, entered_by=proposal.entered_by_id)
    )
    row = CapOverride.objects.create(proposal=proposal, estimate=estimate, cap=cap, reason=reason, by=by, at=now)
    log.record("screening.override_cap", by=by, about=proposal, now=now, reason=reason, estimate=estimate, cap=cap)
    return row


def lapse_overdue(now: datetime) -> int:
    """Corrections that never came end as rejected; answers how many. Each in its own transaction, safe to repeat."""
    today = timezone.localdate(now)
    due = list(queries.overdue_corrections(today).order_by("correct_by", "pk").values_list("pk", flat=True)[:200])
    return sum(_lapse(number, today=today, now=now) for number in due)


@transaction.atomic
def _lapse(proposal_id: int, *, today: date, now: datetime) -> bool:
    proposal = locked(proposal_id)
    if proposal.standing != Standing.RETURNED or proposal.correct_by is None or proposal.correct_by >= today:
        return False
    draft = Draft(outcome=Verdict.REJECTED, reason=letters.OVERDUE_REASON, codes=(lists.OVERDUE,))
    finding = _write(proposal, draft, by=None, now=now)
    settle(proposal, to=Standing.REJECTED, now=now)
    log.record("screening.lapse_overdue", by=None, about=proposal, now=now, reason=draft.reason)
    tell.of_lapse(finding, now=now)
    return True
