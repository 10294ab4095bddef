"""What a ballot is worth to each project, and which ballots cannot be counted."""

from fractions import Fraction

import pytest

from projects.tally.count import Election, ElectionError, Project

XYZ = (Project("x", 10), Project("y", 20), Project("z", 30))


def points(kind: str, *ballots: tuple) -> dict[str, Fraction]:
    election = Election.of(XYZ, 100, kind, ballots)
    return {project.id: election.points(p) for p, project in enumerate(election.projects)}


def test_approval_gives_one_to_each_project_listed():
    assert points("approval", ("x", "y"), ("y",), ()) == {"x": 1, "y": 2, "z": 0}


def test_an_ordinal_ballot_of_three_gives_three_two_one():
    assert points("ordinal", ("z", "x", "y"), ("y",)) == {"x": 2, "y": 2, "z": 3}


@pytest.mark.parametrize("kind", ["cumulative", "scoring"])
def test_points_are_summed_exactly(kind):
    tenth = Fraction(1, 10)
    assert points(kind, (("x", tenth),), (("x", tenth), ("y", 3)), (("x", tenth),)) == {"x": 3 * tenth, "y": 3, "z": 0}


def test_a_project_listed_with_no_points_has_a_vote_but_no_support():
    election = Election.of(XYZ, 100, "cumulative", [(("x", 0), ("y", 2))])
    assert election.votes == [1, 1, 0]
    assert election.scores == [0, 2, 0]
    assert [len(s.rows) for s in election.supporters] == [0, 1, 0]


def test_equal_ballots_are_merged_and_blank_ones_are_voters():
    election = Election.of(XYZ, 100, "approval", [("x",), (), ("x",), ()])
    assert election.ballots.times.tolist() == [2, 2]
    assert election.ballots.voters == 4


def test_an_election_may_be_given_as_ballots_and_how_often_each_was_cast():
    election = Election.of(XYZ, 100, "approval", {("x", "z"): 7, ("y",): 2})
    assert election.votes == [7, 2, 7]


@pytest.mark.parametrize(("kind", "ballot", "fault"), [
    ("approval", ("x", "w"), "unknown project 'w'"),
    ("approval", ("x", "x"), "twice"),
    ("choose-1", ("x", "y"), "more than one"),
    ("ranked", ("x",), "unknown vote type"),
    ("cumulative", (("x", -1),), "negative"),
    ("cumulative", (("x", 0.1),), "exact"),
    ("scoring", (("x", 2**31),), "too large"),
])  # fmt: skip
def test_ballots_that_cannot_be_counted_are_refused(kind, ballot, fault):
    with pytest.raises(ElectionError, match=fault):
        Election.of(XYZ, 100, kind, [ballot])


@pytest.mark.parametrize(("projects", "budget"), [
    ((Project("x", 1), Project("x", 2)), 10),
    ((Project("x", -1),), 10),
    ((Project("x", 1.5),), 10),
    ((Project("x", 1),), -1),
    ((Project("x", 1),), 2**42),
])  # fmt: skip
def test_money_is_whole_and_ids_are_unique(projects, budget):
    with pytest.raises(ElectionError):
        Election.of(projects, budget, "approval", [])


def test_a_ballot_of_nobody_is_no_ballot_and_of_fewer_than_nobody_is_refused():
    assert Election.of(XYZ, 100, "approval", {("x",): 0, ("y",): 1}).ballots.voters == 1
    with pytest.raises(ElectionError, match="negative"):
        Election.of(XYZ, 100, "approval", {("x",): -1})
