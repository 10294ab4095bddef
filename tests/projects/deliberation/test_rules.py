"""The council's arithmetic, without a database."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communities.councils.rules import Threshold
from portal.refusals import Refusal
from projects.deliberation import rules
from projects.deliberation.rules import Count, Decision

TWO_THIRDS, HALF = Threshold(2, 3, False), Threshold(1, 2, False)


@pytest.mark.parametrize("seats", range(1, 101))
def test_a_vote_passes_from_the_first_count_that_is_more_than_half_of_those_who_may_vote(seats):
    least = next(n for n in range(seats + 1) if Fraction(n, seats) > Fraction(1, 2))
    outcomes = [
        rules.decide(Count(seats, seats, 0, votes, 0, 0), quorum=TWO_THIRDS, mark=HALF) for votes in range(seats + 1)
    ]
    assert [decision.outcome == rules.PASSED for decision in outcomes] == [votes >= least for votes in range(seats + 1)]
    assert {decision.needed for decision in outcomes} == {least}


@pytest.mark.parametrize("seats", range(1, 101))
@pytest.mark.parametrize("inclusive", [True, False])
def test_the_quorum_is_the_first_number_that_reaches_two_thirds_of_the_filled_seats(seats, inclusive):
    quorum, share = Threshold(2, 3, inclusive), Fraction(2, 3)
    enough = [
        present
        for present in range(seats + 1)
        if rules.objection_to_quorum(seats=seats, present=present, quorum=quorum) is None
    ]
    reached = [
        n for n in range(seats + 1) if (Fraction(n, seats) >= share if inclusive else Fraction(n, seats) > share)
    ]
    assert enough == reached


@pytest.mark.parametrize(("inclusive", "needed"), [(False, 31), (True, 30)])
def test_with_45_seats_more_than_two_thirds_is_31_and_two_thirds_or_more_is_30(inclusive, needed):
    quorum = Threshold(2, 3, inclusive)
    assert rules.objection_to_quorum(seats=45, present=needed, quorum=quorum) is None
    assert rules.objection_to_quorum(seats=45, present=needed - 1, quorum=quorum).params["needed"] == needed


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
    assert rules.objection_to_item(Count(3, 3, 2, 0, 0, 0), quorum=TWO_THIRDS) is None
    assert rules.objection_to_item(Count(3, 3, 3, 0, 0, 0), quorum=TWO_THIRDS).code == "nobody_may_vote"


def test_more_votes_than_people_are_refused():
    assert rules.decide(Count(13, 10, 0, 9, 1, 1), quorum=TWO_THIRDS, mark=HALF).code == "count_wrong"


@given(st.data())
def test_one_more_vote_in_favour_never_turns_a_pass_into_a_refusal(data):
    seats = data.draw(st.integers(1, 100))
    present = data.draw(st.integers(1, seats))
    recused = data.draw(st.integers(0, present - 1))
    in_favour = data.draw(st.integers(0, present - recused - 1))
    first = rules.decide(Count(seats, present, recused, in_favour, 0, 0), quorum=Threshold(0, 1, True), mark=HALF)
    more = rules.decide(Count(seats, present, recused, in_favour + 1, 0, 0), quorum=Threshold(0, 1, True), mark=HALF)
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
    assert (
        rules.objection_to_hands(
            {
                1: "for",
                2: "",
            },
            entitled={1, 2},
        ).code
        == "votes_missing"
    )
    assert rules.objection_to_hands({1: "for", 3: "for"}, entitled={1}).code == "not_entitled"
    assert rules.objection_to_hands({1: "for", 2: "abstain"}, entitled={1, 2}) is None


def test_a_refusal_and_a_deferral_need_a_reason_a_pass_does_not():
    assert rules.objection_to_outcome(rules.PASSED, "") is None
    assert rules.objection_to_outcome(rules.REFUSED, " ").field == "reason"
    assert rules.objection_to_outcome(rules.DEFERRED, "").field == "reason"
    assert rules.objection_to_outcome(rules.REFUSED, "与物业职责重复") is None


SIGN = {
    "as_chair": True,
    "closed": True,
    "is_chair": True,
    "is_worker": False,
    "signed": False,
    "other_signer": None,
    "signer": 1,
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
