"""Answers to objections, the proposer's comment, and what an upheld objection does to the round."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from communities.accounts.models import User
from portal import locks, log, notices
from portal.publishing import objection_to_publishing
from portal.refusals import gettext_noop as _
from portal.refusals import insist
from projects import engine, permissions
from projects.parties import parties_to
from projects.proposals.models import Proposal
from projects.proposals.queries import audience_of
from projects.proposals.services import settle
from projects.proposals.standings import Standing
from projects.publicity import queries, rules
from projects.publicity.models import Objection
from projects.rounds.rules import objection_to_cancelled


@transaction.atomic
def answer_objection(*, objection_id: int, answer: str, by: User, now: datetime) -> Objection:
    """Answer an objection that does not hold, in public; the item stays on the list."""
    locks.hold_shared("round", _round_of(objection_id))
    row = _open_one("publicity.answer_objection", objection_id, answer, by=by, now=now)
    return _close(row, rules.ANSWERED, answer, by=by, now=now)


@transaction.atomic
def uphold_objection(*, objection_id: int, answer: str, by: User, now: datetime) -> Objection:
    """The objection holds: the item is struck with the public reason and the round goes back to the count, which
    counts the same ballots again without it. Other open objections to the same item are answered with it."""
    locks.hold_alone("round", _round_of(objection_id))
    row = _open_one("publicity.uphold_objection", objection_id, answer, by=by, now=now)
    proposal = Proposal.objects.select_for_update().get(pk=row.proposal_id)
    settle(proposal, to=Standing.STRUCK, now=now)
    _close(row, rules.UPHELD, answer, by=by, now=now)
    others = Objection.objects.select_for_update().filter(proposal=proposal, outcome=rules.OPEN)
    for other in others.exclude(objector=by).order_by("pk"):
        _close(other, rules.UPHELD, answer, by=by, now=now)
    notices.owe(
        audience_of(proposal),
        kind="publicity.struck",
        key=f"struck-{proposal.pk}",
        text=_("对“%(title)s”的异议成立，这一项已撤下。原因：%(reason)s"),
        now=now,
        url=reverse("desk:proposal", args=[proposal.number]),
        title=proposal.title,
        reason=answer.strip(),
    )
    reason = f"{row.number}：{answer.strip()}"
    engine.send_back(row.notice.round, leaving="publicity", to="tally", reason=reason, now=now, by=by)
    return row


@transaction.atomic
def comment_objection(*, objection_id: int, comment: str, by: User, now: datetime) -> Objection:
    """The proposer's side of the matter, once, shown below the objection."""
    locks.hold_shared("round", _round_of(objection_id))
    row = _locked(objection_id)
    parties = parties_to(by, row.proposal, day=queries.local_day(now))
    insist(permissions.objection_to("publicity.comment_objection", roles=parties, stage=row.notice.round.stage))
    insist(rules.objection_to_comment(outcome=row.outcome, text=comment, commented=row.commented_at is not None))
    insist(objection_to_publishing(comment, field="comment"))
    row.comment, row.commented_at = comment.strip(), now
    row.save(update_fields=["comment", "commented_at"])
    log.record("publicity.comment_objection", by=by, about=row, now=now)
    return row


def _round_of(objection_id: int) -> int:
    return Objection.objects.values_list("notice__round_id", flat=True).get(pk=objection_id)


def _locked(objection_id: int) -> Objection:
    rows = Objection.objects.select_for_update(of=("self",))
    return rows.select_related("notice__round", "proposal__community").get(pk=objection_id)


def _open_one(action: str, objection_id: int, answer: str, *, by: User, now: datetime) -> Objection:
    """The objection, locked, if this person may give this answer to it."""
    row = _locked(objection_id)
    parties = parties_to(by, row.proposal, day=queries.local_day(now))
    insist(permissions.objection_to(action, roles=parties, stage=row.notice.round.stage))
    insist(objection_to_cancelled(cancelled=row.notice.round.cancelled_at is not None))
    insist(
        rules.objection_to_answer(
            outcome=row.outcome,
            answer=answer,
            answerer=by.pk,
            objector=row.objector_id,
            proposer=row.proposal.proposer_id,
        )
    )
    insist(objection_to_publishing(answer, field="answer"))
    return row


def _close(row: Objection, outcome: str, answer: str, *, by: User, now: datetime) -> Objection:
    row.outcome, row.answer, row.answered_by, row.answered_at = outcome, answer.strip(), by, now
    row.save(update_fields=["outcome", "answer", "answered_by", "answered_at"])
    log.record("publicity.close_objection", by=by, about=row, now=now, reason=row.answer, outcome=outcome)
    notices.owe(
        {row.objector_id, *audience_of(row.proposal)} - {None},
        kind="publicity.answered",
        key=f"answered-{row.pk}",
        text=_("异议 %(number)s 已答复：%(answer)s"),
        now=now,
        url=reverse("publicity:objection", args=[row.number]),
        number=row.number,
        answer=row.answer,
    )
    return row
