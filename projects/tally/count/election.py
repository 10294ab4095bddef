"""An election as plain values: what is counted, without a database, a clock or a currency."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from projects.tally.count.ballots import Ballots, ElectionError, gather

MOST_MONEY = 2**42
"""In minor units (in fen: 43 billion yuan). Sums of logged payments then fit 64 bits."""
MOST_COST = 2**62


@dataclass(frozen=True, slots=True)
class Project:
    """A project on the ballot. `cost` is an integer in minor units (fen)."""

    id: str
    cost: int


@dataclass(frozen=True, eq=False)
class Supporters:
    """Who gives a project a weight above zero: ballot rows (ascending), their weights, the voters of each row."""

    rows: np.ndarray
    weight: np.ndarray
    times: np.ndarray


@dataclass(frozen=True, eq=False)
class Election:
    """Money is an integer in minor units, `minor` of them to one currency unit (fen: 100). n is `ballots.voters`."""

    projects: tuple[Project, ...]
    budget: int
    ballots: Ballots
    minor: int = 1

    def __post_init__(self) -> None:
        ids = {project.id for project in self.projects}
        if len(ids) != len(self.projects):
            raise ElectionError("two projects have the same id")
        if any(not isinstance(project.cost, int) or not 0 <= project.cost < MOST_COST for project in self.projects):
            raise ElectionError("a cost must be a whole number of minor units, from 0 to below 2**62")
        if not isinstance(self.budget, int) or not 0 <= self.budget < MOST_MONEY or self.minor < 1:
            raise ElectionError("the budget must be a whole number of minor units, from 0 to below 2**42")

    @classmethod
    def of(
        cls,
        projects: Sequence[Project],
        budget: int,
        kind: str,
        ballots: Iterable[Sequence] | Mapping[Sequence, int],
        *,
        minor: int = 1,
    ) -> "Election":
        """Build from ballots as `ballots.gather` reads them. Raises ElectionError."""
        projects = tuple(projects)
        return cls(projects, budget, gather(kind, [project.id for project in projects], ballots), minor)

    @cached_property
    def index(self) -> dict[str, int]:
        return {project.id: i for i, project in enumerate(self.projects)}

    @cached_property
    def costs(self) -> list[int]:
        return [project.cost for project in self.projects]

    @cached_property
    def votes(self) -> list[int]:
        """Per project: voters who list it (with points: also those who give it none)."""
        return [int(self.ballots.times[rows].sum()) for rows, _ in self._entries]

    @cached_property
    def scores(self) -> list[int]:
        """Per project: the sum of weights, in units of 1/`ballots.scale` point."""
        return [int((self.ballots.times[rows] * weight).sum()) for rows, weight in self._entries]

    def points(self, index: int) -> Fraction:
        return Fraction(self.scores[index], self.ballots.scale)

    @cached_property
    def supporters(self) -> list[Supporters]:
        made = []
        for rows, weight in self._entries:
            if len(weight) and not weight.all():
                rows, weight = rows[weight > 0], weight[weight > 0]
            made.append(Supporters(rows, weight, self.ballots.times[rows]))
        return made

    @cached_property
    def _entries(self) -> list[tuple[np.ndarray, np.ndarray]]:
        project = self.ballots.project
        narrow = project.astype(np.uint16) if len(self.projects) < 2**16 else project  # radix sort, ten times faster
        order = np.argsort(narrow, kind="stable")
        cuts = np.searchsorted(project[order], np.arange(1, len(self.projects)))
        rows, weight = self.ballots.row[order], self.ballots.weight[order]
        if not self.projects:
            return []
        return list(zip(np.split(rows, cuts), np.split(weight, cuts), strict=True))
