"""Every rule against a second, independent count. STANDARDS B9, B12."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects.tally.count import count
from tests.projects.tally.count import reference
from tests.projects.tally.count.drawing import elections, plain


def start(simple: reference.Plain) -> Fraction:
    return simple.budget / len(simple.ballots) if simple.ballots else Fraction(0)


def shares(simple, *, per_cost):
    return reference.equal_shares(simple, start(simple), per_cost=per_cost)


RULES = {
    "greedy_votes": reference.greedy,
    "greedy_ratio": lambda e: reference.greedy(e, per_cost=True),
    "greedy_no_skip": lambda e: reference.greedy(e, skip=False),
    "mes_cost": lambda e: shares(e, per_cost=True),
    "mes_card": lambda e: shares(e, per_cost=False),
    "mes_cost_util": lambda e: reference.greedy(e, chosen=shares(e, per_cost=True)),
    "mes_card_util": lambda e: reference.greedy(e, chosen=shares(e, per_cost=False)),
}


@pytest.mark.parametrize("rule", RULES)
@settings(max_examples=120, deadline=None)
@given(election=elections())
def test_the_count_chooses_what_the_definition_says(rule, election):
    assert list(count(election, rule).order) == RULES[rule](plain(election))


@pytest.mark.parametrize("by", ["cost", "card"])
@settings(max_examples=60, deadline=None)
@given(election=elections(), increment=st.sampled_from([Fraction(1), Fraction(5), Fraction(1, 2)]))
def test_add1_stops_where_the_definition_says(by, election, increment):
    simple = plain(election)
    expected = reference.add1(simple, increment, per_cost=by == "cost")
    assert list(count(election, f"mes_{by}_add1", increment=increment).order) == expected
    completed = reference.greedy(simple, chosen=expected)
    assert list(count(election, f"mes_{by}_add1u", increment=increment).order) == completed


@settings(max_examples=60, deadline=None)
@given(election=elections())
def test_add1_with_whole_endowments_stops_where_the_definition_says(election):
    expected = reference.add1_integral(plain(election))
    assert list(count(election, "mes_cost_add1_integral_noexh").order) == expected
