"""How equal projects are put in order: stated before voting opens, never by row id.

Keys: `cost` (lower first), `votes` (higher score first), `lot` (rank of SHA-256(round id | project id | public seed)),
`id` (by Unicode code point: "10" < "2" < "a"; for files whose goldens use it).
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from projects.tally.count.election import Election

KEYS = ("cost", "votes", "lot", "id")


def lot(round_id: str, project_id: str, seed: str) -> str:
    """The SHA-256 of `round id|project id|seed` in UTF-8, as 64 hex digits. The lowest comes first."""
    return hashlib.sha256(f"{round_id}|{project_id}|{seed}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Tie:
    """Projects that were equal when one had to be preferred. `among` is in the order in which they were taken up."""

    at: int
    phase: str
    among: tuple[str, ...]
    broken_by: str
    """The first key that separates the first project from the next."""
    decisive: bool
    """True where the order could have changed what is chosen: some of them were chosen and some were not, or the
    choice of one came before the price of the others was known (Equal Shares)."""


@dataclass(frozen=True, slots=True)
class TieOrder:
    """A complete order of projects. The last key must be `lot` or `id`, so that no two projects stay equal."""

    keys: tuple[str, ...]
    round_id: str = ""
    seed: str = ""

    def __post_init__(self) -> None:
        if not self.keys or any(key not in KEYS for key in self.keys) or len(set(self.keys)) != len(self.keys):
            raise ValueError(f"a tie order names some of {', '.join(KEYS)}, each once")
        if self.keys[-1] not in ("lot", "id"):
            raise ValueError("a tie order must end with lot or id")
        if "lot" in self.keys and not (self.round_id and self.seed):
            raise ValueError("a tie order with lots needs the round id and the public seed")

    @classmethod
    def parse(cls, text: str, *, round_id: str = "", seed: str = "") -> "TieOrder":
        """`cost,votes,lot` or `cost,votes,id`. Raises ValueError."""
        return cls(tuple(key.strip() for key in text.split(",")), round_id, seed)

    def _value(self, election: Election, key: str, index: int) -> int | str:
        project = election.projects[index]
        match key:
            case "cost":
                return project.cost
            case "votes":
                return -election.scores[index]
            case "lot":
                return lot(self.round_id, project.id, self.seed)
            case _:
                return project.id

    def ranks(self, election: Election) -> list[int]:
        """The place of every project (by index) in the tie order, 0 first."""
        count = len(election.projects)
        order = sorted(range(count), key=lambda p: tuple(self._value(election, key, p) for key in self.keys))
        ranks = [0] * count
        for place, index in enumerate(order):
            ranks[index] = place
        return ranks

    def separating(self, election: Election, first: int, second: int) -> str:
        """The key that put project `first` before `second`."""
        values = ((key, self._value(election, key, first), self._value(election, key, second)) for key in self.keys)
        return next(key for key, one, other in values if one != other)

    def tie(self, election: Election, at: int, phase: str, among: Sequence[int], *, decisive: bool) -> Tie:
        """`among`: the equal projects (indices), in tie order."""
        names = tuple(election.projects[p].id for p in among)
        return Tie(at, phase, names, self.separating(election, among[0], among[1]), decisive)


BY_ID = TieOrder(("cost", "votes", "id"))
