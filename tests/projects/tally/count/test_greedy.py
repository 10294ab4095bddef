"""Greedy rules and minimums on elections that fit on a page."""

from fractions import Fraction

import pytest

from projects.tally.count import Election, Minimums, Project, UnknownRule, count

# votes: hall 5, bench 4, lamp 4, path 2, sign 0
PROJECTS = [Project("hall", 70), Project("bench", 40), Project("lamp", 30), Project("path", 20), Project("sign", 5)]
BALLOTS = [("hall", "bench", "lamp")] * 3 + [("hall", "bench"), ("hall", "lamp", "path"), ("path",)]


def election(budget: int = 100) -> Election:
    return Election.of(PROJECTS, budget, "approval", BALLOTS)


def test_by_votes_skips_what_does_not_fit():
    result = count(election(), "greedy_votes")
    assert result.order == ("hall", "lamp")
    assert [(s.project, s.taken, s.left) for s in result.steps] == [
        ("hall", True, 100), ("lamp", True, 30), ("bench", False, 0), ("path", False, 0), ("sign", False, 0),
    ]  # fmt: skip


def test_without_skipping_the_first_that_does_not_fit_ends_it():
    assert count(election(95), "greedy_no_skip").order == ("hall",)
    assert count(election(95), "greedy_votes").order == ("hall", "path", "sign")


def test_by_votes_per_cost_prefers_the_cheap():
    """path and bench have one vote per 10 each: the cheaper goes first."""
    assert count(election(), "greedy_ratio").order == ("lamp", "path", "bench", "sign")


def test_a_project_without_votes_comes_last_if_it_fits():
    assert count(election(105), "greedy_votes").order == ("hall", "lamp", "sign")


def test_a_tie_is_reported_with_what_broke_it_and_whether_it_mattered():
    [tie] = count(election(), "greedy_votes").ties
    assert (tie.at, tie.among, tie.broken_by, tie.decisive) == (2, ("lamp", "bench"), "cost", True)
    [tie] = count(election(1000), "greedy_votes").ties
    assert tie.decisive is False


@pytest.mark.parametrize(("minimums", "excluded"), [
    (Minimums(votes=3), {"path": "votes", "sign": "votes"}),
    (Minimums(score=1), {"sign": "score"}),
    (Minimums(share=Fraction(2, 3)), {"path": "share", "sign": "share"}),
    (Minimums(share=Fraction(5, 6)), {"bench": "share", "lamp": "share", "path": "share", "sign": "share"}),
    (Minimums(fair_share=True), {"sign": "fair_share"}),
])  # fmt: skip
def test_projects_below_a_minimum_are_out_with_the_reason(minimums, excluded):
    assert count(election(), "greedy_votes", minimums=minimums).excluded == excluded


def test_the_fair_share_is_a_third_of_the_cost_share():
    """One voter of six may carry half the budget, not a fen more."""

    def with_cost(cost: int):
        one = Election.of([Project("x", cost)], 1000, "approval", [("x",), (), (), (), (), ()])
        return count(one, "greedy_votes", minimums=Minimums(fair_share=True)).order

    assert with_cost(500) == ("x",)
    assert with_cost(501) == ()


def test_a_threshold_rule_needs_its_threshold():
    with pytest.raises(ValueError, match="minimum score"):
        count(election(), "greedy_votes_threshold")
    assert count(election(105), "greedy_votes_threshold", minimums=Minimums(score=2)).order == ("hall", "lamp")


@pytest.mark.parametrize(
    "rule", ["greedy", "mes", "mes_cost_", "mes_cost_util_inc5", "mes_cost_add1_inc0", "mes_cost_inc5"]
)
def test_an_unknown_rule_is_refused(rule):
    with pytest.raises(UnknownRule):
        count(election(), rule)


def test_nobody_voted():
    empty = Election.of(PROJECTS, 100, "approval", [])
    assert count(empty, "greedy_votes").order == ("sign", "path", "lamp", "bench")
    assert count(empty, "mes_cost_add1").order == ()
    assert count(empty, "mes_cost_add1u").order == ("sign", "path", "lamp", "bench")


def test_no_projects():
    for rule in ("greedy_votes", "greedy_ratio", "mes_cost", "mes_card_add1u", "mes_cost_add1_integral_noexh"):
        assert count(Election.of([], 100, "approval", [(), ()]), rule).order == ()
