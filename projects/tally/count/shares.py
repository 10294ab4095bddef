"""The Method of Equal Shares, exactly.

Sources: Peters, Pierczynski, Skowron, "Proportional Participatory Budgeting with Additive Utilities", NeurIPS 2021;
equalshares.net.

Each voter holds the same endowment. In each round, every project that its supporters can still pay for has a price q
per point of weight: the smallest q with sum of min(money, q x weight) = cost. The project with the smallest rho is
bought, rho = q / cost (cost utilities) or q (cardinality utilities); its supporters pay min(money, q x weight).

A voter's money depends only on which winners she supports, so voters are kept in classes of equal money, as integers
over one common denominator. Prices only rise, so a project is priced again only when its last price could win.
Prices start at cost / score, which is exact while nobody runs out of money.
"""

import heapq
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from math import gcd

import numpy as np

from projects.tally.count.election import Election

FINE = 20
"""Payments are logged in 2**-20 of a minor unit (rounded down), so that sums of them are exact integers."""


@dataclass(frozen=True, eq=False)
class Run:
    """One run: the projects bought (indices), and by round (from 0) the other projects that were exactly equal."""

    endowment: Fraction
    order: list[int]
    equals: dict[int, list[int]]
    margin: float | None = None
    prices: list[float] | None = None


@dataclass(frozen=True, eq=False)
class Settled:
    """A run with its exact prices per point of weight, what ballot rows paid by round, and the money left."""

    run: Run
    prices: list[Fraction]
    payments: list[tuple[np.ndarray, np.ndarray]] = field(repr=False)
    money: "Money" = field(repr=False)


class Money:
    """What each ballot row holds, exactly: `held[row_class]` / `unit` minor units."""

    def __init__(self, election: Election, endowment: Fraction) -> None:
        self.election = election
        self.unit = endowment.denominator
        self.held = [endowment.numerator]
        self.row_class = np.zeros(len(election.ballots.times), np.int64)
        top = max((int(s.weight.max()) for s in election.supporters if len(s.weight)), default=1)
        self.base = top + 1

    def _groups(self, p: int) -> tuple[list[int], list[int], list[int], np.ndarray]:
        """Supporters of p by (class, weight): classes, weights, voters, and each supporter row's group."""
        supporters = self.election.supporters[p]
        keys = self.row_class[supporters.rows] * self.base + supporters.weight
        kinds, group = np.unique(keys, return_inverse=True)
        voters = np.bincount(group, weights=supporters.times, minlength=len(kinds))
        classes, weights = np.divmod(kinds, self.base)
        return classes.tolist(), weights.tolist(), [int(v) for v in voters], group

    def total(self, p: int) -> Fraction:
        """What the supporters of p hold together."""
        classes, _, voters, _ = self._groups(p)
        return Fraction(sum(self.held[c] * v for c, v in zip(classes, voters, strict=True)), self.unit)

    def price(self, p: int) -> Fraction | None:
        """The price of one point of weight, or None where the supporters hold less than the cost."""
        classes, weights, voters, _ = self._groups(p)
        need = self.election.costs[p] * self.unit
        payers = [(self.held[c], w, v) for c, w, v in zip(classes, weights, voters, strict=True)]
        if sum(held * v for held, _, v in payers) < need:
            return None
        points = sum(w * v for _, w, v in payers)
        while True:
            poor = [(held * v, w * v) for held, w, v in payers if held * points < need * w]
            if not poor:
                return Fraction(need, points * self.unit) if need else Fraction(0)
            payers = [payer for payer in payers if payer[0] * points >= need * payer[1]]
            need -= sum(money for money, _ in poor)
            points -= sum(weight for _, weight in poor)

    def buy(self, p: int, price: Fraction) -> tuple[np.ndarray, np.ndarray]:
        """Supporters of p pay min(money, price x weight). Returns their rows and payments in 2**-FINE minor units."""
        grown = price.denominator // gcd(price.denominator, self.unit)
        self.unit *= grown
        self._keep_used(grown)
        classes, weights, _, group = self._groups(p)
        point = price.numerator * (self.unit // price.denominator)
        known = {held: c for c, held in enumerate(self.held)}
        target, paid = [], []
        for c, w in zip(classes, weights, strict=True):
            pays = min(self.held[c], point * w)
            rest = self.held[c] - pays
            if rest not in known:
                known[rest] = len(self.held)
                self.held.append(rest)
            target.append(known[rest])
            paid.append((pays << FINE) // self.unit)
        rows = self.election.supporters[p].rows
        self.row_class[rows] = np.array(target, np.int64)[group]
        return rows, np.array(paid, np.int64)[group]

    def _keep_used(self, grown: int) -> None:
        used = np.flatnonzero(np.bincount(self.row_class, minlength=len(self.held)))
        place = np.zeros(len(self.held), np.int64)
        place[used] = np.arange(len(used))
        self.row_class = place[self.row_class]
        self.held = [self.held[c] * grown for c in used.tolist()]


def exact_run(
    election: Election, endowment: Fraction, candidates: Iterable[int], ranks: list[int], *, per_cost: bool
) -> Run:
    """Buy until no project's supporters can pay. `candidates` have a score above zero; `ranks` breaks exact ties."""
    money, order, equals = Money(election, endowment), [], {}
    worth = [(cost or 1) if per_cost else 1 for cost in election.costs]
    heap = [(Fraction(election.costs[p], election.scores[p] * worth[p]), ranks[p], p) for p in candidates]
    heapq.heapify(heap)
    while heap:
        priced: list[tuple[Fraction, int, int, Fraction]] = []
        while heap and (not priced or heap[0][0] <= priced[0][0]):
            _, rank, p = heapq.heappop(heap)
            price = money.price(p)
            if price is not None:
                heapq.heappush(priced, (price / worth[p], rank, p, price))
        if not priced:
            break
        rho, _, winner, price = heapq.heappop(priced)
        same = [p for other, _, p, _ in sorted(priced) if other == rho]
        if same:
            equals[len(order)] = same
        order.append(winner)
        money.buy(winner, price)
        for rho, rank, p, _ in priced:
            heapq.heappush(heap, (rho, rank, p))
    return Run(endowment, order, equals)


def settle(election: Election, run: Run) -> Settled:
    """Replay a run's purchases exactly. Raises ArithmeticError where float prices do not agree with the exact ones."""
    money, prices, payments = Money(election, run.endowment), [], []
    for at, p in enumerate(run.order):
        price = money.price(p)
        if price is None or (run.prices and abs(run.prices[at] - float(price)) > 1e-10 * float(price)):
            raise ArithmeticError("a float64 price left its bound")
        prices.append(price)
        payments.append(money.buy(p, price))
    return Settled(run, prices, payments, money)
