"""What every rule is given, and the parts of a Result that all rules share."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from projects.tally.count.election import Election
from projects.tally.count.result import Result, Step
from projects.tally.count.ties import Tie, TieOrder


@dataclass(frozen=True, eq=False)
class Counting:
    """An election, the projects that stand (indices), the tie order, the rule's name and the excluded projects."""

    election: Election
    standing: tuple[int, ...]
    ties: TieOrder
    rule: str
    excluded: dict[str, str] = field(default_factory=dict)

    @cached_property
    def supported(self) -> list[int]:
        return [p for p in self.standing if self.election.scores[p] > 0]

    @cached_property
    def ranks(self) -> list[int]:
        return self.ties.ranks(self.election)

    def cost(self, projects: Sequence[int]) -> int:
        return sum(self.election.costs[p] for p in projects)

    def result(self, order: Sequence[int], steps: Sequence[Step], ties: Sequence[Tie], **more) -> Result:
        names = tuple(self.election.projects[p].id for p in order)
        return Result(
            self.rule, tuple(sorted(names)), names, self.cost(order), tuple(ties), tuple(steps),
            excluded=self.excluded, **more,
        )  # fmt: skip
