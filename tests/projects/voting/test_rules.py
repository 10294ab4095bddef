"""Ballot forms, the roll's reasons, trackers: plain values."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.rounds.rules import DEFAULTS
from projects.voting import ballots, rules

NOW = datetime(2026, 3, 2, 12)
COSTS = {1: 10_000_00, 2: 60_000_00, 3: 50_000_00, 4: 5_000_00}


def fault(form, choices, **more):
    found = ballots.fault_in(form, choices, costs=COSTS, budget=100_000_00, rules={**DEFAULTS, **more})
    return found.code if found else None


@pytest.mark.parametrize(
    ("form", "choices", "code"),
    [
        ("approval", {}, None),
        ("approval", {1: 1, 2: 1}, None),
        ("approval", {1: 1, 2: 1, 3: 1}, "too_many"),
        ("approval", {1: 2}, "one_tick_each"),
        ("approval", {9: 1}, "unknown_candidate"),
        ("approval", {1: 0}, "bad_points"),
        ("approval", {1: -1}, "bad_points"),
        ("approval", {1: True}, "bad_points"),
        ("knapsack", {1: 1, 2: 1}, None),
        ("knapsack", {2: 1, 3: 1}, "over_budget"),
        ("points", {1: 4, 2: 3, 3: 3}, None),
        ("points", {1: 4, 2: 4, 3: 3}, "too_many_points"),
        ("points", {1: 5, 2: 5}, "too_few_projects"),
    ],
)
def test_what_is_wrong_with_a_ballot(form, choices, code):
    assert fault(form, choices, max_choices=2) == code


@given(st.dictionaries(st.integers(1, 4), st.integers(-2, 12)), st.sampled_from(sorted(ballots.FORMS)))
def test_a_ballot_that_passes_keeps_every_limit(choices, form):
    """B6"""
    if fault(form, choices, max_choices=3):
        return
    assert all(points >= 1 for points in choices.values())
    if form == "approval":
        assert len(choices) <= 3 and set(choices.values()) <= {1}
    if form == "knapsack":
        assert sum(COSTS[each] for each in choices) <= 100_000_00
    if form == "points":
        assert sum(choices.values()) <= DEFAULTS["points"]


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"home": ""}, "no_home"),
        ({"home": "C2"}, "other_community"),
        ({"proved": False}, "not_proved"),
        ({"adult": False}, "under_age"),
        ({"since": NOW + timedelta(days=1)}, "after_freeze"),
        ({}, "not_on_roll"),
    ],
)
def test_the_reason_why_somebody_is_not_on_the_roll(told, code):
    known = {"home": "C1", "proved": True, "adult": True, "here": "C1", "since": NOW, "frozen_at": NOW, **told}
    assert rules.why_not_on_roll(**known).code == code


@pytest.mark.parametrize(
    ("now", "code"),
    [
        (NOW - timedelta(seconds=1), "not_open"),
        (NOW, None),
        (NOW + timedelta(days=14) - timedelta(microseconds=1), None),
        (NOW + timedelta(days=14), "closed"),
    ],
)
def test_the_poll_opens_inclusive_and_closes_exclusive(now, code):
    found = rules.objection_to_time(now, NOW, NOW + timedelta(days=14))
    assert (found.code if found else None) == code


@given(st.integers(0, 31**15 - 1), st.integers(0, 15), st.integers(1, 30))
def test_a_tracker_with_one_wrong_sign_is_found_out(number, place, step):
    tracker = rules.tracker_from(number)
    assert rules.read_tracker(tracker) == tracker
    wrong = rules.ALPHABET[(rules.ALPHABET.index(tracker[place]) + step) % 31]
    assert rules.read_tracker(tracker[:place] + wrong + tracker[place + 1 :]) == ""


def test_a_tracker_is_read_as_people_type_it():
    tracker = rules.tracker_from(31**14 + 5)
    typed = "-".join(tracker[place : place + 4].lower() for place in range(0, 16, 4)).replace("0", "o")
    assert rules.read_tracker(f" {typed} ") == tracker


def test_the_order_is_hers_alone_and_stays():
    candidates = list(range(1, 30))
    first = rules.personal_order(candidates, seed="s", person=1)
    assert first == rules.personal_order(reversed(candidates), seed="s", person=1)
    assert sorted(first) == candidates
    assert first != rules.personal_order(candidates, seed="s", person=2)
