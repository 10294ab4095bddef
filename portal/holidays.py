"""The office's table of holidays and make-up working days as a Calendar value.

Seeded from the published years; the office adds the next year when the State Council publishes it.
"""

from __future__ import annotations

import time
from functools import lru_cache

import chinese_calendar

from portal.models import SpecialDay
from portal.workdays import Calendar

FIRST_YEAR = 2023


def calendar() -> Calendar:
    """The calendar as the table has it, read from the database at most once a minute in each process."""
    return _calendar(int(time.monotonic() // 60))


def forget_calendar() -> None:
    """Read the table anew at the next question; called when the office changes it."""
    _calendar.cache_clear()


@lru_cache(maxsize=1)
def _calendar(minute: int) -> Calendar:
    held = list(SpecialDay.objects.values_list("on", "works"))
    return Calendar(
        holidays=frozenset(day for day, works in held if not works),
        makeup_days=frozenset(day for day, works in held if works),
        known_years=frozenset(day.year for day, _ in held),
    )


def published_days() -> list[tuple]:
    """(date, works, name) of every holiday and make-up day in the shipped calendar since FIRST_YEAR."""
    days = [(day, False, name) for day, name in chinese_calendar.holidays.items()]
    days += [(day, True, name) for day, name in chinese_calendar.workdays.items()]
    return sorted((day, works, str(name)[:40]) for day, works, name in days if day.year >= FIRST_YEAR)


def seed_special_days() -> int:
    """Enter the published days that the table lacks; answer how many were added."""
    before = SpecialDay.objects.count()
    SpecialDay.objects.bulk_create(
        [SpecialDay(on=day, works=works, name=name) for day, works, name in published_days()],
        ignore_conflicts=True,
    )
    forget_calendar()
    return SpecialDay.objects.count() - before
