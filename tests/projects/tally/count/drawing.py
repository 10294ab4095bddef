"""Small elections drawn by hypothesis, full of equal sums, and how to hand them to the reference count."""

from fractions import Fraction

from hypothesis import strategies as st

from projects.tally.count import Election, Project
from tests.projects.tally.count.reference import Plain

IDS = ("10", "9", "2", "B", "a", "b")


@st.composite
def elections(draw, *, least_cost: int = 0, most_voters: int = 8) -> Election:
    kind = draw(st.sampled_from(["approval", "choose-1", "cumulative", "scoring", "ordinal"]))
    ids = draw(st.permutations(IDS))[: draw(st.integers(1, len(IDS)))]
    step = draw(st.sampled_from([1, 5, 10]))  # round sums meet more often
    projects = [Project(p, draw(st.integers(max(least_cost, 0), 12)) * step or least_cost) for p in ids]
    budget = draw(st.integers(0, 30)) * step
    choices = st.lists(st.sampled_from(ids), unique=True, max_size=1 if kind == "choose-1" else len(ids))
    if kind in ("cumulative", "scoring"):
        points = st.sampled_from([0, 1, 2, 3, Fraction(1, 2)])
        ballot = choices.flatmap(lambda c: st.tuples(*(st.tuples(st.just(p), points) for p in c)))
    else:
        ballot = choices.map(tuple)
    ballots = draw(st.lists(ballot, max_size=most_voters))
    return Election.of(projects, budget, kind, ballots, minor=draw(st.sampled_from([1, 100])))


def plain(election: Election) -> Plain:
    """The same election for the reference, in currency units, one ballot per voter."""
    ids = [project.id for project in election.projects]
    ballots = []
    for row, times in enumerate(election.ballots.times.tolist()):
        ballots += [{ids[p]: weight for p, weight in election.ballots.listed(row)}] * times
    costs = {project.id: Fraction(project.cost, election.minor) for project in election.projects}
    return Plain(costs, Fraction(election.budget, election.minor), ballots)
