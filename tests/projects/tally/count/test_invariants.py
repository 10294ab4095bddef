"""What must hold for every election and every rule. STANDARDS B6, B9."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects.tally.count import NAMES, Ballots, Election, Minimums, as_json, count, share_of
from tests.projects.tally.count.drawing import elections

RULES = [name for name in NAMES if not name.endswith("_threshold")]
COMPLETED = [name for name in RULES if name in ("greedy_votes", "greedy_ratio") or name.endswith(("_util", "_add1u"))]
SHARES = [name for name in RULES if name.startswith("mes_")]


def rows(election: Election) -> list[tuple]:
    """One ballot per voter, as `Election.of` takes them."""
    ids, made = [project.id for project in election.projects], []
    for row, times in enumerate(election.ballots.times.tolist()):
        listed = [(ids[p], weight) for p, weight in election.ballots.listed(row)]
        pointed = election.ballots.kind in ("cumulative", "scoring")
        made += [tuple(listed) if pointed else tuple(p for p, _ in listed)] * times
    return made


def unmerged(election: Election) -> Election:
    """The same election with one row per voter."""
    b = election.ballots
    spread = [(row, time) for row, times in enumerate(b.times.tolist()) for time in range(times)]
    cuts = [slice(int(b.starts[row]), int(b.starts[row + 1])) for row, _ in spread]
    empty = np.zeros(0, np.int64)
    project = np.concatenate([b.project[cut] for cut in cuts]) if cuts else empty.astype(np.int32)
    weight = np.concatenate([b.weight[cut] for cut in cuts]) if cuts else empty
    starts = np.concatenate(([0], np.cumsum([cut.stop - cut.start for cut in cuts], dtype=np.int64)))
    ballots = Ballots(b.kind, np.ones(len(cuts), np.int64), starts, project, weight, b.scale)
    return Election(election.projects, election.budget, ballots, election.minor)


@pytest.mark.parametrize("rule", RULES)
@settings(max_examples=40, deadline=None)
@given(election=elections())
def test_no_rule_spends_more_than_the_budget_or_chooses_twice(rule, election):
    result = count(election, rule)
    costs = {project.id: project.cost for project in election.projects}
    assert result.total_cost == sum(costs[p] for p in result.order) <= election.budget
    assert len(set(result.order)) == len(result.order)
    assert result.selected == tuple(sorted(result.order))
    assert result.certified


@pytest.mark.parametrize("rule", COMPLETED)
@settings(max_examples=40, deadline=None)
@given(election=elections())
def test_a_completed_outcome_leaves_no_project_that_still_fits(rule, election):
    result = count(election, rule)
    left = election.budget - result.total_cost
    assert all(project.cost > left for project in election.projects if project.id not in result.selected)


@pytest.mark.parametrize("rule", RULES)
@settings(max_examples=25, deadline=None)
@given(election=elections(), random=st.randoms(use_true_random=False))
def test_the_order_of_ballots_projects_and_choices_changes_nothing(rule, election, random):
    ballots = rows(election)
    random.shuffle(ballots)
    if election.ballots.kind != "ordinal":
        ballots = [tuple(random.sample(ballot, len(ballot))) for ballot in ballots]
    projects = list(election.projects)
    random.shuffle(projects)
    shuffled = Election.of(projects, election.budget, election.ballots.kind, ballots, minor=election.minor)
    first, second = count(election, rule), count(shuffled, rule)
    assert (first.order, first.ties, first.steps) == (second.order, second.ties, second.steps)
    by_id = {line["project"]: line for line in as_json(election, first)["projects"]}
    assert {line["project"]: line for line in as_json(shuffled, second)["projects"]} == by_id


@pytest.mark.parametrize("rule", RULES)
@settings(max_examples=25, deadline=None)
@given(election=elections())
def test_merging_equal_ballots_changes_nothing(rule, election):
    first, second = count(election, rule), count(unmerged(election), rule)
    assert (first.order, first.ties, first.steps) == (second.order, second.ties, second.steps)


@pytest.mark.parametrize("rule", RULES)
@settings(max_examples=15, deadline=None)
@given(election=elections())
def test_counting_in_fen_or_in_yuan_gives_the_same(rule, election):
    finer = Election(
        tuple(type(p)(p.id, p.cost * 100) for p in election.projects),
        election.budget * 100, election.ballots, election.minor * 100,
    )  # fmt: skip
    assert as_json(finer, count(finer, rule))["steps"] == as_json(election, count(election, rule))["steps"]


@pytest.mark.parametrize("rule", SHARES)
@settings(max_examples=25, deadline=None)
@given(election=elections())
def test_voters_pay_for_what_equal_shares_bought_and_nothing_else(rule, election):
    """The shares of all voters, each followed alone, add up to the cost of every project bought, exactly."""
    result = count(election, rule)
    ids = [project.id for project in election.projects]
    paid: dict[str, Fraction] = {}
    for row, times in enumerate(election.ballots.times.tolist()):
        weights = {ids[p]: weight for p, weight in election.ballots.listed(row)}
        share = share_of(result, weights)
        assert share.left >= 0
        assert share.left + sum(amount for _, amount in share.paid) == share.share == result.endowment
        for project, amount in share.paid:
            assert weights[project] > 0
            paid[project] = paid.get(project, Fraction(0)) + amount * times
    bought = {step.project: step.cost for step in result.steps if step.phase == "shares"}
    assert {p: cost for p, cost in bought.items() if cost} == {p: amount for p, amount in paid.items() if amount}


@settings(max_examples=60, deadline=None)
@given(election=elections(), votes=st.integers(0, 4), fair=st.booleans(), rule=st.sampled_from(RULES))
def test_a_project_below_a_minimum_is_never_chosen(election, votes, fair, rule):
    minimums = Minimums(votes=votes, fair_share=fair)
    result = count(election, rule, minimums=minimums)
    for p in result.selected:
        index = election.index[p]
        assert election.votes[index] >= votes
        if fair:
            cost = election.projects[index].cost
            assert election.votes[index] * 3 * election.budget >= cost * election.ballots.voters
    assert not set(result.excluded) & {step.project for step in result.steps}
