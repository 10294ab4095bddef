"""工作日: working days by the State Council's holidays and make-up working weekends (调休).

Plain functions over a Calendar value; `calendar()` reads the table that the office keeps. Years beyond the
known calendar fall back to weekends and are marked as provisional.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

CALENDAR_DAYS, WORKING_DAYS = "calendar", "working"


@dataclass(frozen=True, slots=True)
class Calendar:
    """Dates that differ from the plain week, and the years for which they are known."""

    holidays: frozenset[date] = frozenset()
    makeup_days: frozenset[date] = frozenset()
    known_years: frozenset[int] = frozenset()

    def is_working(self, day: date) -> bool:
        if day in self.makeup_days:
            return True
        return day.weekday() < 5 and day not in self.holidays


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day on which an act is in time; provisional when a year's calendar is not published yet."""

    on: date
    provisional: bool = False


def deadline_after(start: date, days: int, unit: str, calendar: Calendar) -> Deadline:
    """The `days`-th day after `start` (the day of the event does not count).

    unit: "calendar" or "working". Errors: ValueError for negative days or another unit.
    """
    if days < 0:
        raise ValueError("days must not be negative")
    if unit == CALENDAR_DAYS:
        return Deadline(start + timedelta(days=days))
    if unit != WORKING_DAYS:
        raise ValueError(f"unknown unit {unit!r}")
    day, left = start, days
    while left:
        day += timedelta(days=1)
        left -= calendar.is_working(day)
    return Deadline(day, provisional=not years_between(start, day) <= calendar.known_years)


def working_days_left(today: date, last: date, calendar: Calendar) -> int:
    """Working days after today up to and including `last`; negative when `last` has passed."""
    if last >= today:
        return _count(today, last, calendar)
    return -_count(last, today, calendar)


def years_between(first: date, last: date) -> frozenset[int]:
    return frozenset(range(first.year, last.year + 1))


def _count(after: date, until: date, calendar: Calendar) -> int:
    days: Iterable[date] = (after + timedelta(days=n + 1) for n in range((until - after).days))
    return sum(calendar.is_working(day) for day in days)
