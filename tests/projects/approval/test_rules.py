"""The street's approval, without a database."""

from __future__ import annotations

import pytest

from projects.approval import rules

ALL_YES = dict.fromkeys(rules.GATES, "yes")


@pytest.mark.parametrize("gate", rules.GATES)
def test_every_gate_is_answered_and_a_no_leaves_only_refusal(gate):
    assert rules.objection_to_gates({**ALL_YES, gate: ""}, rules.APPROVE).field == gate
    for verdict in (rules.APPROVE, rules.CONDITIONS, rules.LOWER):
        assert rules.objection_to_gates({**ALL_YES, gate: "no"}, verdict).code == "gate_failed"
    assert rules.objection_to_gates({**ALL_YES, gate: "no"}, rules.REFUSE) is None


@pytest.mark.parametrize(
    ("verdict", "amount", "conditions", "reason", "field"),
    [
        ("maybe", None, "", "", "verdict"),
        (rules.CONDITIONS, None, " ", "", "conditions"),
        (rules.LOWER, None, "", "单价偏高", "amount"),
        (rules.LOWER, 100_00, "", "单价偏高", "amount"),
        (rules.LOWER, 0, "", "单价偏高", "amount"),
        (rules.LOWER, 99_99, "", "", "reason"),
        (rules.REFUSE, None, "", "", "reason"),
    ],
)
def test_what_a_verdict_still_lacks(verdict, amount, conditions, reason, field):
    refusal = rules.objection_to_verdict(verdict, amount=amount, asked=100_00, conditions=conditions, reason=reason)
    assert refusal.field == field


def test_what_each_verdict_grants():
    assert rules.granted(rules.APPROVE, amount=1, asked=100_00) == 100_00
    assert rules.granted(rules.CONDITIONS, amount=None, asked=100_00) == 100_00
    assert rules.granted(rules.LOWER, amount=60_00, asked=100_00) == 60_00
    assert rules.granted(rules.REFUSE, amount=60_00, asked=100_00) == 0


def test_who_proposed_debated_or_screened_does_not_approve():
    """S31: maker is not checker."""
    people = {"proposer": 1, "council": {2}, "screeners": {3}}
    assert [getattr(rules.objection_to_decider(who, **people), "code", None) for who in (1, 2, 3, 4)] == [
        "own_item",
        "on_council",
        "screened_it",
        None,
    ]


def test_the_second_signature_starts_at_the_threshold_itself():
    assert rules.needs_second(rules.APPROVE, 300_000_00, threshold=300_000_00)
    assert not rules.needs_second(rules.APPROVE, 299_999_99, threshold=300_000_00)
    assert not rules.needs_second(rules.REFUSE, 300_000_00, threshold=300_000_00)


SECOND = {"needed": True, "signed": False, "signer": 2, "decider": 1, "agrees": True, "reason": ""}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"needed": False}, "no_second_needed"),
        ({"signed": True}, "already_signed"),
        ({"signer": 1}, "same_person"),
        ({"agrees": False}, "reason_missing"),
    ],
)
def test_the_second_signature_is_somebody_elses(change, code):
    assert rules.objection_to_second(**{**SECOND, **change}).code == code
    assert rules.objection_to_second(**SECOND) is None


def test_the_envelope_bears_its_last_fen_and_not_one_more():
    assert rules.objection_to_sum(approved=60_00, amount=40_00, envelope=100_00, left_said="") is None
    refusal = rules.objection_to_sum(approved=60_00, amount=40_01, envelope=100_00, left_said="40 元")
    assert refusal.field == "amount" and refusal.params["left"] == "40 元"


REFILL = {"declined": 1, "undecided": 0, "candidates": 2, "refill": True, "reason": "排在下一位的项目可以补上"}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"undecided": 1}, "undecided_left"),
        ({"declined": 0}, "nothing_declined"),
        ({"candidates": 0}, "nobody_in_line"),
        ({"reason": " "}, "reason_missing"),
    ],
)
def test_when_the_refill_cannot_be_answered(change, code):
    assert rules.objection_to_refill_answer(**{**REFILL, **change}).code == code
    assert rules.objection_to_refill_answer(**REFILL) is None
    assert rules.objection_to_refill_answer(**{**REFILL, "refill": False, "candidates": 0}) is None
