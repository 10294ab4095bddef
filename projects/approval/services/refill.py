"""What becomes of the money that refused items return: to the next in line (递补), or back to the envelope."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from communities.accounts.models import User
from portal import locks, log
from portal.publishing import objection_to_publishing
from portal.refusals import Refusal, insist
from portal.refusals import gettext_noop as _
from projects import engine, permissions
from projects.approval import queries, rules
from projects.approval.models import RefillAnswer
from projects.parties import parties_at
from projects.rounds.models import Round
from projects.rounds.rules import objection_to_cancelled


@transaction.atomic
def answer_refill(*, round_id: int, refill: bool, reason: str, by: User, now: datetime) -> RefillAnswer:
    """Say once, for all refused items so far, whether their money goes to the next in line. With 递补 the round goes
    back to the count: the same ballots are counted again without the refused items; what is approved keeps its money."""
    locks.hold_alone("round", round_id)
    batch = Round.objects.select_related("street").get(pk=round_id)
    parties = parties_at(by, batch.street, day=queries.local_day(now))
    insist(permissions.objection_to("approval.answer_refill", roles=parties, stage=batch.stage))
    insist(objection_to_cancelled(cancelled=batch.cancelled_at is not None))
    if refill and not batch.rules["refill"]:
        insist(Refusal("no_refill", _("这一批次的规则没有设递补。")))
    declined = queries.unanswered_declined(batch)
    insist(
        rules.objection_to_refill_answer(
            declined=len(declined),
            undecided=queries.undecided_of(batch).count(),
            candidates=queries.next_in_line(batch, declined),
            refill=refill,
            reason=reason,
        )
    )
    insist(objection_to_publishing(reason, field="reason"))
    row = RefillAnswer.objects.create(
        round=batch, refill=refill, declined=[each.pk for each in declined], reason=reason.strip(), by=by, at=now
    )
    log.record("approval.answer_refill", by=by, about=row, now=now, reason=reason, refill=refill)
    if refill:
        engine.send_back(batch, leaving="approval", to="tally", reason=row.reason, now=now, by=by)
    return row
