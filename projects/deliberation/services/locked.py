"""Loading under lock: the round shared, then the meeting, then the item; never the other way."""

from __future__ import annotations

from datetime import datetime

from communities.accounts.models import User
from portal import locks
from portal.refusals import insist
from projects import permissions
from projects.deliberation.models import AgendaItem, Meeting
from projects.deliberation.queries import local_day
from projects.parties import parties_at
from projects.rounds.rules import objection_to_cancelled


def meeting_for(action: str, meeting_id: int, *, by: User, now: datetime) -> Meeting:
    """The meeting, locked, after the permission table allowed `action` at its round's stage."""
    locks.hold_shared("round", Meeting.objects.values_list("round_id", flat=True).get(pk=meeting_id))
    row = (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("round", "community", "council")
        .get(pk=meeting_id)
    )
    allow(action, row, by=by, now=now)
    insist(objection_to_cancelled(cancelled=row.round.cancelled_at is not None))
    return row


def item_for(action: str, item_id: int, *, by: User, now: datetime) -> AgendaItem:
    """The item with its meeting, both locked, after the permission table allowed `action`."""
    meeting = meeting_for(
        action, AgendaItem.objects.values_list("meeting_id", flat=True).get(pk=item_id), by=by, now=now
    )
    item = AgendaItem.objects.select_for_update(of=("self",)).select_related("proposal").get(pk=item_id)
    item.meeting = meeting
    return item


def allow(action: str, meeting: Meeting, *, by: User, now: datetime) -> None:
    parties = parties_at(by, meeting.community, day=local_day(now))
    insist(permissions.objection_to(action, roles=parties, stage=meeting.round.stage))
