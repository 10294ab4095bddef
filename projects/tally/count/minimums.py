"""What a project needs before it can be chosen at all. A round freezes these before voting opens."""

from dataclasses import dataclass
from fractions import Fraction

from projects.tally.count.election import Election


@dataclass(frozen=True, slots=True)
class Minimums:
    """Each is optional; a project that misses one is out before the count, in every phase.

    votes: ballots that list it. score: sum of weights in points (Pabulib `min_project_score_threshold`).
    share: votes as a share of n. fair_share: votes / n at least cost / (3 x budget), so that no project takes more
    money than three times the weight of its supporters.
    """

    votes: int = 0
    score: Fraction | int = 0
    share: Fraction | int = 0
    fair_share: bool = False

    def missed(self, election: Election) -> dict[int, str]:
        """Project index -> the minimum that it misses: votes, score, share or fair_share."""
        n, missed = election.ballots.voters, {}
        for p, project in enumerate(election.projects):
            votes = election.votes[p]
            if votes < self.votes:
                missed[p] = "votes"
            elif election.points(p) < self.score:
                missed[p] = "score"
            elif votes < self.share * n:
                missed[p] = "share"
            elif self.fair_share and votes * 3 * election.budget < project.cost * n:
                missed[p] = "fair_share"
        return missed


NONE = Minimums()
