"""When a proposal may be drafted, handed in, changed, corrected, taken back, backed."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from projects.proposals import rules
from projects.proposals.standings import Standing
from tests.factories import NOON, SHANGHAI

FULL = dict.fromkeys(rules.NEEDED, "有内容")
DAY = date(2026, 3, 2)


def test_a_number_is_as_published():
    """U8"""
    assert rules.public_number(2026, 123) == "WSS-2026-000123"
    with pytest.raises(ValueError):
        rules.public_number(2026, 0)


@pytest.mark.parametrize(
    ("lives_here", "proved", "code"),
    [(True, True, None), (True, False, "residency_not_proved"), (False, False, "not_living_here")],
)
def test_who_may_lodge(lives_here, proved, code):
    refusal = rules.objection_to_lodger(lives_here=lives_here, proved=proved)
    assert (refusal.code if refusal else None) == code


def test_a_declared_resident_is_told_how_to_be_verified():
    """U11"""
    refusal = rules.objection_to_lodger(lives_here=True, proved=False)
    assert "党群服务中心" in refusal.next and "草稿" in refusal.text


@pytest.mark.parametrize("drafts", [0, rules.MOST_DRAFTS - 1])
def test_living_there_is_enough_for_a_draft(drafts):
    assert rules.objection_to_drafting(lives_here=True, drafts=drafts) is None


def test_drafts_are_bounded():
    assert rules.objection_to_drafting(lives_here=True, drafts=rules.MOST_DRAFTS).code == "too_many_drafts"


@pytest.mark.parametrize(
    ("hour", "code"), [(9, "call_not_open"), (10, None), (12, None), (18, None), (19, "call_closed")]
)
def test_both_ends_of_the_window_count(hour, code):
    at = datetime(2026, 3, 2, hour, tzinfo=SHANGHAI)
    opens, closes = at.replace(hour=10), at.replace(hour=18)
    refusal = rules.objection_to_window(opens_at=opens, closes_at=closes, at=at)
    assert (refusal.code if refusal else None) == code


def test_without_a_window_nothing_is_handed_in():
    assert rules.objection_to_window(opens_at=None, closes_at=None, at=NOON).code == "call_not_open"


def test_what_is_missing_is_named_in_the_order_of_the_questions():
    assert rules.missing_from(FULL) == []
    assert [row.field for row in rules.missing_from({**FULL, "place": "", "title": ""})] == ["title", "place"]


@pytest.mark.parametrize(
    ("items", "estimate", "refused"),
    [([], None, False), ([(2, 100)], None, False), ([(2, 100)], 200, False), ([(2, 100), (1, 1)], 200, True)],
)
def test_cost_lines_fit_the_estimate(items, estimate, refused):
    assert bool(rules.objection_to_costs(items, estimate)) is refused


@pytest.mark.parametrize("standing", list(Standing))
def test_words_change_only_before_a_decision(standing):
    refusal = rules.objection_to_edit(standing=standing, correct_by=DAY, today=DAY)
    assert (refusal is None) == (standing in {Standing.DRAFT, Standing.LODGED, Standing.RETURNED})


@pytest.mark.parametrize(("today", "code"), [(DAY, None), (date(2026, 3, 3), "correction_too_late")])
def test_the_last_day_of_a_correction_counts(today, code):
    refusal = rules.objection_to_correction(standing=Standing.RETURNED, correct_by=DAY, today=today)
    assert (refusal.code if refusal else None) == code


@pytest.mark.parametrize("standing", list(Standing))
def test_taking_back_ends_with_the_council(standing):
    refusal = rules.objection_to_withdrawal(standing=standing)
    may = {Standing.LODGED, Standing.RETURNED, Standing.ACCEPTED, Standing.DEFERRED}
    assert (refusal is None) == (standing in may)


def test_nobody_backs_her_own():
    assert rules.objection_to_support(standing=Standing.LODGED, own=True).code == "own_proposal"
    assert rules.objection_to_support(standing=Standing.LODGED, own=False) is None
    assert rules.objection_to_support(standing=Standing.REJECTED, own=False).code == "not_supportable"


def test_a_worker_acts_for_the_proposer_only_on_paper():
    """A20"""
    assert rules.objection_to_proxy(own=False, paper_ref="").code == "not_on_paper"
    assert rules.objection_to_proxy(own=False, paper_ref="纸-001") is None
