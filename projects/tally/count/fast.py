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
MOST_SPREAD = 1.5
"""Up to so many voters for one row of equal ballots each voter gets a row: no multiplication, one array less to read."""


class TooClose(ArithmeticError):
    """float64 cannot prove this run."""


@dataclass(frozen=True, eq=False)
class _Column:
    """Supporters of one project as floats. `weight` is None where every weight is 1; `times` and `points_each` are None
    where moreover every row is one voter: each then holds one point."""

    cost: float
    points: float
    worth: float
    rows: np.ndarray
    times: np.ndarray | None
    weight: np.ndarray | None
    points_each: np.ndarray | None


class FastRuns:
    """Float columns of an election, made once and run at many endowments."""

    def __init__(self, election: Election, candidates: Iterable[int], *, per_cost: bool) -> None:
        counts = election.ballots.times
        self.single = int(counts.sum()) <= MOST_SPREAD * len(counts)
        self.first = np.cumsum(counts) - counts  # of each row's voters, when every voter has a row of her own
        self.rows = int(counts.sum()) if self.single else len(counts)
        self.columns = {p: self._column(election, p, per_cost) for p in candidates}
        self.start = [(column.cost / (column.points * column.worth), p) for p, column in self.columns.items()]
        heapq.heapify(self.start)

    def _column(self, election: Election, p: int, per_cost: bool) -> _Column:
        supporters, cost = election.supporters[p], election.costs[p]
        worth = float(cost or 1) if per_cost else 1.0
        ones = int(supporters.weight.max()) == 1
        rows, times, weight = supporters.rows, supporters.times.astype(float), supporters.weight.astype(float)
        if self.single:
            counts = supporters.times
            within = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
            rows, weight = np.repeat(self.first[rows], counts) + within, np.repeat(weight, counts)
            times, each = None, None if ones else weight
        else:
            each = times if ones else times * weight
        return _Column(float(cost), float(election.scores[p]), worth, rows, times, None if ones else weight, each)

    def run(self, endowment: Fraction) -> Run:
        """One run. Raises TooClose."""
        self.gathered: dict[int, np.ndarray] = {}
        self.money = np.full(self.rows, float(endowment))
        self.margin = float("inf")
        heap, order, prices = self.start.copy(), [], []
        while heap:
            priced: list[tuple[float, int]] = []
            while heap and (not priced or heap[0][0] <= priced[0][0] * (1 + MARGIN)):
                floor, p = heapq.heappop(heap)
                price = self._price(p, floor * self.columns[p].worth)
                if price is not None:
                    heapq.heappush(priced, (price / self.columns[p].worth, p))
            if not priced:
                break
            rho, winner = heapq.heappop(priced)
            for other in (*priced[:1], *heap[:1]):
                self._note(other[0] / rho - 1 if rho else 1.0 if other[0] else 0.0)
            order.append(winner)
            prices.append(rho * self.columns[winner].worth)
            self._pay(winner, prices[-1])
            for entry in priced:
                heapq.heappush(heap, entry)
        return Run(endowment, order, {}, self.margin, prices)

    def _note(self, margin: float) -> None:
        if margin <= MARGIN:
            raise TooClose
        self.margin = min(self.margin, margin)

    def _price(self, p: int, floor: float) -> float | None:
        """The price of one point, or None where the supporters cannot pay. `floor`: a price known to be low enough."""
        column = self.columns[p]
        if column.cost == 0:
            return 0.0
        money = self.gathered[p] = self.money[column.rows]
        paid = money if column.times is None else money * column.times
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
                paid = paid[rich]
                limit = limit[rich] if column.times is not None or column.weight is not None else paid
                points = None if points is None else points[rich]
                open_points = float(len(paid) if points is None else points.sum())
                if need < LEAST_OPEN * column.cost or not open_points:
                    raise TooClose
            price = need / open_points
            poor = limit < price
            if not poor.any():
                return price

    def _pay(self, p: int, price: float) -> None:
        """The winner was priced in this round, and nobody has paid since: what its supporters hold is known."""
        column = self.columns[p]
        money = self.gathered[p] if p in self.gathered else self.money[column.rows]
        due = price if column.weight is None else price * column.weight
        money -= due
        self.money[column.rows] = np.maximum(money, 0.0, out=money)
        self.gathered.clear()
