"""Who sits on a panel and what its marks add up to."""

from datetime import date, timedelta

import pytest

from projects.acceptance import rules
from projects.acceptance.rules import Outcome, Seat

DAY = date(2026, 3, 2)
FULL = ["proposer", "resident", "resident", "supervisor", "community", "technical"]


@pytest.mark.parametrize(
    ("seats", "works", "missing"),
    [
        (FULL, True, {}),
        (FULL[:-1], False, {}),
        (FULL[:-1], True, {Seat.TECHNICAL: 1}),
        (["proposer"], False, {Seat.RESIDENT: 2, Seat.SUPERVISOR: 1, Seat.COMMUNITY: 1}),
        ([*FULL, "resident"], True, {}),
    ],
)
def test_works_add_a_technical_person(seats, works, missing):
    assert rules.missing_seats(seats, works=works, residents=2) == missing


def test_an_absent_proposer_leaves_no_gap():
    assert rules.missing_seats(FULL[1:], works=True, residents=2, proposer_absent=True) == {}


@pytest.mark.parametrize(
    ("seat", "facts", "code"),
    [
        ("resident", {}, None),
        ("resident", {"is_provider": True}, "provider_accepts"),
        ("proposer", {"is_provider": True, "is_proposer": True}, "provider_accepts"),
        ("resident", {"already": True}, "already_member"),
        ("proposer", {}, "not_the_proposer"),
        ("proposer", {"is_proposer": True}, None),
        ("resident", {"is_proposer": True}, "proposer_elsewhere"),
        ("supervisor", {"fits": False}, "seat_does_not_fit"),
    ],
)
def test_who_may_sit(seat, facts, code):
    """Separation of duties: who delivers does not accept."""
    known = {"is_provider": False, "already": False, "is_proposer": False, "fits": True}
    fault = rules.objection_to_member(seat, **{**known, **facts})
    assert (fault.code if fault else None) == code


@pytest.mark.parametrize(
    ("marks", "works", "outcome"),
    [
        ([], False, Outcome.OPEN),
        ([("resident", True), ("community", None)], False, Outcome.OPEN),
        ([("resident", True), ("community", True), ("supervisor", False)], False, Outcome.MEETS),
        ([("resident", True), ("community", False)], False, Outcome.REWORK),
        ([("resident", True), ("community", True), ("technical", False)], True, Outcome.REWORK),
        ([("resident", True), ("community", True), ("technical", False)], False, Outcome.MEETS),
    ],
)
def test_outcome_is_computed(marks, works, outcome):
    assert rules.outcome_of(marks, works=works, over_percent=50) is outcome
    assert rules.outcome_of(marks, works=works, over_percent=50, complete=False) is Outcome.OPEN


def test_a_fault_says_what_is_wrong():
    known = {"concluded": False, "is_provider": False}
    assert rules.objection_to_mark(True, "", **known) is None
    assert rules.objection_to_mark(False, "松了", **known).field == "text"
    assert rules.objection_to_mark(False, "扶手松动明显。", **known) is None
    assert rules.objection_to_mark(True, "", concluded=True, is_provider=False).code == "already_concluded"
    assert rules.objection_to_mark(True, "", concluded=False, is_provider=True).code == "provider_accepts"


def test_rework_has_a_day_to_come():
    known = {"today": DAY, "outcome": Outcome.REWORK}
    assert rules.objection_to_rework(DAY + timedelta(days=1), **known) is None
    assert rules.objection_to_rework(DAY, **known).code == "rework_in_past"
    assert rules.objection_to_rework(DAY + timedelta(days=181), **known).code == "rework_too_far"
    assert rules.objection_to_rework(DAY, today=DAY, outcome=Outcome.OPEN).code == "marks_missing"
    assert rules.objection_to_rework(DAY, today=DAY, outcome=Outcome.MEETS).code == "it_meets"


def test_absence_needs_the_time_to_pass_and_a_second_person():
    known = {"last_day": DAY, "signed": False, "recorded": False}
    assert rules.objection_to_absence(today=DAY, **known).code == "still_time"
    assert rules.objection_to_absence(today=DAY + timedelta(days=1), **known) is None
    assert rules.objection_to_absence(today=DAY, last_day=DAY, signed=True, recorded=False).code == "already_signed"
    assert rules.objection_to_absence(today=DAY, last_day=DAY, signed=False, recorded=True).code == "already_recorded"
    assert rules.objection_to_cosignature(same_person=True, cosigned=False).code == "same_person"
    assert rules.objection_to_cosignature(same_person=False, cosigned=True).code == "already_cosigned"
    assert rules.objection_to_cosignature(same_person=False, cosigned=False) is None
