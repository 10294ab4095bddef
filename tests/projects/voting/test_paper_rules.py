"""Paper ballots: serials, what clerks type, totals, the sample. No database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.voting import paper
from projects.voting.paper import Reading


@given(st.integers(0, 10**8 - 1), st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_never_a_serial(number, place, by):
    serial = paper.serial_from(number)
    wrong = serial[:place] + str((int(serial[place]) + by) % 10) + serial[place + 1 :]
    assert paper.read_serial(paper.grouped(serial)) == serial
    assert paper.read_serial(wrong) == ""


@pytest.mark.parametrize("text", ["", "12345678", "\x00", "１２３４５６７８９", "1234567890", "abcdefghi"])
def test_what_is_no_serial(text):
    assert paper.read_serial(text) == ""


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("3 7", {3: 1, 7: 1}),
        ("3，7、1", {3: 1, 7: 1, 1: 1}),
        ("0", {}),
        ("", None),
        ("9", None),
        ("3 3", None),
        ("3 0", None),
        ("三", None),
        ("99999999999999", None),
    ],
)
def test_numbers_as_a_clerk_types_them(text, marks):
    assert paper.read_marks(text, size=8, points=False) == marks


@pytest.mark.parametrize(
    ("text", "marks"), [("3:5 7：2", {3: 5, 7: 2}), ("3", None), ("3:0", None), ("0", {}), ("3:5 3:1", None)]
)
def test_points_as_a_clerk_types_them(text, marks):
    assert paper.read_marks(text, size=8, points=True) == marks


def test_the_order_on_paper_is_a_lot_that_anyone_repeats():
    numbers = [f"WSS-2026-{number:06d}" for number in range(1, 9)]
    first = paper.order_on_paper(numbers, seed="a" * 64)
    assert first == paper.order_on_paper(reversed(numbers), seed="a" * 64)
    assert first != paper.order_on_paper(numbers, seed="b" * 64)
    assert sorted(first) == numbers


def seal(**given):
    told = {"printed": 20, "handed_out": 18, "replaced": 0, "left_over": 2, "returned": 18, "why_missing": "", "sealed": False}
    refusal = paper.objection_to_sealing(**{**told, **given})
    return refusal.code if refusal else None


def test_an_envelope_adds_up_or_is_not_counted():
    """B11: handed out = returned + not returned, printed = handed out + left over; what is missing is explained."""
    assert seal() is None
    assert seal(left_over=3) == "does_not_add_up"
    assert seal(returned=19) == "more_than_handed_out"
    assert seal(returned=17) == "missing_unexplained"
    assert seal(returned=17, why_missing="  ") == "missing_unexplained"
    assert seal(returned=17, why_missing="一位居民没有交回。") is None
    assert seal(sealed=True) == "sealed"
    assert seal(replaced=1) == "more_than_handed_out"
    assert seal(replaced=1, returned=17) is None


A, B, X = Reading({"1": 1}), Reading({"2": 1}), Reading({}, "unreadable")


def test_what_stands_of_a_sheet():
    assert paper.settled({1: A}) is None and not paper.differs({1: A})
    assert paper.settled({1: A, 2: A}) == A and not paper.differs({1: A, 2: A})
    assert paper.settled({1: A, 2: B}) is None and paper.differs({1: A, 2: B})
    assert paper.differs({1: Reading({}), 2: X})
    assert paper.settled({1: A, 2: B, 3: X}) == X and not paper.differs({1: A, 2: B, 3: X})


def accept(**given):
    told = {"sealed": True, "accepted": False, "returned": 3, "once": 0, "differing": 0, "settled": 3}
    refusal = paper.objection_to_accepting(**{**told, **given})
    return refusal.code if refusal else None


def test_an_envelope_is_accepted_when_all_is_read_alike():
    """B11: a mismatch blocks."""
    assert accept() is None
    assert accept(sealed=False) == "not_sealed"
    assert accept(accepted=True) == "accepted"
    assert accept(differing=1, settled=2) == "differences"
    assert accept(once=1) == "not_all_keyed"
    assert accept(settled=2) == "not_all_keyed"
    assert accept(settled=4) == "not_all_keyed"


def test_the_sample_is_drawn_from_the_seed_and_all_that_was_accepted():
    serials = [paper.serial_from(number) for number in range(200)]
    drawn = paper.sample_of(serials, seed="s", digests=["x", "y"])
    assert len(drawn) == 10 and drawn == paper.sample_of(reversed(serials), seed="s", digests=["y", "x"])
    assert set(drawn) != set(paper.sample_of(serials, seed="s", digests=["x", "z"]))
    assert (
        paper.sample_of(serials[:3], seed="s", digests=["x"]) != []
        and len(paper.sample_of(serials[:3], seed="s", digests=["x"])) == 3
    )


def test_ballots_and_register_agree_channel_by_channel():
    told = {"online": 5, "online_people": 5, "paper": 16, "handed_out": 20, "spoilt": 3, "missing": 1}
    assert not paper.fault_in_account(**told)
    for key in told:
        assert paper.fault_in_account(**{**told, key: told[key] + 1}), key
