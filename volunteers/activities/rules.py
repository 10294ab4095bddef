"""Shifts, places, codes at the door, and what fits whom. Plain Python.

The code at the door changes all the time: a QR code lives thirty seconds, the six digits that a leader reads out five
minutes; each is good for its own span and the next, so that nobody is late by a second.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from portal.refusals import Refusal
from portal.refusals import gettext_noop as _

MINOR = "minor"
HELD, WAITING, GIVEN_UP, RELEASED, SWAPPED = "held", "waiting", "given_up", "released", "swapped"
IN, OUT = "in", "out"
QR, CODE, LIST = "qr", "code", "list"
SHORTEST, LONGEST = timedelta(minutes=15), timedelta(hours=12)
AHEAD = timedelta(days=180)
BEFORE, AFTER = timedelta(minutes=30), timedelta(hours=2)  # the door opens before a shift and stays open after it
LIST_DAYS = timedelta(days=7)  # so long a leader may complete the list
QR_SECONDS, CODE_SECONDS = 30, 300
CODE_TRIES = 5
MOST_SHIFTS = 20
TICKET = timedelta(minutes=10)  # from scanning to pressing the button, the sign-in included
REMIND = timedelta(hours=24)


def objection_to_times(starts: datetime, ends: datetime, *, now: datetime) -> Refusal | None:
    """Does this shift lie ahead, and is it neither too short nor too long?"""
    if starts <= now:
        return Refusal("in_the_past", _("开始时间要在现在之后。"), field="on")
    if starts > now + AHEAD:
        return Refusal("too_far_ahead", _("最多提前半年安排，请改日期。"), field="on")
    if ends - starts < SHORTEST:
        return Refusal("too_short", _("结束时间要比开始时间晚 15 分钟以上。"), field="ends")
    if ends - starts > LONGEST:
        return Refusal("too_long", _("一个班次最长 12 小时，请分成几个班次。"), field="ends")
    return None


def objection_to_publishing(*, published: bool, cancelled: bool, shifts: int) -> Refusal | None:
    if cancelled:
        return Refusal("call_cancelled", _("这次活动已经取消。"))
    if published:
        return Refusal("already_published", _("这次活动已经发布。"))
    if not shifts:
        return Refusal("no_shift", _("请先添加至少一个班次。"))
    return None


def objection_to_sign_up(
    *, now: datetime, starts: datetime, open_call: bool, adults_only: bool, band: str, signed: bool, clashes: bool
) -> Refusal | None:
    """May this volunteer put herself down for this shift, on a place or on the waiting list?"""
    if not open_call:
        return Refusal("not_open", _("这次活动现在不能报名。"))
    if now >= starts:
        return Refusal("already_begun", _("这个班次已经开始，不能再报名。"))
    if signed:
        return Refusal("already_signed_up", _("您已经报了这个班次。"))
    if adults_only and band == MINOR:
        return Refusal("adults_only", _("这次活动只限年满18周岁的志愿者。"))
    if clashes:
        return Refusal("clash", _("您在这个时间已经报了别的班次。"))
    return None


def objection_to_giving_up(*, now: datetime, starts: datetime, state: str) -> Refusal | None:
    if state not in (HELD, WAITING):
        return Refusal("not_signed_up", _("您没有报这个班次。"))
    if now >= starts:
        return Refusal("already_begun", _("这个班次已经开始，来不了请直接告诉队长。"))
    return None


def objection_to_taking_over(*, now: datetime, starts: datetime, offered: bool) -> Refusal | None:
    if not offered:
        return Refusal("not_offered", _("这个名额已经有人接了，或者不再找人替班。"))
    if now >= starts:
        return Refusal("already_begun", _("这个班次已经开始，不能再报名。"))
    return None


def objection_to_door(way: str, *, now: datetime, starts: datetime, ends: datetime, came: bool, left: bool):
    """May she check in, or out, at this moment?"""
    if way == IN and came:
        return Refusal("already_in", _("您已经签到了。"))
    if way == OUT and not came:
        return Refusal("not_in_yet", _("您还没有签到，请先签到。"))
    if way == OUT and left:
        return Refusal("already_out", _("您已经签退了，辛苦了。"))
    if now < starts - BEFORE:
        return Refusal("door_not_open", _("开始前 30 分钟才能签到。"), until=starts - BEFORE)
    if way == IN and now > ends:
        return Refusal("shift_over", _("这个班次已经结束，请队长在名单上补记。"))
    if way == OUT and now > ends + AFTER:
        return Refusal("door_closed", _("结束已超过 2 小时，请队长在名单上补记。"))
    return None


def objection_to_list(
    way: str, *, now: datetime, starts: datetime, ends: datetime, at: datetime, came: datetime | None
):
    """May the leader write this time on her list?"""
    if now > ends + LIST_DAYS:
        return Refusal("list_closed", _("活动结束已超过 7 天，请用“手工登记”补录时长。"))
    if at > now:
        return Refusal("in_the_future", _("不能登记还没到的时间。"), field="at")
    if not starts - BEFORE <= at <= ends + AFTER:
        return Refusal("outside_shift", _("时间要在班次前 30 分钟到结束后 2 小时之间。"), field="at")
    if way == OUT and came is None:
        return Refusal("not_in_yet", _("还没有签到，请先登记签到。"), field="at")
    if way == OUT and came is not None and at <= came:
        return Refusal("out_before_in", _("签退时间要晚于签到时间。"), field="at")
    return None


def served(came: datetime, left: datetime, *, starts: datetime, ends: datetime) -> tuple[datetime, datetime] | None:
    """From when to when she helped: inside the shift's own times; None when that is nothing."""
    begin, end = max(came, starts), min(left, ends)
    return (begin, end) if end - begin >= timedelta(minutes=1) else None


def token(secret: str, way: str, now: datetime) -> str:
    """What the QR code at the door says now."""
    return _mark(secret, way, int(now.timestamp()) // QR_SECONDS)


def is_fresh(given: str, secret: str, way: str, now: datetime) -> bool:
    """Is it the code of this half minute, or of the last?"""
    window = int(now.timestamp()) // QR_SECONDS
    return any(hmac.compare_digest(given.encode(), _mark(secret, way, window - age).encode()) for age in (0, 1))


def seconds_left(now: datetime) -> int:
    return QR_SECONDS - int(now.timestamp()) % QR_SECONDS


def door_code(secret: str, now: datetime) -> str:
    """The six digits that a leader reads out now."""
    return _digits(secret, int(now.timestamp()) // CODE_SECONDS)


def is_door_code(given: str, secret: str, now: datetime) -> bool:
    window = int(now.timestamp()) // CODE_SECONDS
    return any(hmac.compare_digest(given.encode(), _digits(secret, window - age).encode()) for age in (0, 1))


def _mark(secret: str, way: str, window: int) -> str:
    return hmac.new(secret.encode(), f"{way}:{window}".encode(), hashlib.sha256).hexdigest()[:24]


def _digits(secret: str, window: int) -> str:
    held = hmac.new(secret.encode(), f"code:{window}".encode(), hashlib.sha256).hexdigest()
    return f"{int(held[:12], 16) % 1_000_000:06d}"


def slot_of(day: date, hour: int) -> str:
    """weekday_morning … weekend_evening: in which of a volunteer's times a shift begins."""
    part = "morning" if hour < 12 else "afternoon" if hour < 18 else "evening"
    return f"{'weekend' if day.weekday() >= 5 else 'weekday'}_{part}"


SKILL, PLACE, TIME = "skill", "place", "time"


def fit(
    *, needed: Iterable[str], offered: Iterable[str], same_community: bool, slots: Sequence[str], times: Iterable[str]
) -> list[str]:
    """Why a shift suits a volunteer: skill, place, time. When a skill is needed and lacks, nothing fits."""
    wanted, times = set(needed), set(times)
    reasons = []
    if wanted:
        if not wanted & set(offered):
            return []
        reasons.append(SKILL)
    if same_community:
        reasons.append(PLACE)
    if any(slot in times for slot in slots):
        reasons.append(TIME)
    return reasons
