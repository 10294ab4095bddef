"""Taking projects one after the other from a budget: the walk of the greedy rules and of completion by votes."""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from itertools import groupby
from typing import Any

from projects.tally.count.election import Election
from projects.tally.count.result import Step
from projects.tally.count.ties import Tie, TieOrder

Merit = Callable[[int], Any]
"""The merit of a project (index), exact; higher is taken first, equal merits fall to the tie order."""


def by_votes(election: Election) -> Merit:
    """Score."""
    return lambda p: election.scores[p]


def by_votes_per_cost(election: Election) -> Merit:
    """Score / cost; a free project with support comes first, one without support last."""

    def merit(p: int) -> tuple[bool, Fraction]:
        score, cost = election.scores[p], election.costs[p]
        return (cost == 0 and score > 0, Fraction(score, cost or 1))

    return merit


def take(
    election: Election,
    candidates: Iterable[int],
    merit: Merit,
    ties: TieOrder,
    *,
    phase: str,
    left: int,
    at: int = 1,
    skip: bool = True,
) -> tuple[list[int], list[Step], list[Tie]]:
    """Walk the candidates by merit; take what fits in `left`. skip=False: stop at the first that does not fit.

    Returns the projects taken in order, a step for each project looked at (numbered from `at`), and the ties.
    """
    ranks = ties.ranks(election)
    taken, steps, found = [], [], []
    line = sorted(candidates, key=lambda p: ranks[p])
    line.sort(key=merit, reverse=True)  # stable: equal merits stay in tie order
    for _, group in groupby(line, key=merit):
        equal, first = list(group), at
        stopped = False
        for p in equal:
            cost = election.costs[p]
            fits = cost <= left
            steps.append(Step(at, phase, election.projects[p].id, cost, left, fits))
            at += 1
            if fits:
                taken.append(p)
                left -= cost
            elif not skip:
                stopped = True
                break
        if len(equal) > 1:
            found.append(ties.tie(election, first, phase, equal, decisive=_split(equal, taken)))
        if stopped:
            break
    return taken, steps, found


def _split(equal: Sequence[int], taken: Sequence[int]) -> bool:
    chosen = len(set(equal) & set(taken))
    return 0 < chosen < len(equal)
