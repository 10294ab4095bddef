"""The floor at a meeting: asked for, given, ended, in the order of asking."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from communities.accounts.models import User
from portal import log
from portal.refusals import insist
from projects.deliberation import floor as rules
from projects.deliberation import queries
from projects.deliberation.models import AgendaItem, Turn
from projects.deliberation.services.locked import item_for
from projects.parties import parties_at
from projects.permissions import Party

RUN = "deliberation.run_meeting"


@transaction.atomic
def ask_floor(*, item_id: int, person_id: int, by: User, now: datetime) -> Turn:
    """A member asks to speak, or the clerk enters her. A repeat keeps the first turn."""
    own = by.pk == person_id
    item = item_for("deliberation.ask_floor" if own else RUN, item_id, by=by, now=now)
    insist(_objection_to(item))
    present, _represented = queries.people_at(item.meeting)
    insist(rules.objection_to_asking(present=person_id in present, own=own))
    held = item.turns.filter(person=person_id, spoke_at=None).first()
    if held:
        return held
    row = Turn.objects.create(item=item, person_id=person_id, entered_by=None if own else by, asked_at=now)
    log.record("deliberation.ask_floor", by=by, about=item, now=now, person=person_id)
    return row


@transaction.atomic
def leave_floor(*, turn_id: int, by: User, now: datetime) -> bool:
    """Give the turn up before it is called. A repeat changes nothing."""
    row = Turn.objects.select_related("item__meeting__community").filter(pk=turn_id).first()
    if row is None:
        return False
    own = row.person_id == by.pk
    item = item_for("deliberation.ask_floor" if own else RUN, row.item_id, by=by, now=now)
    row = item.turns.filter(pk=turn_id).first()
    if row is None:
        return False
    is_worker = Party.WORKER in parties_at(by, item.meeting.community, day=queries.local_day(now))
    insist(rules.objection_to_leaving(own=own, is_worker=is_worker, called=row.called_at is not None))
    row.delete()
    log.record("deliberation.leave_floor", by=by, about=item, now=now, person=row.person_id)
    return True


@transaction.atomic
def call_turn(*, turn_id: int, by: User, now: datetime) -> Turn:
    """Give the floor to this turn; whoever speaks has spoken. A repeat, and a second clerk's press, change nothing."""
    item = item_for(RUN, Turn.objects.values_list("item_id", flat=True).get(pk=turn_id), by=by, now=now)
    insist(_objection_to(item))
    row = item.turns.get(pk=turn_id)
    if row.called_at:
        return row
    item.turns.filter(called_at__isnull=False, spoke_at=None).update(spoke_at=now)
    row.called_at = now
    row.save(update_fields=["called_at"])
    log.record("deliberation.call_turn", by=by, about=item, now=now, person=row.person_id)
    return row


@transaction.atomic
def end_turn(*, turn_id: int, by: User, now: datetime) -> Turn:
    """The member has spoken. A repeat changes nothing."""
    item = item_for(RUN, Turn.objects.values_list("item_id", flat=True).get(pk=turn_id), by=by, now=now)
    row = item.turns.get(pk=turn_id)
    if row.called_at and not row.spoke_at:
        row.spoke_at = now
        row.save(update_fields=["spoke_at"])
        log.record("deliberation.end_turn", by=by, about=item, now=now, person=row.person_id)
    return row


def _objection_to(item: AgendaItem):
    meeting = item.meeting
    return rules.objection_to_floor(
        running=bool(meeting.opened_at and not meeting.closed_at and not meeting.adjourned_at),
        at_vote=bool(item.opened_at and not item.closed_at),
        settled=item.closed_at is not None or item.proposal.standing not in queries.WAITING,
    )
