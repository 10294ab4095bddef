"""Activities and rooms as plain values for the pages."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from communities.accounts.models import User
from communities.centres import queries
from communities.centres.models import Activity, Enrolment, Room, RoomUse
from communities.centres.rules import DayHours
from communities.centres.rules import taking_part as rules
from communities.residents.queries import is_proved_resident
from portal import figures
from portal.web import words

DAYS = 7  # of a room's table on one page


def span(starts_at: datetime, ends_at: datetime) -> str:
    """2026年11月21日（周六）14:30–16:00"""
    return f"{figures.moment(starts_at)}–{timezone.localtime(ends_at):%H:%M}"


def card_of(activity: Activity, *, now: datetime) -> dict:
    """An activity in a list: when next, how many places are left."""
    ahead = [each for each in activity.times if each.ends_at > now]
    left = max(0, activity.places - activity.taken)
    return {
        "activity": activity,
        "next": span(ahead[0].starts_at, ahead[0].ends_at) if ahead else "",
        "more": len(ahead) - 1,
        **state_of(activity, left=left, now=now),
    }


def state_of(activity: Activity, *, left: int, now: datetime) -> dict:
    """In a word: open, full with so many waiting, not open yet, begun, called off."""
    if activity.state == rules.CALLED_OFF:
        return {"status": _("已取消"), "tone": "stopped"}
    if activity.first_at is None or now >= activity.first_at:
        return {"status": _("已开始"), "tone": "active"}
    if now < activity.opens_at:
        return {"status": _("%(day)s 开始报名") % {"day": figures.short_day(activity.opens_at)}, "tone": "plain"}
    if left and not activity.waiting:
        return {"status": _("还有 %(count)d 个名额") % {"count": left}, "tone": "done"}
    return {"status": _("已满，候补 %(count)d 人") % {"count": activity.waiting}, "tone": "urgent"}


def activity_of(activity: Activity, *, person: User, now: datetime) -> dict:
    """The page of an activity for this visitor: her place or turn, or why she cannot sign up."""
    held = queries.enrolment_of(person, activity)
    missed = queries.missed_by(person, activity.centre_id, now=now) if person.is_authenticated else 0
    objection = rules.objection_to_signing_up(
        state=activity.state, opens_at=activity.opens_at, first_starts_at=activity.first_at, now=now,
        is_staff=person.is_authenticated and person.is_staff, residents_only=activity.residents_only and person.is_authenticated,
        is_resident=person.is_authenticated and is_proved_resident(person, activity.centre.community), held=False, missed=missed,
    )  # fmt: skip
    full = activity.taken >= activity.places or activity.waiting > 0
    return {
        **card_of(activity, now=now),
        "held": held,
        "turn": queries.turn_of(held) if held and held.seat is None else 0,
        "full": full,
        "why_not": words(objection) if objection else "",
        "why_until": objection.until if objection else None,
        "cancel_until": activity.first_at - timedelta(hours=activity.cancel_hours) if activity.first_at else None,
        "may_leave": bool(held and activity.first_at) and _may_leave(held, activity, now),
        "times": [{"said": span(each.starts_at, each.ends_at), "over": each.ends_at <= now} for each in activity.times],
    }


def _may_leave(held: Enrolment, activity: Activity, now: datetime) -> bool:
    given = {"first_starts_at": activity.first_at, "cancel_hours": activity.cancel_hours, "now": now}
    return rules.objection_to_leaving(placed=held.seat is not None, ended=False, **given) is None


def room_days(room: Room, *, first: date, now: datetime) -> list[dict]:
    """The room's coming days: its hours cut into whole hours, each free, taken or over. Three queries."""
    last = first + timedelta(days=DAYS)
    hours = queries.calendar_of_centre(room.centre, first, last)
    zone = timezone.get_current_timezone()
    begin, end = (datetime.combine(day, datetime.min.time(), zone) for day in (first, last))
    uses = list(queries.uses_of(room, begin, end))
    return [_day(room, hours(first + timedelta(days=number)), uses, now=now) for number in range(DAYS)]


def _day(room: Room, hours: DayHours, uses: list[RoomUse], *, now: datetime) -> dict:
    slots, zone = [], timezone.get_current_timezone()
    for opens, closes in hours.stretches:
        at, end = datetime.combine(hours.on, opens, zone), datetime.combine(hours.on, closes, zone)
        while at + timedelta(hours=1) <= end:
            until = at + timedelta(hours=1)
            busy = any(use.starts_at < until and use.ends_at > at for use in uses)
            state = "over" if at <= now else "taken" if busy else "free"
            slots.append({"at": f"{at:%H:%M}", "state": state})
            at = until
    return {"on": hours.on, "slots": slots, "note": _(hours.note) if hours.note else ""}


def my_row(row: Enrolment, *, now: datetime) -> dict:
    """One of the person's own places or turns."""
    times = row.activity.times
    ahead = next((each for each in times if each.ends_at > now), None)
    if row.activity.state == rules.CALLED_OFF:
        status, tone = _("已取消"), "stopped"
    elif ahead is None:
        status, tone = _("已结束"), "done"
    elif row.seat:
        status, tone = _("已报名"), "done"
    else:
        status, tone = _("候补中"), "turn"
    return {"row": row, "next": span(ahead.starts_at, ahead.ends_at) if ahead else "", "status": status, "tone": tone}


def my_booking(row: RoomUse, *, now: datetime) -> dict:
    given = {"cancelled": False, "starts_at": row.starts_at, "cancel_hours": row.room.cancel_hours, "now": now}
    return {
        "row": row,
        "said": span(row.starts_at, row.ends_at),
        "over": row.ends_at <= now,
        "may_cancel": rules.objection_to_giving_back(**given) is None,
    }
