"""greedy_ratio: by score per cost, skipping what does not fit. Projects without support come last, if they fit.

Faliszewski et al., "Participatory Budgeting: Data, Tools, and Analysis", IJCAI 2023.
"""

from projects.tally.count.counting import Counting
from projects.tally.count.greedy import by_votes_per_cost, take
from projects.tally.count.result import Result


def greedy_ratio(counting: Counting) -> Result:
    election = counting.election
    merit = by_votes_per_cost(election)
    return counting.result(
        *take(election, counting.standing, merit, counting.ties, phase="greedy", left=election.budget)
    )
