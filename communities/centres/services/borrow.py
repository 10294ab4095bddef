"""Rooms borrowed by residents; the secret address of a person's calendar."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from communities.accounts.models import User
from communities.centres.models import CalendarAddress, Room, RoomUse
from communities.centres.queries.places import hours_of
from communities.centres.queries.taking import missed_by, open_bookings
from communities.centres.rules import taking_part as rules
from communities.centres.services.kept import locked_centre
from communities.centres.services.plan import take_room
from communities.residents.queries import is_proved_resident
from portal import locks, log
from portal.refusals import Refusal, insist
from portal.refusals import gettext_noop as _


@transaction.atomic
def book_room(*, room_id: int, starts_at: datetime, hours: int, purpose: str, by: User, now: datetime) -> RoomUse:
    """The room is hers for the time. Of many who ask for the same time one gets it; the others are told at once."""
    locks.hold_alone("person", by.pk)
    room = Room.objects.select_for_update(of=("self",)).select_related("centre__community").get(pk=room_id)
    starts, ends = timezone.localtime(starts_at), timezone.localtime(starts_at + timedelta(hours=hours))
    insist(
        rules.objection_to_booking(
            starts_at=starts,
            ends_at=ends,
            hours=hours_of(room.centre, starts.date()),
            now=timezone.localtime(now),
            lends=room.lends and (room.closed_on is None or starts.date() < room.closed_on),
            is_resident=is_proved_resident(by, room.centre.community),
            most_hours=room.most_hours,
            days_ahead=room.days_ahead,
            open_bookings=open_bookings(by, now=now).count(),
            missed=missed_by(by, room.centre_id, now=now),
        )
    )
    made = take_room(room, starts, ends, person=by, purpose=purpose, now=now)
    log.record("centres.book_room", by=by, about=made, now=now)
    return made


@transaction.atomic
def cancel_booking(*, use_id: int, by: User, now: datetime, always: bool = False) -> RoomUse:
    """The time is free for others again. Errors: RoomUse.DoesNotExist for somebody else's booking."""
    row = RoomUse.objects.select_for_update(of=("self",)).select_related("room").get(pk=use_id, person=by)
    if not always:
        insist(
            rules.objection_to_giving_back(
                cancelled=row.cancelled_at is not None,
                starts_at=row.starts_at,
                cancel_hours=row.room.cancel_hours,
                now=now,
            )
        )
    row.cancelled_at = now
    row.save(update_fields=["cancelled_at"])
    log.record("centres.cancel_booking", by=by, about=row, now=now)
    return row


@transaction.atomic
def mark_missed(*, use_id: int, by: User, now: datetime) -> RoomUse:
    """The keeper notes that nobody came. A repeat changes nothing."""
    row = RoomUse.objects.select_related("room").get(pk=use_id, person__isnull=False, cancelled_at=None)
    locked_centre(row.room.centre_id, by=by, now=now)
    if row.starts_at > now:
        insist(Refusal("not_begun", _("预约的时间还没有到。")))
    if row.missed_at is None:
        row.missed_at = now
        row.save(update_fields=["missed_at"])
        log.record("centres.mark_missed", by=by, about=row, now=now)
    return row


@transaction.atomic
def renew_calendar(*, on: bool, by: User, now: datetime) -> CalendarAddress:
    """A new secret address in place of the one before, which is dead from now on; or none at all."""
    row, _made = CalendarAddress.objects.select_for_update().get_or_create(person=by, defaults={"changed_at": now, "on": on})
    row.serial, row.on, row.changed_at = row.serial + 1, on, now
    row.save()
    log.record("centres.renew_calendar", by=by, about=None, now=now, on=on)
    return row
