"""Hours and points: what counts at once, what waits for whom, what a tariff grants. Plain Python.

Hours are kept in minutes. The bands of a day and the tariff's shape are the portal's defaults [D]; pages say so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from portal.refusals import Refusal
from portal.refusals import gettext_noop as _


class Band(StrEnum):
    """Who lets a part of a day's minutes count."""

    AT_ONCE = "at_once"
    STREET = "street"
    DISTRICT = "district"


BANDS = {Band.AT_ONCE: _("直接计入"), Band.STREET: _("街道复核"), Band.DISTRICT: _("区级复核")}
UP_TO = ((Band.AT_ONCE, 8 * 60), (Band.STREET, 12 * 60), (Band.DISTRICT, 10**9))
LONGEST = timedelta(hours=24)
AHEAD = timedelta(minutes=5)  # clocks of phones are not the server's
BACK = timedelta(days=366)
MOST_POINTS = 1_000_000
SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no sign that is read as another


@dataclass(frozen=True, slots=True)
class Held:
    """What one place of a volunteer holds: points of one expiry, in the order in which they go."""

    key: int
    balance: int
    expires_on: date | None = None


def days_of(started: datetime, ended: datetime) -> list[tuple[date, int]]:
    """Whole minutes by local day; both times are local. Seconds at the end are dropped, none is counted twice."""
    whole = int((ended - started) // timedelta(minutes=1))
    found, done, at = [], 0, started
    while done < whole:
        midnight = (at + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
        until = min(whole, int((midnight - started) // timedelta(minutes=1)))
        if until > done:
            found.append((at.date(), until - done))
        done, at = until, midnight
    return found


def bands_of(minutes: int, *, before: int) -> list[tuple[Band, int]]:
    """How `minutes` more count on a day that already holds `before`: to 8 hours at once, to 12 and over after review."""
    found, start, end = [], before, before + minutes
    for band, limit in UP_TO:
        part = min(end, limit) - start
        if part > 0:
            found.append((band, part))
            start += part
    return found


def objection_to_times(started: datetime, ended: datetime, *, now: datetime) -> Refusal | None:
    if ended <= started:
        return Refusal("ends_before_start", _("结束时间要晚于开始时间。"), field="ended_at")
    if ended > now + AHEAD:
        return Refusal("not_over", _("服务还没有结束，结束以后再登记。"), field="ended_at")
    if ended - started > LONGEST:
        return Refusal("too_long", _("一次服务不能超过 24 小时，请按天分开登记。"), field="ended_at")
    if ended - started < timedelta(minutes=1):
        return Refusal("too_short", _("不到一分钟，没有可以计入的时长。"), field="ended_at")
    if started < now - BACK:
        return Refusal("too_old", _("一年以前的服务不能再补登。"), field="started_at")
    return None


def objection_to_overlap(taken: Iterable[tuple[datetime, datetime]]) -> Refusal | None:
    """`taken`: what the volunteer already has at this time. Nobody serves in two places at once."""
    for started, ended in taken:
        return Refusal(
            "hours_overlap",
            _("这段时间和已有的服务（%(from)s 至 %(to)s）重叠，不能重复计时。"),
            {"from": f"{started:%Y-%m-%d %H:%M}", "to": f"{ended:%H:%M}"},
            field="started_at",
        )
    return None


def objection_to_hand(*, same_person: bool, reason: str) -> Refusal | None:
    """Hours by hand are entered by another person than the volunteer, with the reason why nothing was scanned."""
    if same_person:
        return Refusal("own_hours", _("不能登记自己的时长，请由其他负责人登记。"), status=403)
    if not reason.strip():
        return Refusal("reason_missing", _("请写明为什么没有扫码。"), field="reason")
    return None


def objection_to_review(*, decided: bool, reversed: bool, own: bool, entered: bool) -> Refusal | None:
    """A part is reviewed once, by nobody whose hours they are and by nobody who entered them."""
    if reversed:
        return Refusal("reversed", _("这条记录已经冲正，不用再复核。"))
    if decided:
        return Refusal("already_decided", _("这部分时长已经复核过了。"))
    if own:
        return Refusal("own_hours", _("不能复核自己的时长。"), status=403)
    if entered:
        return Refusal("own_entry", _("这条时长是您登记的，要由另一位同事复核。"), status=403)
    return None


def objection_to_reversal(*, reversed: bool, own: bool, reason: str) -> Refusal | None:
    if reversed:
        return Refusal("reversed", _("这条记录已经冲正过了。"))
    if own:
        return Refusal("own_hours", _("不能冲正自己的时长。"), status=403)
    if not reason.strip():
        return Refusal("reason_missing", _("请写明冲正的原因。"), field="reason")
    return None


def objection_to_taking(amount: int, held: int) -> Refusal | None:
    if amount <= held:
        return None
    return Refusal(
        "not_enough_points",
        _("您现在有 %(held)s 分，还差 %(short)s 分。"),
        {"held": held, "short": amount - held},
        next=_("参加志愿服务可以积累积分。"),
    )


def objection_to_tariff(per_hour: int, starts_on: date, *, today: date, latest: date | None) -> Refusal | None:
    """A tariff is published ahead and never for days that have gone: nobody's past hours change their worth."""
    if not 0 <= per_hour <= 1000:
        return Refusal("odd_rate", _("每小时积分要在 0 到 1000 之间。"), field="per_hour")
    if starts_on < today:
        return Refusal("in_the_past", _("标准不能从过去的日期起算。"), field="starts_on")
    if latest is not None and starts_on <= latest:
        return Refusal(
            "not_later",
            _("已经公布了从 %(day)s 起的标准，新标准要晚于这一天。"),
            {"day": latest.isoformat()},
            field="starts_on",
        )
    return None


def points_for(minutes: int, per_hour: int) -> int:
    """Whole points; what is less than one point is not granted."""
    return minutes * per_hour // 60


def expiry_of(day: date, lasts_years: int) -> date | None:
    """Points earned in a year go at the end of the year after the given number of years; 0 years means never."""
    return date(day.year + lasts_years, 12, 31) if lasts_years else None


def drawn(amount: int, lots: Sequence[Held]) -> list[tuple[Held, int]]:
    """Which lots give how much: what expires first goes first, what never expires goes last."""
    found = []
    for lot in sorted(lots, key=lambda lot: (lot.expires_on is None, lot.expires_on or date.min, lot.key)):
        part = min(amount, lot.balance)
        if part > 0:
            found.append((lot, part))
            amount -= part
    return found


def number_in(typed: str) -> str:
    """A certificate's number as people type it → ZY-ABCD-2345; "" when it is none."""
    signs = [sign for sign in typed.upper() if sign.isascii() and sign.isalnum()]
    text = "".join(signs).removeprefix("ZY")
    if len(text) != 8 or any(sign not in SIGNS for sign in text):
        return ""
    return f"ZY-{text[:4]}-{text[4:]}"


def time_in(typed: str) -> tuple[int, int] | None:
    """9:30, 09:30:00, 0930 → (9, 30); None when it is no time of day."""
    parts = typed.split(":")
    if len(parts) == 1 and len(typed) == 4:
        parts = [typed[:2], typed[2:]]
    if not 2 <= len(parts) <= 3 or not all(part.isascii() and part.isdigit() and len(part) <= 2 for part in parts):
        return None
    hour, minute = int(parts[0]), int(parts[1])
    return (hour, minute) if hour < 24 and minute < 60 else None


def month_in(typed: str, *, today: date) -> tuple[date, date]:
    """2026-11 → its first and last day; what cannot be read is the month of `today`."""
    parts = typed.split("-")
    year, month = today.year, today.month
    if len(parts) == 2 and all(part.isascii() and part.isdigit() and len(part) <= 4 for part in parts):
        asked = (int(parts[0]), int(parts[1]))
        if 2000 <= asked[0] <= 2199 and 1 <= asked[1] <= 12:
            year, month = asked
    first = date(year, month, 1)
    following = date(year + month // 12, month % 12 + 1, 1)
    return first, following - timedelta(days=1)
