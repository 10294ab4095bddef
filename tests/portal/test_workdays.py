"""Working days with holidays and make-up weekends (调休); years not yet published are provisional."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.holidays import published_days
from portal.workdays import Calendar, deadline_after, working_days_left

DAYS = published_days()
KNOWN = Calendar(
    holidays=frozenset(day for day, works, _name in DAYS if not works),
    makeup_days=frozenset(day for day, works, _name in DAYS if works),
    known_years=frozenset(day.year for day, _works, _name in DAYS),
)


@pytest.mark.parametrize(
    ("start", "days", "unit", "last"),
    [
        (date(2026, 3, 2), 5, "calendar", date(2026, 3, 7)),
        (date(2026, 3, 2), 5, "working", date(2026, 3, 9)),
        (date(2026, 9, 30), 1, "working", date(2026, 10, 8)),
        (date(2026, 10, 8), 2, "working", date(2026, 10, 10)),
        (date(2026, 3, 2), 0, "working", date(2026, 3, 2)),
    ],
)
def test_the_last_day(start, days, unit, last):
    """National Day 2026: 1–7 October off, Saturday 10 October works."""
    assert deadline_after(start, days, unit, KNOWN).on == last


def test_an_unpublished_year_is_provisional():
    assert not deadline_after(date(2026, 3, 2), 5, "working", KNOWN).provisional
    assert deadline_after(date(2026, 12, 30), 5, "working", KNOWN).provisional
    assert not deadline_after(date(2026, 12, 30), 5, "calendar", KNOWN).provisional


@pytest.mark.parametrize(("days", "unit"), [(-1, "working"), (3, "weeks")])
def test_nonsense_is_an_error(days, unit):
    with pytest.raises(ValueError):
        deadline_after(date(2026, 3, 2), days, unit, KNOWN)


@given(st.dates(date(2024, 1, 1), date(2026, 11, 1)), st.integers(0, 40))
def test_days_left_on_the_first_day_are_the_days_given(start, days):
    last = deadline_after(start, days, "working", KNOWN).on
    assert working_days_left(start, last, KNOWN) == days
    if days:
        assert KNOWN.is_working(last)
        assert working_days_left(last + timedelta(days=1), last, KNOWN) <= 0
