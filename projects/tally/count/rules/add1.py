"""mes_*_add1: Equal Shares with a rising endowment, because one run usually leaves much of the budget unspent.

add1           budget/n, then one increment more, and so on; stop at the first outcome that is feasible and exhaustive
               over the projects with support (no other such project still fits), or, where an outcome costs more than
               the budget, return the one before. pabutools: `method_of_equal_shares(voter_budget_increment=1)`.
add1u          add1, then completion by votes.
add1_integral  whole endowments from floor(budget/n), without the exhaustive stop: Pabulib `equalshares/add1`,
               equalshares.net. Where all supported projects fit together: one run at budget/n.

No binary search: what is spent does not rise steadily with the endowment. Where all supported projects fit together,
the outcome of add1 is known (all of them) and only their order is not; after MOST_RUNS the rest is added by votes.
"""

from fractions import Fraction

from projects.tally.count.counting import Counting
from projects.tally.count.result import Result
from projects.tally.count.rules.equal_shares import Runs, equal_share, finished

MOST_RUNS = 1_000


def add1(counting: Counting, *, per_cost: bool, complete: bool, increment: Fraction) -> Result:
    """`increment` in minor units per voter and run."""
    budget = counting.election.budget
    runs, endowment = Runs(counting, per_cost=per_cost), equal_share(counting)
    all_fit = counting.cost(counting.supported) <= budget
    current, count = runs.at(endowment), 1
    while not _exhaustive(counting, current.order):
        if all_fit and count == MOST_RUNS:
            return finished(counting, runs.settled(current), complete=True, runs=count)
        endowment += increment
        following = runs.at(endowment)
        count += 1
        if counting.cost(following.order) > budget:
            break
        current = following
    return finished(counting, runs.settled(current), complete=complete, runs=count)


def add1_integral(counting: Counting, *, increment: Fraction) -> Result:
    """`increment` in minor units; the endowments are whole currency units where it is one currency unit."""
    budget, minor = counting.election.budget, counting.election.minor
    runs, endowment = Runs(counting, per_cost=True), equal_share(counting)
    if counting.cost(counting.supported) <= budget:
        return finished(counting, runs.settled(runs.at(endowment)), complete=False, runs=1)
    endowment = Fraction(endowment // minor * minor)
    current, count = runs.at(endowment), 1
    while True:
        endowment += increment
        following = runs.at(endowment)
        count += 1
        if counting.cost(following.order) > budget:
            return finished(counting, runs.settled(current), complete=False, runs=count)
        current = following


def _exhaustive(counting: Counting, order: list[int]) -> bool:
    chosen = set(order)
    left = counting.election.budget - counting.cost(order)
    return all(counting.election.costs[p] > left for p in counting.supported if p not in chosen)
