"""Method of Equal Shares in float64, accepted only with a certificate.

The same rounds as `shares.exact_run`, on one float per ballot row. Every comparison that decides the outcome (can the
supporters pay; is the cheapest project cheaper than the next) must have a relative margin above 1e-9. Anything closer,
and anything that loses digits (the part of a cost that is not covered by emptied pockets under 1e-5 of it), raises
TooClose; the caller then redoes that run exactly. Whether a voter runs out of money needs no margin: what she pays is
continuous there.
"""

import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from projects.tally.count.election import Election
from projects.tally.count.shares import Run

MARGIN = 1e-9
LEAST_OPEN = 1e-5


class TooClose(ArithmeticError):
    """float64 cannot prove this run."""


@dataclass(frozen=True, eq=False)
class _Column:
    """Supporters of one project as floats. `weight` is None where every weight is 1."""

    cost: float
    points: float
    worth: float
    rows: np.ndarray
    times: np.ndarray
    weight: np.ndarray | None
    points_each: np.ndarray


class FastRuns:
    """Float columns of an election, made once and run at many endowments."""

    def __init__(self, election: Election, candidates: Iterable[int], *, per_cost: bool) -> None:
        self.rows = len(election.ballots.times)
        self.columns: dict[int, _Column] = {}
        for p in candidates:
            supporters, cost = election.supporters[p], election.costs[p]
            ones = int(supporters.weight.max()) == 1
            times, weight = supporters.times.astype(float), supporters.weight.astype(float)
            worth = float(cost or 1) if per_cost else 1.0
            self.columns[p] = _Column(
                float(cost), float(election.scores[p]), worth, supporters.rows, times,
                None if ones else weight, times if ones else times * weight,
            )  # fmt: skip
        self.start = [(column.cost / (column.points * column.worth), p) for p, column in self.columns.items()]
        heapq.heapify(self.start)

    def run(self, endowment: Fraction) -> Run:
        """One run. Raises TooClose."""
        self.money = np.full(self.rows, float(endowment))
        self.margin = float("inf")
        heap, order, prices = self.start.copy(), [], []
        while heap:
            priced: list[tuple[float, int]] = []
            while heap and (not priced or heap[0][0] <= priced[0][0] * (1 + MARGIN)):
                floor, p = heapq.heappop(heap)
                price = self._price(self.columns[p], floor * self.columns[p].worth)
                if price is not None:
                    heapq.heappush(priced, (price / self.columns[p].worth, p))
            if not priced:
                break
            rho, winner = heapq.heappop(priced)
            for other in (*priced[:1], *heap[:1]):
                self._note(other[0] / rho - 1 if rho else 1.0 if other[0] else 0.0)
            order.append(winner)
            prices.append(rho * self.columns[winner].worth)
            self._pay(self.columns[winner], prices[-1])
            for entry in priced:
                heapq.heappush(heap, entry)
        return Run(endowment, order, {}, self.margin, prices)

    def _note(self, margin: float) -> None:
        if margin <= MARGIN:
            raise TooClose
        self.margin = min(self.margin, margin)

    def _price(self, column: _Column, floor: float) -> float | None:
        """The price of one point, or None where the supporters cannot pay. `floor`: a price known to be low enough."""
        if column.cost == 0:
            return 0.0
        money = self.money[column.rows]
        paid = money * column.times
        gap = (float(paid.sum()) - column.cost) / column.cost
        self._note(abs(gap))
        if gap < 0:
            return None
        limit = money if column.weight is None else money / column.weight
        points, need, open_points = column.points_each, column.cost, column.points
        poor = limit < floor
        while True:
            if poor.any():
                need -= float(paid[poor].sum())
                rich = ~poor
                limit, paid, points = limit[rich], paid[rich], points[rich]
                open_points = float(points.sum())
                if need < LEAST_OPEN * column.cost or not open_points:
                    raise TooClose
            price = need / open_points
            poor = limit < price
            if not poor.any():
                return price

    def _pay(self, column: _Column, price: float) -> None:
        money = self.money[column.rows]
        due = price if column.weight is None else price * column.weight
        self.money[column.rows] = np.maximum(money - due, 0.0)
