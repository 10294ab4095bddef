"""A second count, written from the definitions alone: one Fraction per voter, nothing merged or skipped, no numpy.

Slow on purpose. It shares no code with `projects.tally.count`.
"""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Plain:
    """costs: id -> cost; ballots: per voter id -> weight. Ties: lower cost, higher score, then the least id."""

    costs: dict[str, Fraction]
    budget: Fraction
    ballots: list[dict[str, Fraction]]

    def score(self, p: str) -> Fraction:
        return sum((ballot.get(p, Fraction(0)) for ballot in self.ballots), Fraction(0))

    def tie(self, p: str) -> tuple:
        return (self.costs[p], -self.score(p), p)

    def fits(self, chosen: list[str], p: str) -> bool:
        return sum(self.costs[q] for q in chosen) + self.costs[p] <= self.budget


def greedy(plain: Plain, *, per_cost: bool = False, skip: bool = True, chosen: list[str] | None = None) -> list[str]:
    def merit(p: str):
        score, cost = plain.score(p), plain.costs[p]
        if not per_cost:
            return score
        if cost == 0:
            return float("inf") if score else Fraction(0)
        return score / cost

    chosen = list(chosen or [])
    rest = [p for p in plain.costs if p not in chosen]
    while rest:
        best = max(merit(p) for p in rest)
        p = min((p for p in rest if merit(p) == best), key=plain.tie)
        rest.remove(p)
        if plain.fits(chosen, p):
            chosen.append(p)
        elif not skip:
            break
    return chosen


def price(plain: Plain, money: list[Fraction], p: str) -> Fraction | None:
    """The smallest q with sum(min(money, q * weight)) = cost, found by emptying pockets in order of money / weight."""
    payers = sorted((m / b[p], m, b[p]) for m, b in zip(money, plain.ballots, strict=True) if b.get(p))
    if sum(m for _, m, _ in payers) < plain.costs[p]:
        return None
    spent, points = Fraction(0), sum(w for _, _, w in payers)
    for limit, m, w in payers:
        q = (plain.costs[p] - spent) / points
        if q <= limit:
            return q
        spent, points = spent + m, points - w
    raise AssertionError("the supporters can pay, so a price exists")


def equal_shares(plain: Plain, endowment: Fraction, *, per_cost: bool) -> list[str]:
    money = [endowment] * len(plain.ballots)
    rest, chosen = [p for p in plain.costs if plain.score(p) > 0], []
    while True:
        prices = {p: price(plain, money, p) for p in rest}
        rest = [p for p in rest if prices[p] is not None]
        if not rest:
            return chosen
        rho = {p: prices[p] / ((plain.costs[p] or 1) if per_cost else 1) for p in rest}
        p = min(rest, key=lambda p: (rho[p], plain.tie(p)))
        for i, ballot in enumerate(plain.ballots):
            money[i] -= min(money[i], prices[p] * ballot.get(p, 0))
        chosen.append(p)
        rest.remove(p)


def add1(plain: Plain, increment: Fraction, *, per_cost: bool) -> list[str]:
    endowment = plain.budget / len(plain.ballots) if plain.ballots else Fraction(0)
    chosen = equal_shares(plain, endowment, per_cost=per_cost)
    while any(plain.fits(chosen, p) for p in plain.costs if p not in chosen and plain.score(p) > 0):
        endowment += increment
        following = equal_shares(plain, endowment, per_cost=per_cost)
        if sum(plain.costs[p] for p in following) > plain.budget:
            return chosen
        chosen = following
    return chosen


def add1_integral(plain: Plain) -> list[str]:
    supported = [p for p in plain.costs if plain.score(p) > 0]
    endowment = plain.budget / len(plain.ballots) if plain.ballots else Fraction(0)
    if sum(plain.costs[p] for p in supported) <= plain.budget:
        return equal_shares(plain, endowment, per_cost=True)
    endowment = Fraction(endowment // 1)
    chosen = equal_shares(plain, endowment, per_cost=True)
    while True:
        endowment += 1
        following = equal_shares(plain, endowment, per_cost=True)
        if sum(plain.costs[p] for p in following) > plain.budget:
            return chosen
        chosen = following
