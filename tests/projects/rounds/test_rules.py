"""The rules, calendar and checklist of a round, over plain values."""

from datetime import UTC, date, datetime, timedelta

import pytest

from portal.holidays import published_days
from portal.workdays import Calendar, deadline_after
from projects import pipeline
from projects.rounds import calendar, checklist, terms
from projects.rounds.rules import DEFAULTS, LENGTHS, RANGES, complete, fault_in

STAGES = tuple(row.key for row in pipeline.stages_of(pipeline.ROUND))[1:]


def plain_last(start, days, unit):
    return deadline_after(start, days, unit, Calendar()).on


def test_the_defaults_can_be_frozen_as_they_are():
    assert fault_in({}) == []
    assert RANGES.keys() <= DEFAULTS.keys()
    assert set(LENGTHS) == set(STAGES)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"notice_days": 0}, "notice_days"),
        ({"notice_days": 61}, "notice_days"),
        ({"notice_days": True}, "notice_days"),
        ({"notice_days": "5"}, "notice_days"),
        ({"notice_unit": "weeks"}, "notice_unit"),
        ({"ballot": "lottery"}, "ballot"),
        ({"counting_rule": "by_hand"}, "counting_rule"),
        ({"caps": {"services": 0, "goods": 1, "works": 1}}, "cap_services"),
        ({"caps": {"services": 1, "goods": 1, "works": 10**12}}, "cap_works"),
        ({"max_choices": 2, "advised_choices": 3}, "advised_choices"),
        ({"balance_percent": 51}, "balance_percent"),
    ],
)
def test_a_setting_out_of_range_is_named_at_its_field(change, field):
    assert [fault.field for fault in fault_in(change)] == [field]


def test_complete_keeps_what_was_set():
    assert complete({"notice_days": 7})["notice_days"] == 7
    assert complete({"notice_days": 7})["objection_days"] == DEFAULTS["objection_days"]


def test_windows_follow_one_another_and_keep_their_days():
    windows = calendar.windows_from(date(2026, 3, 2), LENGTHS, STAGES, plain_last)
    days = [windows[key] for key in STAGES]
    assert days[0] == (date(2026, 3, 2), date(2026, 3, 31))
    for before, after in zip(days, days[1:], strict=False):
        assert after[0] == before[1] + timedelta(days=1)
        assert after[1] >= after[0]
    first, last = windows["publicity"]
    assert last == plain_last(first, 5, "working"), "the day on which the notice is put up does not count"


def test_windows_pass_over_the_spring_festival():
    known = Calendar(
        holidays=frozenset(day for day, works, _name in published_days() if not works),
        makeup_days=frozenset(day for day, works, _name in published_days() if works),
        known_years=frozenset({2025, 2026}),
    )
    last_of = lambda start, days, unit: deadline_after(start, days, unit, known).on  # noqa: E731
    windows = calendar.windows_from(date(2025, 1, 27), {"screening": (5, "working")}, ("screening",), last_of)
    assert windows["screening"] == (date(2025, 1, 27), date(2025, 2, 8)), "28 Jan–4 Feb are holidays, 8 Feb works"


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [(10, 9, "last_tally"), (4, 12, "first_tally"), (5, 12, "first_tally"), (6, 19, None), (6, 6, None)],
)
def test_a_window_begins_after_the_one_before_it(first, last, field):
    fault = calendar.fault_in_window("tally", date(2026, 3, first), date(2026, 3, last), before=date(2026, 3, 5))
    assert (fault.field if fault else None) == field


def plan(**changes):
    windows = calendar.windows_from(date(2026, 3, 2), LENGTHS, STAGES, plain_last)
    values = {
        "title": "2026年第一批",
        "stages": STAGES,
        "envelopes": {"龙岭社区": 200_000_000},
        "windows": windows,
        "rules": {},
        "notice_needs": windows["publicity"][1],
    }
    return checklist.Plan(**{**values, **changes})


def red(made, today=date(2026, 3, 2)):
    return {line.code for line in checklist.what_is_missing(made, today=today) if not line.ok}


def test_a_complete_plan_is_green():
    assert red(plan()) == set()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": "  "}, "title"),
        ({"envelopes": {}}, "envelopes"),
        ({"without_council": ("龙岭社区",)}, "councils"),
        ({"without_worker": ("龙岭社区",)}, "workers"),
        ({"rules": {"notice_days": 0}}, "rules"),
        ({"notice_needs": date(2027, 1, 1)}, "notice"),
        ({"notice_needs": None}, "notice"),
    ],
)
def test_each_gap_turns_its_own_line_red(changes, code):
    assert red(plan(**changes)) == {code}


def test_a_missing_window_and_an_overlap_are_seen():
    windows = dict(plan().windows)
    windows.pop("tally")
    assert red(plan(windows=windows)) == {"windows"}
    windows = {**plan().windows, "tally": plan().windows["voting"]}
    assert red(plan(windows=windows)) == {"order"}
    assert {"windows", "order", "first_day", "notice"} <= red(plan(windows={}, notice_needs=None))


def test_a_first_day_that_has_passed_is_red():
    assert red(plan(), today=date(2026, 3, 3)) == {"first_day"}


AT = datetime(2026, 3, 31, 16, 0, tzinfo=UTC)
SOON, LATE = AT - timedelta(seconds=1), AT + timedelta(seconds=1)


@pytest.mark.parametrize(
    ("timed", "closes", "opens", "by_hand", "next_timed", "code"),
    [
        (True, LATE, None, False, False, "window_open"),
        (True, LATE, None, True, False, "window_open"),
        (True, None, None, True, False, "window_open"),
        (True, AT, None, False, False, None),
        (True, SOON, SOON, False, True, None),
        (False, LATE, LATE, False, False, "before_next_window"),
        (False, LATE, LATE, True, False, None),
        (False, LATE, LATE, True, True, "before_next_window"),
        (False, None, None, False, False, None),
        (False, LATE, AT, False, True, None),
    ],
)
def test_when_a_stage_may_be_left(timed, closes, opens, by_hand, next_timed, code):
    objection = calendar.objection_to_leaving(
        timed=timed, closes_at=closes, next_opens_at=opens, now=AT, by_hand=by_hand, next_timed=next_timed
    )
    assert (objection.code if objection else None) == code


def test_a_timed_stage_that_began_late_keeps_its_days():
    late = calendar.window_begun("voting", SOON, LATE, days_late=3, timed=True)
    assert (late.closes_at - late.planned, late.moved) == (timedelta(days=3), True)
    assert not calendar.window_begun("tally", SOON, LATE, days_late=3, timed=False).moved
    assert not calendar.window_begun("voting", SOON, LATE, days_late=-2, timed=True).moved


def test_a_district_replaces_single_words_only():
    assert terms.words_of("city", {})["delivery"] == "项目实施"
    words = terms.words_of("dishes", {"delivery": "动手做菜", "no_such_word": "x", "tally": ""})
    assert words["delivery"] == "动手做菜"
    assert words["tally"] == terms.DISHES["tally"]
    assert "no_such_word" not in words
