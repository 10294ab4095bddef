"""mes_cost, mes_card: the Method of Equal Shares once, at budget / n; `_util` completes it by votes.

Definition and sources: `count/shares.py`.
"""

from fractions import Fraction

from projects.tally.count.counting import Counting
from projects.tally.count.fast import FastRuns, TooClose
from projects.tally.count.greedy import by_votes, take
from projects.tally.count.result import Result, Step
from projects.tally.count.shares import Run, Settled, exact_run, settle
from projects.tally.count.ties import Tie


class Runs:
    """Equal Shares at any endowment: float64 where it can prove its outcome, else exact."""

    def __init__(self, counting: Counting, *, per_cost: bool) -> None:
        self.counting, self.per_cost = counting, per_cost
        self.fast = FastRuns(counting.election, counting.supported, per_cost=per_cost)

    def at(self, endowment: Fraction) -> Run:
        try:
            return self.fast.run(endowment)
        except TooClose:
            return self.exactly(endowment)

    def exactly(self, endowment: Fraction) -> Run:
        counting = self.counting
        return exact_run(counting.election, endowment, counting.supported, counting.ranks, per_cost=self.per_cost)

    def settled(self, run: Run) -> Settled:
        """The run with exact prices; where they contradict the float prices, the run is redone exactly."""
        try:
            return settle(self.counting.election, run)
        except ArithmeticError:
            return settle(self.counting.election, self.exactly(run.endowment))


def equal_share(counting: Counting) -> Fraction:
    """budget / n in minor units; 0 where nobody voted."""
    voters = counting.election.ballots.voters
    return Fraction(counting.election.budget, voters) if voters else Fraction(0)


def equal_shares(counting: Counting, *, per_cost: bool, complete: bool) -> Result:
    runs = Runs(counting, per_cost=per_cost)
    run = runs.at(equal_share(counting))
    return finished(counting, runs.settled(run), complete=complete, runs=1)


def finished(counting: Counting, settled: Settled, *, complete: bool, runs: int) -> Result:
    """The Result of a settled run, completed by votes where the rule says so."""
    election, run = counting.election, settled.run
    left, steps = election.budget, []
    for at, (p, price) in enumerate(zip(run.order, settled.prices, strict=True), start=1):
        cost = election.costs[p]
        effective = cost / (price * election.ballots.scale) if price else None
        steps.append(
            Step(at, "shares", election.projects[p].id, cost, left, True, price * election.ballots.scale, effective)
        )
        left -= cost
    ties = _ties(counting, run)
    added: list[int] = []
    if complete:
        rest = [p for p in counting.standing if p not in set(run.order)]
        added, more, found = take(
            election, rest, by_votes(election), counting.ties, phase="completion", left=left, at=len(steps) + 1
        )
        steps += more
        ties += found
    return counting.result(
        [*run.order, *added], steps, ties, margin=run.margin, endowment=run.endowment, runs=runs, settled=settled,
        completed=tuple(election.projects[p].id for p in added),
    )  # fmt: skip


def _ties(counting: Counting, run: Run) -> list[Tie]:
    return [
        counting.ties.tie(counting.election, at + 1, "shares", [run.order[at], *same], decisive=True)
        for at, same in run.equals.items()
    ]
