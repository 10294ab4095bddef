"""The council's arithmetic, without a database."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.refusals import Refusal
from projects.deliberation import rules
from projects.deliberation.rules import Count, Decision, Mark

TWO_THIRDS, HALF = Mark(2, 3), Mark(1, 2)


@pytest.mark.parametrize(
    ("seats", "over", "at_least"), [(45, 31, 30), (13, 9, 9), (15, 11, 10), (16, 11, 11), (17, 12, 12), (1, 1, 1), (3, 3, 2)]
)
def test_more_than_two_thirds_and_two_thirds_or_more(seats, over, at_least):
    assert TWO_THIRDS.least(seats) == over
    assert Mark(2, 3, inclusive=True).least(seats) == at_least


@pytest.mark.parametrize("of", range(1, 101))
@pytest.mark.parametrize(("over", "under"), [(1, 2), (2, 3), (3, 4), (1, 1)])
@pytest.mark.parametrize("inclusive", [True, False])
def test_the_least_number_is_the_first_that_reaches_the_fraction(of, over, under, inclusive):
    mark = Mark(over, under, inclusive)
    share = Fraction(over, under)
    reached = [n for n in range(of + 2) if (Fraction(n, of) >= share if inclusive else Fraction(n, of) > share)]
    assert mark.least(of) == reached[0]
    assert [n for n in range(of + 2) if mark.reached(n, of)] == reached


def test_nobody_reaches_a_mark_of_nobody():
    assert not HALF.reached(0, 0)


@pytest.mark.parametrize(
    ("present", "recused", "in_favour", "outcome", "needed"),
    [
        (11, 0, 6, rules.PASSED, 6),
        (11, 0, 5, rules.REFUSED, 6),
        (12, 0, 6, rules.REFUSED, 7),
        (12, 1, 6, rules.PASSED, 6),
        (13, 3, 5, rules.REFUSED, 6),
        (13, 12, 1, rules.PASSED, 1),
    ],
)
def test_recused_members_leave_the_base_of_the_pass_mark(present, recused, in_favour, outcome, needed):
    count = Count(seats=13, present=present, recused=recused, in_favour=in_favour, against=0, abstained=0)
    assert rules.decide(count, quorum=TWO_THIRDS, mark=HALF) == Decision(outcome, needed)


def test_abstaining_and_silent_members_stay_in_the_base():
    count = Count(seats=13, present=13, recused=0, in_favour=6, against=0, abstained=3)
    assert count.silent == 4
    assert rules.decide(count, quorum=TWO_THIRDS, mark=HALF) == Decision(rules.REFUSED, 7)


def test_without_quorum_nothing_is_decided():
    answer = rules.decide(Count(45, 30, 0, 30, 0, 0), quorum=TWO_THIRDS, mark=HALF)
    assert isinstance(answer, Refusal) and answer.code == "no_quorum" and answer.params["needed"] == 31
    assert isinstance(rules.decide(Count(45, 31, 0, 16, 0, 0), quorum=TWO_THIRDS, mark=HALF), Decision)


def test_recused_members_count_for_the_quorum_but_somebody_must_be_left_to_vote():
    assert rules.objection_to_voting(seats=3, present=3, recused=2, quorum=TWO_THIRDS) is None
    assert rules.objection_to_voting(seats=3, present=3, recused=3, quorum=TWO_THIRDS).code == "nobody_may_vote"


def test_more_votes_than_people_are_refused():
    assert rules.decide(Count(13, 10, 0, 9, 1, 1), quorum=TWO_THIRDS, mark=HALF).code == "count_wrong"


@given(st.data())
def test_one_more_vote_in_favour_never_turns_a_pass_into_a_refusal(data):
    seats = data.draw(st.integers(1, 100))
    present = data.draw(st.integers(1, seats))
    recused = data.draw(st.integers(0, present - 1))
    in_favour = data.draw(st.integers(0, present - recused - 1))
    first = rules.decide(Count(seats, present, recused, in_favour, 0, 0), quorum=Mark(0, 1, True), mark=HALF)
    more = rules.decide(Count(seats, present, recused, in_favour + 1, 0, 0), quorum=Mark(0, 1, True), mark=HALF)
    assert (first.outcome, more.outcome) != (rules.PASSED, rules.REFUSED)


def test_a_meeting_too_early_is_told_the_first_possible_day():
    first = date(2026, 3, 5)
    refusal = rules.objection_to_date(date(2026, 3, 4), first_on=first, said="2026年3月5日（周四）")
    assert refusal.until == first and refusal.params["first"] == "2026年3月5日（周四）"
    assert rules.objection_to_date(first, first_on=first, said="") is None


VOTE = {"is_open": True, "on_roll": True, "present": True, "recused": False, "already": False}


@pytest.mark.parametrize(
    ("change", "choice", "code"),
    [
        ({"is_open": False}, "for", "vote_closed"),
        ({"present": False}, "for", "not_present"),
        ({"on_roll": False}, "for", "not_present"),
        ({"recused": True}, "for", "recused"),
        ({"already": True}, "for", "already_voted"),
        ({}, "maybe", "choice_missing"),
    ],
)
def test_who_may_not_vote(change, choice, code):
    assert rules.objection_to_vote(choice, **{**VOTE, **change}).code == code
    assert rules.objection_to_vote("against", **VOTE) is None


def test_three_paper_slips_hide_each_of_them_two_do_not():
    assert rules.objection_to_slips(people=2, in_favour=2, against=0, abstained=0).code == "too_few_slips"
    assert rules.objection_to_slips(people=3, in_favour=2, against=0, abstained=0).code == "slips_differ"
    assert rules.objection_to_slips(people=3, in_favour=2, against=1, abstained=0) is None


def test_hands_name_everyone_entitled_and_nobody_else():
    assert rules.objection_to_hands({1: "for"}, entitled={1, 2}).code == "votes_missing"
    assert rules.objection_to_hands({1: "for", 2: "", }, entitled={1, 2}).code == "votes_missing"
    assert rules.objection_to_hands({1: "for", 3: "for"}, entitled={1}).code == "not_entitled"
    assert rules.objection_to_hands({1: "for", 2: "abstain"}, entitled={1, 2}) is None


def test_a_refusal_and_a_deferral_need_a_reason_a_pass_does_not():
    assert rules.objection_to_outcome(rules.PASSED, "") is None
    assert rules.objection_to_outcome(rules.REFUSED, " ").field == "reason"
    assert rules.objection_to_outcome(rules.DEFERRED, "").field == "reason"
    assert rules.objection_to_outcome(rules.REFUSED, "与物业职责重复") is None


SIGN = {
    "as_chair": True, "closed": True, "is_chair": True, "is_worker": False, "signed": False, "other_signer": None, "signer": 1
}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"closed": False}, "not_closed"),
        ({"signed": True}, "already_signed"),
        ({"is_chair": False}, "not_chair"),
        ({"as_chair": False}, "not_clerk"),
        ({"other_signer": 1}, "same_person"),
    ],
)
def test_two_people_sign_the_minutes(change, code):
    """S31: maker is not checker."""
    assert rules.objection_to_signature(**{**SIGN, **change}).code == code
    assert rules.objection_to_signature(**SIGN) is None
