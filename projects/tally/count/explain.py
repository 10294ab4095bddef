"""Why each project won or not, and where one voter's share went. For residents (a page) and machines (JSON)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from projects.tally.count.election import Election
from projects.tally.count.result import Result, Step
from projects.tally.count.shares import FINE, Settled


@dataclass(frozen=True, slots=True)
class Reason:
    """One project's line. Money in minor units.

    outcome     "chosen", "too_dear" (cost above what was left when its turn came), "too_little_money" (Equal Shares:
                its supporters could not pay), "excluded" (missed a minimum), "not_reached"
    step        the step that chose it, or the last that looked at it
    held        Equal Shares: what its supporters still held when buying ended
    held_share  held / cost
    spent_on    Equal Shares, for projects not bought: what its supporters paid, per project bought, in order of
                purchase, rounded to minor units
    """

    project: str
    cost: int
    votes: int
    points: Fraction
    outcome: str
    step: Step | None = None
    missed: str | None = None
    held: Fraction | None = None
    held_share: Fraction | None = None
    spent_on: tuple[tuple[str, int], ...] = ()


def explain(election: Election, result: Result) -> list[Reason]:
    """One Reason per project, in the order of the election's projects."""
    steps = {step.project: step for step in result.steps}
    chosen, excluded = set(result.selected), result.excluded or {}
    settled = result.settled
    bought = set(settled.run.order) if settled else set()
    lines = []
    for p, project in enumerate(election.projects):
        step, more = steps.get(project.id), {}
        if settled and p not in bought and election.scores[p]:
            held = settled.money.total(p)
            more = {
                "held": held,
                "held_share": held / project.cost if project.cost else None,
                "spent_on": _spent_on(election, settled, p),
            }
        outcome = _outcome(project.id, chosen, excluded, step, shares=settled is not None)
        figures = (election.votes[p], election.points(p), outcome, step, excluded.get(project.id))
        lines.append(Reason(project.id, project.cost, *figures, **more))
    return lines


def _outcome(project: str, chosen: set[str], excluded: Mapping[str, str], step: Step | None, *, shares: bool) -> str:
    if project in chosen:
        return "chosen"
    if project in excluded:
        return "excluded"
    if step:
        return "too_dear"
    return "too_little_money" if shares else "not_reached"


def _spent_on(election: Election, settled: Settled, p: int) -> tuple[tuple[str, int], ...]:
    voters = np.zeros(len(election.ballots.times), np.int64)
    voters[election.supporters[p].rows] = election.supporters[p].times
    spent = []
    for winner, (rows, paid) in zip(settled.run.order, settled.payments, strict=True):
        amount = int(voters[rows] @ paid) + (1 << FINE >> 1) >> FINE
        if amount:
            spent.append((election.projects[winner].id, amount))
    return tuple(spent)


@dataclass(frozen=True, slots=True)
class Share:
    """One voter under Equal Shares, exactly, in minor units: her share, what it paid for, what was left."""

    share: Fraction
    paid: tuple[tuple[str, Fraction], ...]
    left: Fraction


def share_of(result: Result, weights: Mapping[str, Fraction | int] | Sequence[str]) -> Share:
    """Follow one ballot through a result: weights in points per project id (a plain list of ids: 1 each).

    Raises ValueError for a result without Equal Shares.
    """
    if result.endowment is None:
        raise ValueError("only Equal Shares gives every voter a share")
    if not isinstance(weights, Mapping):
        weights = dict.fromkeys(weights, 1)
    prices = [(step.project, step.price) for step in result.steps if step.price is not None]
    return follow(result.endowment, prices, weights)


def follow(endowment: Fraction, prices: Sequence[tuple[str, Fraction]], weights: Mapping[str, Fraction | int]) -> Share:
    """A voter with these weights through the purchases in order: each takes min(what she has left, price x weight)."""
    left, paid = endowment, []
    for project, price in prices:
        if weights.get(project):
            amount = min(left, price * weights[project])
            left -= amount
            paid.append((project, amount))
    return Share(endowment, tuple(paid), left)
