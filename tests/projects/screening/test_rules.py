"""What a finding needs; who screens, allows, appeals and decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from projects.proposals.standings import Standing
from projects.screening import lists, rules
from projects.screening.rules import Draft, Verdict

DAY = date(2026, 3, 2)
REASON = "经核实不符合条件。"
GOOD = {
    Verdict.ACCEPTED: Draft("accepted", category="works", content_class="facilities", estimate=100),
    Verdict.RETURNED: Draft("returned", reason=REASON, correct_by=DAY + timedelta(days=7)),
    Verdict.REJECTED: Draft("rejected", reason=REASON, codes=("N01",)),
    Verdict.REDIRECTED: Draft("redirected", reason=REASON, department="区城管局"),
    Verdict.MERGED: Draft("merged", reason=REASON, merged_into="WSS-2026-000001"),
}


def fault(draft: Draft) -> str | None:
    refusal = rules.fault_in(draft, known={"N01", "N02"}, kinds={"P1"}, today=DAY)
    return refusal and refusal.field


@pytest.mark.parametrize("verdict", list(Verdict))
def test_a_whole_finding_has_no_fault(verdict):
    assert fault(GOOD[verdict]) is None
    assert verdict in rules.STANDING_AFTER


@pytest.mark.parametrize("verdict", [verdict for verdict in Verdict if verdict != Verdict.ACCEPTED])
def test_every_outcome_but_acceptance_says_why(verdict):
    """DOMAIN §7: every proposal gets an answer with a reason."""
    assert fault(replace(GOOD[verdict], reason=" 不 ")) == "reason"


@pytest.mark.parametrize(
    ("verdict", "change", "field"),
    [
        (Verdict.ACCEPTED, {"category": ""}, "category"),
        (Verdict.ACCEPTED, {"content_class": ""}, "content_class"),
        (Verdict.ACCEPTED, {"estimate": None}, "estimate"),
        (Verdict.ACCEPTED, {"estimate": 0}, "estimate"),
        (Verdict.ACCEPTED, {"positive": "P9"}, "positive"),
        (Verdict.RETURNED, {"correct_by": None}, "correct_by"),
        (Verdict.RETURNED, {"correct_by": DAY}, "correct_by"),
        (Verdict.RETURNED, {"correct_by": DAY + timedelta(days=61)}, "correct_by"),
        (Verdict.REJECTED, {"codes": ()}, "codes"),
        (Verdict.REJECTED, {"codes": ("N01", "N99")}, "codes"),
        (Verdict.REDIRECTED, {"department": " "}, "department"),
        (Verdict.MERGED, {"merged_into": ""}, "merged_into"),
    ],
)
def test_what_is_missing_is_said_at_its_field(verdict, change, field):
    """U4"""
    assert fault(replace(GOOD[verdict], **change)) == field


def test_an_unknown_outcome_is_refused():
    assert fault(Draft("approved")) == "outcome"


@pytest.mark.parametrize(("screener", "code"), [(1, "own_proposal_screened"), (2, "own_entry_screened"), (3, None)])
def test_whoever_proposed_or_typed_it_in_does_not_screen(screener, code):
    """S31, A20"""
    refusal = rules.objection_to_screener(screener=screener, proposer=1, entered_by=2)
    assert (refusal.code if refusal else None) == code


@pytest.mark.parametrize("standing", list(Standing))
def test_only_what_waits_is_screened(standing):
    assert (rules.objection_to_screening(standing=standing) is None) == (standing == Standing.LODGED)


@pytest.mark.parametrize(
    ("estimate", "cap", "allowed", "refused"),
    [
        (100, None, None, False),
        (None, 100, None, False),
        (100, 100, None, False),
        (101, 100, None, True),
        (101, 100, 100, True),
        (101, 100, 101, False),
    ],
)
def test_the_cap_is_passed_only_as_far_as_the_street_allowed(estimate, cap, allowed, refused):
    assert bool(rules.objection_to_cap(estimate=estimate, cap=cap, allowed_up_to=allowed)) is refused


def test_an_override_is_for_more_than_the_cap():
    assert rules.objection_to_override(estimate=100, cap=100, standing=Standing.LODGED).code == "under_cap"
    assert rules.objection_to_override(estimate=101, cap=100, standing=Standing.ACCEPTED).code == "not_waiting"
    assert rules.objection_to_override(estimate=101, cap=100, standing=Standing.LODGED) is None


@pytest.mark.parametrize(
    ("same", "found", "together", "standing", "refused"),
    [
        (False, True, True, Standing.LODGED, False),
        (False, True, True, Standing.ACCEPTED, False),
        (True, True, True, Standing.LODGED, True),
        (False, False, False, "", True),
        (False, True, False, Standing.LODGED, True),
        (False, True, True, Standing.MERGED, True),
        (False, True, True, Standing.REJECTED, True),
    ],
)
def test_what_may_be_merged_into(same, found, together, standing, refused):
    refusal = rules.objection_to_target(same=same, found=found, together=together, standing=standing)
    assert bool(refusal) is refused


def test_an_appeal_is_possible_once_and_in_time():
    asked = {"standing": Standing.REJECTED, "appealed": False, "today": DAY, "last": DAY}
    assert rules.objection_to_appeal(**asked) is None
    assert rules.objection_to_appeal(**{**asked, "appealed": True}).code == "appealed_already"
    assert rules.objection_to_appeal(**{**asked, "standing": Standing.ACCEPTED}).code == "nothing_to_appeal"
    assert rules.objection_to_appeal(**{**asked, "today": DAY + timedelta(days=1)}).code == "appeal_too_late"


@pytest.mark.parametrize(
    ("judge", "decided", "code"),
    [
        (1, False, "own_proposal_screened"),
        (2, False, "own_entry_screened"),
        (3, False, "screener_judges"),
        (4, True, "decided_already"),
        (4, False, None),
    ],
)
def test_somebody_else_decides_the_appeal(judge, decided, code):
    """S31"""
    refusal = rules.objection_to_judge(judge=judge, screener=3, proposer=1, entered_by=2, decided=decided)
    assert (refusal.code if refusal else None) == code


def test_the_shipped_lists_name_their_source():
    """DOMAIN §5: ten negative lines and the overdue one, seven positive; every line is marked S or D."""
    assert [row[0] for row in lists.POSITIVE] == [f"P{place}" for place in range(1, 8)]
    assert len(lists.NEGATIVE) == 11 and len({row[0] for row in lists.NEGATIVE}) == 11
    assert {row[3] for row in lists.NEGATIVE} == {"S", "D"} and {row[2] for row in lists.POSITIVE} == {"S"}
    assert [row[0] for row in lists.NEGATIVE if not row[4]] == [lists.OVERDUE]
