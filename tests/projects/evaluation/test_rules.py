"""Scores and their bases, the low mark, the end of the window."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from projects.evaluation import rules

DAY = date(2026, 3, 30)


@pytest.mark.parametrize(
    ("score", "closes_on", "code"),
    [
        (1, DAY, None),
        (5, DAY, None),
        (0, DAY, "score_out_of_range"),
        (6, DAY, "score_out_of_range"),
        (5, DAY - timedelta(days=1), "rating_closed"),
        (5, None, "rating_closed"),
    ],
)
def test_score_counts_until_the_last_day(score, closes_on, code):
    fault = rules.objection_to_score(score, closes_on=closes_on, today=DAY)
    assert (fault.code if fault else None) == code


@pytest.mark.parametrize(
    ("total", "answers", "low"), [(0, 0, False), (3, 1, False), (2, 1, True), (299, 100, True), (300, 100, False)]
)
def test_low_is_below_the_mark_exactly(total, answers, low):
    assert rules.is_low(total, answers, low_score=3.0) is low


@given(some.lists(some.integers(1, 5), min_size=1, max_size=50))
def test_the_printed_mean_is_the_nearest_tenth(scores):
    found = rules.Satisfaction(
        total=sum(scores), answers=len(scores), content=0, asked=1, answered=0, residents=9, closes_on=DAY, closed=False
    )
    assert abs(float(found.mean_text) - sum(scores) / len(scores)) <= 0.05 + 1e-9
    assert found.mean * len(scores) == sum(scores)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({}, None),
        ({"concluded": True}, "already_concluded"),
        ({"closes_on": DAY}, "still_open"),
        ({"proposer_heard": False}, "proposer_missing"),
    ],
)
def test_result_is_published_once_after_the_last_day(facts, code):
    known = {"today": DAY, "closes_on": DAY - timedelta(days=1), "concluded": False, "proposer_heard": True}
    fault = rules.objection_to_conclusion(**{**known, **facts})
    assert (fault.code if fault else None) == code


def test_absence_is_recorded_after_the_window():
    past = DAY - timedelta(days=1)
    assert rules.objection_to_absence(today=DAY, closes_on=past, heard=False) is None
    assert rules.objection_to_absence(today=DAY, closes_on=DAY, heard=False).code == "still_open"
    assert rules.objection_to_absence(today=DAY, closes_on=past, heard=True).code == "already_heard"
