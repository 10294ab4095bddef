"""The place itself: address and phone, hours of the week, days that differ, rooms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

from django.db import transaction

from communities.accounts.models import User
from communities.centres import rules
from communities.centres.models import OpeningHours, Room, ServiceCentre, SpecialHours
from communities.centres.services.kept import locked_centre
from portal import log
from portal.refusals import Refusal, insist
from portal.refusals import gettext_noop as _

CENTRE_FIELDS = ("address", "phone", "hours", "way", "closed_on_holidays")
ROOM_FIELDS = (
    "name", "floor", "seats", "equipment", "lends", "most_hours", "days_ahead", "cancel_hours", "closed_on"
)  # fmt: skip


@transaction.atomic
def change_centre(*, centre_id: int, by: User, now: datetime, **values: object) -> ServiceCentre:
    """Address, phone, the way there, the holiday rule. The name belongs to the office and stays with the admin."""
    centre = locked_centre(centre_id, by=by, now=now)
    for field in CENTRE_FIELDS:
        setattr(centre, field, values[field])
    centre.save(update_fields=CENTRE_FIELDS)
    log.record("centres.change_centre", by=by, about=centre, now=now)
    return centre


@transaction.atomic
def set_hours(
    *, centre_id: int, week: Mapping[int, Sequence[tuple[time, time]]], by: User, now: datetime
) -> ServiceCentre:
    """The hours of the whole week in place of those before."""
    centre = locked_centre(centre_id, by=by, now=now)
    for stretches in week.values():
        insist(rules.objection_to_stretches(stretches))
    centre.week.all().delete()
    OpeningHours.objects.bulk_create(
        [
            OpeningHours(centre=centre, weekday=weekday, opens=opens, closes=closes)
            for weekday, stretches in week.items()
            for opens, closes in stretches
        ]
    )
    log.record("centres.set_hours", by=by, about=centre, now=now)
    return centre


@transaction.atomic
def set_special_hours(
    *, centre_id: int, on: date, opens: time | None, closes: time | None, note: str, by: User, now: datetime
) -> SpecialHours:
    """A day that differs; the same day again replaces what was said. Without hours the centre is closed."""
    centre = locked_centre(centre_id, by=by, now=now)
    if (opens is None) != (closes is None):
        insist(Refusal("half_hours", _("请把开门和关门时间都写上，或都留空表示不开放。"), field="closes"))
    if opens is not None:
        insist(rules.objection_to_stretches([(opens, closes)]))
    said = {"opens": opens, "closes": closes, "note": note}
    row, _made = SpecialHours.objects.update_or_create(centre=centre, on=on, defaults=said)
    log.record("centres.set_special_hours", by=by, about=centre, now=now, on=on.isoformat())
    return row


@transaction.atomic
def drop_special_hours(*, special_id: int, by: User, now: datetime) -> ServiceCentre:
    """The week counts again on that day."""
    row = SpecialHours.objects.get(pk=special_id)
    centre = locked_centre(row.centre_id, by=by, now=now)
    log.record("centres.drop_special_hours", by=by, about=centre, now=now, on=row.on.isoformat())
    row.delete()
    return centre


@transaction.atomic
def keep_room(*, centre_id: int, room_id: int | None = None, by: User, now: datetime, **values: object) -> Room:
    """A new room of the centre, or other facts about one. Names differ inside a centre."""
    centre = locked_centre(centre_id, by=by, now=now)
    room = centre.rooms.get(pk=room_id) if room_id else Room(centre=centre)
    same = Room.objects.filter(centre=centre, name=values["name"]).exclude(pk=room.pk)
    if same.exists():
        insist(Refusal("room_there", _("这个中心已经有同名的场地。"), field="name"))
    for field in ROOM_FIELDS:
        setattr(room, field, values[field])
    room.save()
    log.record("centres.keep_room", by=by, about=room, now=now)
    return room
