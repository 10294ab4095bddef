"""greedy_no_skip: by score, ending at the first project that does not fit. Pabulib `greedy-no-skip` (Wroclaw 2015)."""

from projects.tally.count.counting import Counting
from projects.tally.count.greedy import by_votes, take
from projects.tally.count.result import Result


def greedy_no_skip(counting: Counting) -> Result:
    election = counting.election
    merit = by_votes(election)
    return counting.result(
        *take(election, counting.standing, merit, counting.ties, phase="greedy", left=election.budget, skip=False)
    )
