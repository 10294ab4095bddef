"""The float path answers only what it can prove; everything else is counted exactly. STANDARDS B9."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects.tally.count import BY_ID, Election, Project, count
from projects.tally.count.counting import Counting
from projects.tally.count.fast import MARGIN, FastRuns, TooClose
from projects.tally.count.rules.equal_shares import Runs, equal_share
from projects.tally.count.shares import Run, exact_run, settle
from tests.projects.tally.count.drawing import elections, plain
from tests.projects.tally.count.reference import equal_shares


def standing(election: Election) -> Counting:
    return Counting(election, tuple(range(len(election.projects))), BY_ID, "mes_cost")


@settings(max_examples=300, deadline=None)
@given(election=elections(), per_cost=st.booleans(), more=st.fractions(0, 20, max_denominator=7))
def test_where_floats_prove_a_run_it_is_the_exact_run(election, per_cost, more):
    counting, endowment = standing(election), equal_share(standing(election)) + more
    try:
        fast = FastRuns(election, counting.supported, per_cost=per_cost).run(endowment)
    except TooClose:
        return
    exact = exact_run(election, endowment, counting.supported, counting.ranks, per_cost=per_cost)
    assert fast.order == exact.order
    assert exact.equals == {}
    assert fast.margin > MARGIN
    assert settle(election, fast).prices == settle(election, exact).prices


def test_a_true_tie_is_left_to_the_exact_count():
    election = Election.of([Project("x", 30), Project("y", 30)], 60, "approval", [("x", "y")] * 3)
    counting = standing(election)
    with pytest.raises(TooClose):
        FastRuns(election, counting.supported, per_cost=True).run(Fraction(20))
    result = count(election, "mes_cost")
    assert result.margin is None
    assert result.certified
    assert [tie.among for tie in result.ties] == [("x", "y")]


def test_supporters_who_hold_exactly_the_cost_are_left_to_the_exact_count():
    """Three voters with 100/3 each hold exactly 100; in float64 the sum can fall short of it."""
    election = Election.of([Project("x", 100)], 100, "approval", [("x",)] * 3)
    with pytest.raises(TooClose):
        FastRuns(election, [0], per_cost=True).run(Fraction(100, 3))
    assert count(election, "mes_cost").order == ("x",)


def test_one_part_in_ten_billion_is_not_proved_by_floats_but_counted():
    """y needs one minor unit more per 10**10 than x: closer than the margin, and x is the cheaper."""
    projects = [Project("y", 10**10 + 1), Project("x", 10**10)]
    election = Election.of(projects, 10**11, "approval", [("x", "y")] * 10)
    with pytest.raises(TooClose):
        FastRuns(election, [0, 1], per_cost=False).run(Fraction(10**10))
    assert count(election, "mes_card").order == ("x", "y")
    assert count(election, "mes_card").ties == ()


def careless(costs: dict[str, int], budget: int, ballots: list[str]) -> list[str]:
    """Equal Shares in plain float64, as it is often written."""
    money, rest, chosen = [budget / len(ballots)] * len(ballots), list(costs), []
    while True:
        offers = []
        for p in rest:
            payers = sorted(money[i] for i, ballot in enumerate(ballots) if p in ballot)
            if sum(payers) < costs[p]:
                continue
            need, number = costs[p], len(payers)
            for held in payers:
                if held * number >= need:
                    break
                need, number = need - held, number - 1
            price = need / number if number else max(payers)
            offers.append((price / costs[p], costs[p], -len(payers), p, price))
        if not offers:
            return chosen
        *_, p, price = min(offers)
        money = [held - min(held, price) if p in ballots[i] else held for i, held in enumerate(money)]
        chosen.append(p)
        rest.remove(p)


@pytest.mark.parametrize(("costs", "budget", "ballots"), [
    ({"a": 300, "b": 900, "c": 100, "d": 800, "e": 900}, 1500, "abde acde bd c abcde"),
    ({"a": 800, "b": 200, "c": 900}, 1330, "b abc abc ac"),
    ({"a": 600, "b": 400, "c": 500, "d": 600, "e": 800}, 870, "abcd cd a abcde b"),
    ({"a": 500, "b": 200, "c": 300, "d": 400, "e": 300}, 1020, "abcd abcde abce e c"),
])  # fmt: skip
def test_round_sums_that_mislead_floats(costs, budget, ballots):
    """Careless float64 takes another set in each of these. The exact run must be used, and obeyed."""
    texts = ballots.split()
    election = Election.of([Project(*item) for item in costs.items()], budget, "approval", map(tuple, texts))
    result = count(election, "mes_cost")
    exactly = equal_shares(plain(election), Fraction(budget, len(texts)), per_cost=True)
    assert list(result.order) == exactly
    assert result.margin is None
    assert set(careless(costs, budget, texts)) != set(exactly)


def test_float_prices_that_left_their_bound_are_counted_again():
    election = Election.of([Project("x", 31), Project("y", 20)], 90, "approval", [("x", "y"), ("x",), ("x", "y")])
    runs = Runs(standing(election), per_cost=True)
    true = runs.at(Fraction(30))
    wrong = Run(true.endowment, true.order, {}, true.margin, [price * (1 + 1e-8) for price in true.prices])
    with pytest.raises(ArithmeticError):
        settle(election, wrong)
    settled = runs.settled(wrong)
    assert settled.run.margin is None
    assert settled.prices == settle(election, true).prices
