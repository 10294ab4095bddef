"""Why somebody may not assess, find, allow, appeal or decide: the same for the button, the preview and the act."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.utils import timezone

from communities.accounts.models import User
from portal.fields import squeezed
from portal.refusals import Refusal
from projects import permissions
from projects.parties import parties_to
from projects.proposals.models import Proposal
from projects.rounds.rules import objection_to_cancelled
from projects.screening import rules
from projects.screening.models import Appeal
from projects.screening.queries import reads
from projects.screening.rules import Draft, Verdict


def objection_to_act(action: str, proposal: Proposal, *, by: User, now: datetime) -> Refusal | None:
    """The permission table and the round, for any act of this room."""
    parties = parties_to(by, proposal, day=timezone.localdate(now))
    return objection_to_cancelled(cancelled=proposal.round.cancelled_at is not None) or permissions.objection_to(
        f"screening.{action}", roles=parties, stage=proposal.round.stage
    )


def objection_to_screen(proposal: Proposal, *, by: User, now: datetime) -> Refusal | None:
    """Why this person cannot screen this proposal now, whatever the outcome."""
    return (
        objection_to_act("record_finding", proposal, by=by, now=now)
        or rules.objection_to_screener(screener=by.pk, proposer=proposal.proposer_id, entered_by=proposal.entered_by_id)
        or rules.objection_to_screening(standing=proposal.standing)
    )


def draft_of(proposal: Proposal, answers: Mapping[str, object]) -> Draft:
    """A finding from what was given: only what its outcome uses, the author's type and amount where nothing is given."""
    outcome = answers["outcome"]
    uses = {"codes": Verdict.REJECTED, "correct_by": Verdict.RETURNED, "department": Verdict.REDIRECTED}
    uses |= {"merged_into": Verdict.MERGED, "positive": Verdict.ACCEPTED}
    empty = {"codes": (), "correct_by": None}
    kept = {name: answers.get(name) if outcome == only else empty.get(name, "") for name, only in uses.items()}
    kept["codes"] = tuple(kept["codes"] or ())
    fixed = {name: answers.get(name) or getattr(proposal, name) for name in ("category", "content_class", "estimate")}
    return Draft(outcome=outcome, reason=str(answers.get("reason") or "").strip(), **kept, **fixed)


def objection_to_finding(proposal: Proposal, draft: Draft, *, by: User, now: datetime) -> Refusal | None:
    """All that stands against writing this finding; the preview asks it before anything is sent."""
    return objection_to_screen(proposal, by=by, now=now) or objection_to_draft(
        proposal, draft, today=timezone.localdate(now)
    )


def objection_to_draft(proposal: Proposal, draft: Draft, *, today: date) -> Refusal | None:
    known = set(reads.reasons().values_list("code", flat=True))
    kinds = set(reads.kinds().values_list("code", flat=True))
    fault = rules.fault_in(draft, known=known, kinds=kinds, today=today)
    if fault is None and draft.outcome == Verdict.MERGED:
        return objection_to_target(proposal, target_of(draft))
    if fault is None and draft.outcome == Verdict.ACCEPTED:
        override = reads.override_of(proposal)
        return rules.objection_to_cap(
            estimate=draft.estimate,
            cap=reads.cap_of(proposal, draft.category),
            allowed_up_to=override.estimate if override else None,
        )
    return fault


def number_of(typed: str) -> str:
    """A public number as people type it: blanks, small letters, full-width signs."""
    return squeezed(typed).upper()


def target_of(draft: Draft) -> Proposal | None:
    return Proposal.objects.filter(number=number_of(draft.merged_into)).select_related("proposer").first()


def objection_to_target(proposal: Proposal, target: Proposal | None) -> Refusal | None:
    return rules.objection_to_target(
        same=bool(target and target.pk == proposal.pk),
        found=target is not None,
        together=bool(target and target.round_id == proposal.round_id and target.community_id == proposal.community_id),
        standing=target.standing if target else "",
    )


def objection_to_note(proposal: Proposal, *, by: User, now: datetime) -> Refusal | None:
    """Notes are for those who screen and for the street, while screening can still decide."""
    as_worker = objection_to_act("record_finding", proposal, by=by, now=now)
    return as_worker and objection_to_act("override_cap", proposal, by=by, now=now)


def objection_to_appeal(proposal: Proposal, *, by: User, now: datetime) -> Refusal | None:
    finding = reads.last_finding(proposal)
    today = timezone.localdate(now)
    return objection_to_act("appeal_finding", proposal, by=by, now=now) or rules.objection_to_appeal(
        standing=proposal.standing,
        appealed=hasattr(proposal, "appeal"),
        today=today,
        last=reads.appeal_last_day(finding) if finding else today,
    )


def objection_to_decide(appeal: Appeal, *, by: User, now: datetime) -> Refusal | None:
    proposal = appeal.proposal
    return objection_to_act("decide_appeal", proposal, by=by, now=now) or rules.objection_to_judge(
        judge=by.pk,
        screener=appeal.finding.by_id,
        proposer=proposal.proposer_id,
        entered_by=proposal.entered_by_id,
        decided=hasattr(appeal, "decision"),
    )
