"""What counts at once, what waits for whom, which points go first."""

from datetime import date, datetime, timedelta

import pytest

from volunteers.timebank import rules
from volunteers.timebank.rules import Band, Held

NOON = datetime(2026, 3, 2, 12, 0)


@pytest.mark.parametrize(
    ("hours", "before", "expected"),
    [
        (2, 0, {"at_once": 2}),
        (8, 0, {"at_once": 8}),
        (10, 0, {"at_once": 8, "street": 2}),
        (13, 0, {"at_once": 8, "street": 4, "district": 1}),
        (3, 7, {"at_once": 1, "street": 2}),
        (2, 11, {"street": 1, "district": 1}),
        (1, 12, {"district": 1}),
        (4, 23, {"district": 4}),
    ],
)
def test_a_day_fills_its_bands(hours, before, expected):
    found = rules.bands_of(hours * 60, before=before * 60)
    assert {band.value: minutes // 60 for band, minutes in found} == expected


def test_the_minute_over_eight_hours_waits():
    assert rules.bands_of(481, before=0) == [(Band.AT_ONCE, 480), (Band.STREET, 1)]


def test_a_night_is_split_at_midnight_and_loses_no_minute():
    start = datetime(2026, 3, 2, 22, 30, 20)
    found = rules.days_of(start, datetime(2026, 3, 3, 1, 15, 50))
    assert found == [(date(2026, 3, 2), 89), (date(2026, 3, 3), 76)]
    assert sum(minutes for _day, minutes in found) == 165
    assert rules.days_of(NOON, NOON + timedelta(seconds=59)) == []


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [
        (-2, -2, "ends_before_start"),
        (-1, 1, "not_over"),
        (-26, -1, "too_long"),
        (-24 * 400, -24 * 400 + 2, "too_old"),
        (-2, 0, None),
    ],
)
def test_times_are_plausible(start, end, code):
    refusal = rules.objection_to_times(NOON + timedelta(hours=start), NOON + timedelta(hours=end), now=NOON)
    assert (refusal and refusal.code) == code


def test_what_expires_first_goes_first():
    lots = [Held(1, 50), Held(2, 30, date(2027, 12, 31)), Held(3, 20, date(2026, 12, 31))]
    assert [(lot.key, part) for lot, part in rules.drawn(60, lots)] == [(3, 20), (2, 30), (1, 10)]
    assert rules.drawn(0, lots) == []


def test_points_last_to_the_end_of_the_year_that_the_tariff_names():
    assert rules.expiry_of(date(2026, 3, 2), 1) == date(2027, 12, 31)
    assert rules.expiry_of(date(2026, 3, 2), 0) is None
    assert rules.points_for(89, 10) == 14


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("ZY-AB23-CD45", "ZY-AB23-CD45"),
        ("zy ab23cd45", "ZY-AB23-CD45"),
        ("AB23CD45", "ZY-AB23-CD45"),
        ("AB23CD4", ""),
        ("AB23CDO0", ""),
        ("\ud800' OR 1=1", ""),
    ],
)
def test_a_number_is_read_as_people_type_it(typed, number):
    assert rules.number_in(typed) == number


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({}, None),
        ({"reversed": True}, "reversed"),
        ({"decided": True}, "already_decided"),
        ({"own": True}, "own_hours"),
        ({"entered": True}, "own_entry"),
    ],
)
def test_a_part_is_reviewed_once_and_by_somebody_else(told, code):
    asked = {"decided": False, "reversed": False, "own": False, "entered": False, **told}
    refusal = rules.objection_to_review(**asked)
    assert (refusal and refusal.code) == code
