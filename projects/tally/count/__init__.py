"""The count: ballots in, outcome and reasons out. Plain Python and numpy; no Django, no database, no clock.

election = Election.of([Project("1", 500_00), ...], 1000_00, "approval", [("1", "2"), ("2",)], minor=100)
result = count(election, "mes_cost_add1u", ties=TieOrder.parse("cost,votes,lot", round_id=..., seed=...))
"""

from fractions import Fraction

from projects.tally.count.ballots import KINDS, Ballots, ElectionError
from projects.tally.count.counting import Counting
from projects.tally.count.election import Election, Project
from projects.tally.count.explain import Share, explain, share_of
from projects.tally.count.minimums import NONE, Minimums
from projects.tally.count.report import as_json, canonical, share_in, ties_as_json
from projects.tally.count.result import Result, Step
from projects.tally.count.rules import NAMES, UnknownRule, named
from projects.tally.count.ties import BY_ID, Tie, TieOrder, lot

__all__ = [
    "BY_ID", "KINDS", "NAMES", "Ballots", "Election", "ElectionError", "Minimums", "Project", "Result", "Share", "Step",
    "Tie", "TieOrder", "UnknownRule", "as_json", "canonical", "count", "default_increment", "explain", "lot", "named",
    "share_in", "share_of", "ties_as_json",
]  # fmt: skip


def count(
    election: Election,
    rule: str,
    *,
    ties: TieOrder = BY_ID,
    increment: Fraction | int | None = None,
    minimums: Minimums = NONE,
) -> Result:
    """Count an election. The same arguments give the same Result, on every machine and in any order of ballots.

    rule       a name of `rules.named`. `_threshold` rules need `minimums.score`; other rules obey `minimums` too
    increment  for add1: currency units per voter and run, above 0. None: what the rule's name says (`_incK`), else 1
    minimums   projects below are out in every phase

    Raises UnknownRule, or ValueError for an increment that the rule cannot use or a missing threshold.
    """
    chosen = named(rule)
    if chosen.threshold and not minimums.score:
        raise ValueError(f"{rule} needs a minimum score")
    if increment is not None and not (chosen.steps and increment > 0):
        raise ValueError("an increment is above 0 and belongs to an add1 rule")
    missed = minimums.missed(election)
    counting = Counting(
        election,
        tuple(p for p in range(len(election.projects)) if p not in missed),
        ties,
        rule,
        {election.projects[p].id: why for p, why in missed.items()},
    )
    if not chosen.steps:
        return chosen.run(counting)
    step = Fraction(increment if increment is not None else chosen.increment or 1)
    return chosen.run(counting, increment=step * election.minor)


def default_increment(election: Election) -> Fraction:
    """The smallest 1-2-5 step of at least a thousandth of budget/n, in currency units; 1 where nobody voted."""
    voters = election.ballots.voters
    if not voters or not election.budget:
        return Fraction(1)
    wanted = Fraction(election.budget, voters * election.minor * 1000)
    step = Fraction(1)
    while step >= wanted:
        step /= 10
    while True:
        for digit in (1, 2, 5):
            if step * digit >= wanted:
                return step * digit
        step *= 10
