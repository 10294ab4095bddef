"""The activities' pages as plain values."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from communities.accounts.models import User
from portal.web import words
from volunteers.activities import queries, rules
from volunteers.activities.models import Call, Shift
from volunteers.permissions import objection_to
from volunteers.teams.models import Volunteer
from volunteers.teams.queries import volunteer_of

WHY = {
    rules.SKILL: gettext_noop("技能对口"),
    rules.PLACE: gettext_noop("就在您的社区"),
    rules.TIME: gettext_noop("您说这个时间有空"),
}
WHY_SHE = {
    rules.SKILL: gettext_noop("技能对口"),
    rules.PLACE: gettext_noop("本社区"),
    rules.TIME: gettext_noop("这个时间有空"),
}


def by_day(shifts: Iterable[Shift]) -> list[tuple[date, list[Shift]]]:
    days = groupby(shifts, key=lambda shift: timezone.localdate(shift.starts_at))
    return [(day, list(rows)) for day, rows in days]


def suiting(volunteer: Volunteer, now: datetime) -> list[dict[str, Any]]:
    return [
        {"shift": shift, "why": [_(WHY[reason]) for reason in reasons]}
        for shift, reasons in queries.suiting(volunteer, now)
    ]


def suited(shift: Shift) -> list[dict[str, Any]]:
    return [
        {"volunteer": row, "why": [_(WHY_SHE[reason]) for reason in reasons]} for row, reasons in queries.suited(shift)
    ]


def call_page(call: Call, person: User, now: datetime) -> dict[str, Any]:
    """The call with its shifts: for each, what this visitor holds and what she can do, or why not."""
    parties = queries.parties_to_call(person, call, day=timezone.localdate(now))
    mine = queries.sign_ups_by_shift(person, call)
    held = volunteer_of(person)
    shifts = [shift_row(shift, call, held, mine.get(shift.pk), now) for shift in queries.shifts_of(call)]
    return {
        "call": call,
        "shifts": shifts,
        "held": held,
        "may_sign_up": objection_to("activities.sign_up", roles=parties) is None,
        "may_run": objection_to("activities.run_call", roles=parties) is None,
        "swaps": [] if call.cancelled_at else list(queries.offered_swaps(call, now)),
        "report": getattr(call, "report", None),
    }


def shift_row(shift: Shift, call: Call, held: Volunteer | None, mine: Any, now: datetime) -> dict[str, Any]:
    left = shift.places - shift.taken
    refusal = rules.objection_to_sign_up(
        now=now,
        starts=shift.starts_at,
        open_call=call.cancelled_at is None,
        adults_only=call.adults_only,
        band=held.band if held else "",
        signed=False,
        clashes=False,
    )
    return {
        "shift": shift,
        "left": left,
        "mine": mine,
        "open": refusal is None,
        "why_not": words(refusal) if refusal else "",
        "begun": now >= shift.starts_at,
        "door": shift.starts_at - rules.BEFORE <= now <= shift.ends_at + rules.AFTER,
        "over": now > shift.ends_at,
    }
