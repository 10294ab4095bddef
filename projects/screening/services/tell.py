"""Who is told what. The preview and the sending use the same words."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from portal import notices
from projects.proposals.models import Proposal
from projects.proposals.queries import followers_of, page_of
from projects.screening import letters, queries
from projects.screening.models import Finding
from projects.screening.rules import Draft, Verdict


def params_of(proposal: Proposal, draft: Draft, target: Proposal | None, *, today: date) -> dict[str, object]:
    """The places in the letters, as notices take them."""
    day = draft.correct_by if draft.outcome == Verdict.RETURNED else queries.after(today, proposal.round, "appeal_days")
    return {
        "title": proposal.title,
        "reason": draft.reason,
        "day": day,
        "department": draft.department,
        "number": target.number if target else "",
        "other": target.title if target else "",
    }


def of_finding(finding: Finding, *, moved: set[int], now: datetime) -> None:
    """The proposer, the followers, and whose support moved along; each once."""
    proposal, target = finding.proposal, finding.merged_into
    draft = Draft(
        outcome=finding.outcome, reason=finding.reason, correct_by=finding.correct_by, department=finding.department
    )
    params = params_of(proposal, draft, target, today=timezone.localdate(now))
    key, url = f"finding-{finding.pk}", page_of(proposal)

    def owe(people: set[int], text: str) -> None:
        notices.owe(people, kind=f"screening.{finding.outcome}", key=key, text=text, now=now, url=url, **params)

    owe({proposal.proposer_id}, letters.TO_PROPOSER[finding.outcome])
    owe(moved - {proposal.proposer_id}, letters.TO_SUPPORTERS)
    owe(followers_of(proposal) - moved, letters.TO_FOLLOWERS[finding.outcome])


def of_lapse(finding: Finding, *, now: datetime) -> None:
    proposal = finding.proposal
    notices.owe(
        {proposal.proposer_id},
        kind="screening.lapsed",
        key=f"finding-{finding.pk}",
        text=letters.OVERDUE,
        now=now,
        url=page_of(proposal),
        title=proposal.title,
        day=queries.appeal_last_day(finding),
    )
