"""Ballots as columns: equal ballots merged, one entry per listed project. A voter's weight for a project is

approval, choose-1    1 if listed
cumulative, scoring   the points given (exact; stored as integers over one common `scale`)
ordinal               L - r for the r-th (from 0) of L listed projects, so 3-2-1 for three
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import chain

import numpy as np

KINDS = ("approval", "choose-1", "cumulative", "scoring", "ordinal")
WITH_POINTS = ("cumulative", "scoring")


class ElectionError(ValueError):
    """The values do not describe an election that can be counted."""


@dataclass(frozen=True, eq=False)
class Ballots:
    """`times[r]` voters cast ballot r: entries `starts[r]` to before `starts[r + 1]` of `project` and `weight`.

    Arrays are int64 (project, the index of a project: int32). A blank ballot is a row without entries; it counts as
    a voter here, so whoever builds an election decides whether blank ballots belong to n.
    """

    kind: str
    times: np.ndarray
    starts: np.ndarray
    project: np.ndarray
    weight: np.ndarray
    scale: int

    @cached_property
    def voters(self) -> int:
        return int(self.times.sum())

    @cached_property
    def row(self) -> np.ndarray:
        """The ballot of every entry."""
        return np.repeat(np.arange(len(self.times)), np.diff(self.starts))

    def listed(self, row: int) -> list[tuple[int, Fraction]]:
        """(project index, weight in points) of one ballot, in the order in which it lists them."""
        span = slice(int(self.starts[row]), int(self.starts[row + 1]))
        entries = zip(self.project[span].tolist(), self.weight[span].tolist(), strict=True)
        return [(p, Fraction(weight, self.scale)) for p, weight in entries]


def gather(kind: str, project_ids: Sequence[str], ballots: Iterable[Sequence] | Mapping[Sequence, int]) -> Ballots:
    """Merge equal ballots and lay them out as columns.

    A ballot is a tuple of project ids (ordinal: best first), with points a tuple of (project id, points) pairs;
    a mapping gives how many voters cast each (those cast by nobody are passed over). Raises ElectionError for an unknown kind or project, a project listed
    twice, a negative or inexact weight, or two choices on a choose-1 ballot.
    """
    if kind not in KINDS:
        raise ElectionError(f"unknown vote type {kind!r}")
    cast = ballots if isinstance(ballots, Mapping) else Counter(ballots)
    rows = [ballot for ballot, times in cast.items() if times]
    times = np.fromiter((cast[ballot] for ballot in rows), np.int64, len(rows))
    if len(rows) and times.min() < 0:
        raise ElectionError("a ballot is cast by a negative number of voters")
    lengths = np.fromiter(map(len, rows), np.int64, len(rows))
    if kind == "choose-1" and len(rows) and lengths.max() > 1:
        raise ElectionError("a choose-1 ballot lists more than one project")
    starts = np.concatenate(([0], np.cumsum(lengths)))
    entries = int(starts[-1])
    flat = chain.from_iterable(rows)
    scale = 1
    if kind in WITH_POINTS:
        pairs = list(flat)
        flat = (project for project, _ in pairs)
        weight, scale = _points([points for _, points in pairs])
    elif kind == "ordinal":
        weight = np.repeat(starts[1:], lengths) - np.arange(entries)
    else:
        weight = np.ones(entries, np.int64)
    index = {project: i for i, project in enumerate(project_ids)}
    try:
        project = np.fromiter(map(index.__getitem__, flat), np.int32, entries)
    except KeyError as unknown:
        raise ElectionError(f"a ballot lists the unknown project {unknown.args[0]!r}") from None
    made = Ballots(kind, times, starts, project, weight, scale)
    _refuse_twice(made)
    return made


def _points(points: list) -> tuple[np.ndarray, int]:
    exact = {}
    for value in set(points):
        if isinstance(value, float):
            raise ElectionError("points must be exact numbers")
        exact[value] = Fraction(value)
        if exact[value] < 0:
            raise ElectionError("points must not be negative")
    scale = math.lcm(*(value.denominator for value in exact.values()))
    whole = {value: int(fraction * scale) for value, fraction in exact.items()}
    if max(whole.values(), default=0) >= 2**31:
        raise ElectionError("points are too large or too finely divided")
    return np.fromiter((whole[value] for value in points), np.int64, len(points)), scale


def _refuse_twice(ballots: Ballots) -> None:
    by_project = np.argsort(ballots.project, kind="stable")
    project, row = ballots.project[by_project], ballots.row[by_project]
    if ((project[1:] == project[:-1]) & (row[1:] == row[:-1])).any():
        raise ElectionError("a ballot lists a project twice")
