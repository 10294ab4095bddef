"""What a council did, as the rooms that hold its meetings tell: they import this room, never the reverse."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from communities.councils.models import Council


@dataclass(frozen=True, slots=True)
class Record:
    """Since `since`: how many meetings, what was passed and refused, the newest meetings.

    `unexcused`: absences by seat this year, when they were asked for: they are for those who keep the seats.
    """

    since: date | None = None
    meetings: int = 0
    passed: int = 0
    refused: int = 0
    deferred: int = 0
    newest: list[dict] = field(default_factory=list)
    unexcused: dict[int, int] = field(default_factory=dict)

    @property
    def decided(self) -> int:
        return self.passed + self.refused


SOURCES: list[Callable[[Council, date, bool], Record]] = []


def tells(source: Callable[[Council, date, bool], Record]) -> None:
    """The room that holds the meetings says once how to ask it."""
    if source not in SOURCES:
        SOURCES.append(source)


def record_of(council: Council, day: date, *, absences: bool = True) -> Record:
    return SOURCES[0](council, day, absences) if SOURCES else Record()
