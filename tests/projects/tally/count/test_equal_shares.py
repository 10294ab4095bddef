"""The Method of Equal Shares and add1 on elections that can be followed by hand."""

from fractions import Fraction

import pytest

from projects.tally.count import Election, Project, count, default_increment, explain, share_of
from projects.tally.count.rules.add1 import MOST_RUNS

# Four voters, 400: 100 each. 1, 2, 3 buy x at 66 2/3; then y (3 and 4 hold 133 1/3) and z (66 2/3) are too dear.
PROJECTS = [Project("x", 200), Project("y", 150), Project("z", 100)]
BALLOTS = [("x", "z"), ("x", "z"), ("x", "y"), ("y",)]


def election() -> Election:
    return Election.of(PROJECTS, 400, "approval", BALLOTS)


def test_supporters_share_the_cost_and_the_strongest_is_bought_first():
    result = count(election(), "mes_cost")
    [step] = result.steps
    assert result.order == ("x",)
    assert (step.project, step.price, step.effective) == ("x", Fraction(200, 3), 3)
    assert result.endowment == 100


def test_completion_by_votes_spends_the_rest_and_says_so():
    result = count(election(), "mes_cost_util")
    assert result.order == ("x", "z")
    assert result.completed == ("z",)
    assert [(s.phase, s.project, s.taken) for s in result.steps[1:]] == [
        ("completion", "z", True), ("completion", "y", False),
    ]  # fmt: skip
    assert [(tie.among, tie.broken_by, tie.decisive) for tie in result.ties] == [(("z", "y"), "cost", True)]


def test_losers_learn_what_their_supporters_held_and_where_it_went():
    """VOTING, Counting 7."""
    x, y, z = explain(election(), count(election(), "mes_cost"))
    assert (x.outcome, x.held, x.spent_on) == ("chosen", None, ())
    assert (y.outcome, y.held, y.held_share) == ("too_little_money", Fraction(400, 3), Fraction(8, 9))
    assert y.spent_on == (("x", 67),)
    assert (z.held_share, z.spent_on) == (Fraction(2, 3), (("x", 133),))


def test_a_voter_sees_her_own_share_to_the_last_fraction():
    share = share_of(count(election(), "mes_cost"), ("x", "y"))
    assert (share.share, share.paid, share.left) == (100, (("x", Fraction(200, 3)),), Fraction(100, 3))
    assert share_of(count(election(), "mes_cost"), ()).left == 100
    with pytest.raises(ValueError, match="Equal Shares"):
        share_of(count(election(), "greedy_votes"), ("x",))


def test_a_voter_without_enough_pays_what_she_has():
    """100 each. b costs 1 and 3 30 each; a then costs 150, of which 1 has only 70, so that 2 pays 80."""
    lone = Election.of([Project("a", 150), Project("b", 60)], 300, "approval", [("a", "b"), ("a",), ("b",)])
    result = count(lone, "mes_cost")
    assert [(s.project, s.price) for s in result.steps] == [("b", 30), ("a", 80)]
    assert share_of(result, ("a", "b")).paid == (("b", 30), ("a", 70))


def test_cost_utilities_and_cardinality_differ():
    """cost: most supporters first, whatever the price. cardinality: cheapest per supporter first."""
    projects = [Project("dear", 90), Project("cheap", 20)]
    held = Election.of(projects, 90, "approval", [("dear", "cheap"), ("dear", "cheap"), ("dear",)])
    assert count(held, "mes_cost").order == ("dear",)
    assert count(held, "mes_card").order == ("cheap",)


def test_points_make_supporters_pay_in_proportion():
    held = Election.of([Project("x", 90)], 180, "cumulative", [(("x", 1),), (("x", 2),)])
    result = count(held, "mes_cost")
    assert result.steps[0].price == 30
    assert share_of(result, {"x": 2}).paid == (("x", 60),)


def test_add1_raises_the_endowment_until_nothing_more_fits():
    result = count(election(), "mes_cost_add1")
    assert result.order == ("x", "y")
    assert (result.endowment, result.runs) == (109, 10)


def test_add1_returns_the_outcome_before_the_first_that_costs_too_much():
    projects = [Project("x", 60), Project("y", 60)]
    both = Election.of(projects, 100, "approval", [("x",), ("y",)])
    result = count(both, "mes_cost_add1")
    assert result.order == ()
    assert (result.endowment, result.runs) == (59, 11)
    assert count(both, "mes_cost_add1u").order == ("x",)


def test_the_exhaustive_stop_is_what_separates_the_two_add1():
    """x and y leave 50, too little for z: add1 stops. The integral variant goes on until an outcome costs too much."""
    result = count(election(), "mes_cost_add1_integral_noexh")
    assert result.endowment > count(election(), "mes_cost_add1").endowment
    assert result.order == ("x", "y")


def test_spending_does_not_rise_steadily_so_the_first_outcome_too_dear_ends_the_search():
    """14 for four voters. The fourth run costs 16, the fifth 14 again: a search that skipped ahead would end there."""
    projects = [Project("a", 6), Project("b", 8), Project("c", 11), Project("d", 10)]
    held = Election.of(projects, 14, "approval", [("d",), ("c",), ("a", "b"), ("a", "b", "d")])
    result = count(held, "mes_cost_add1")
    assert result.order == ("a",)
    assert (result.runs, result.endowment) == (4, Fraction(14, 4) + 2)


@pytest.mark.parametrize(("rule", "increment", "endowment"), [
    ("mes_cost_add1", None, 109),
    ("mes_cost_add1_inc4", None, 112),
    ("mes_cost_add1", 4, 112),
    ("mes_cost_add1", Fraction(1, 2), Fraction(217, 2)),
])  # fmt: skip
def test_the_increment_is_named_by_the_rule_or_given(rule, increment, endowment):
    assert count(election(), rule, increment=increment).endowment == endowment


def test_the_increment_is_in_currency_units():
    fen = Election.of([Project(p.id, p.cost * 100) for p in PROJECTS], 400_00, "approval", BALLOTS, minor=100)
    assert count(fen, "mes_cost_add1").endowment == 109_00


@pytest.mark.parametrize(("rule", "increment"), [("mes_cost", 1), ("greedy_votes", 1), ("mes_cost_add1", 0)])
def test_an_increment_that_makes_no_sense_is_refused(rule, increment):
    with pytest.raises(ValueError, match="increment"):
        count(election(), rule, increment=increment)


def test_add1_ends_where_everything_fits_however_dear_for_its_one_supporter():
    """b needs 900,000 of one voter: 800,000 runs by the letter. The outcome is known, so the search is cut short."""
    held = Election.of([Project("a", 100), Project("b", 900_000)], 1_000_000, "approval", [("a",)] * 9 + [("b",)])
    result = count(held, "mes_cost_add1")
    assert result.order == ("a", "b")
    assert result.runs == MOST_RUNS
    assert result.completed == ("b",)


@pytest.mark.parametrize(("budget", "voters", "step"), [
    (2_000_000_00, 500, 5),
    (2_000_000_00, 2000, 1),
    (2_000_000_00, 1999, 2),
    (1000_00, 400, Fraction(1, 200)),
    (0, 5, 1),
])  # fmt: skip
def test_the_default_increment_is_a_thousandth_of_a_share_rounded_up(budget, voters, step):
    held = Election.of([Project("x", 1)], budget, "approval", {("x",): voters}, minor=100)
    assert default_increment(held) == step


def test_a_project_that_costs_nothing_is_taken_when_anybody_wants_it():
    held = Election.of([Project("free", 0), Project("x", 10)], 10, "approval", [("free", "x")])
    for rule in ("mes_cost", "mes_card", "greedy_votes", "greedy_ratio"):
        assert set(count(held, rule).selected) == {"free", "x"}
