"""greedy_votes: by score, skipping what does not fit. Projects without support come last, if they fit.

The rule of most participatory budgets; Pabulib `greedy`, with a minimum score `greedy-threshold`.
"""

from projects.tally.count.counting import Counting
from projects.tally.count.greedy import by_votes, take
from projects.tally.count.result import Result


def greedy_votes(counting: Counting) -> Result:
    election = counting.election
    merit = by_votes(election)
    return counting.result(
        *take(election, counting.standing, merit, counting.ties, phase="greedy", left=election.budget)
    )
