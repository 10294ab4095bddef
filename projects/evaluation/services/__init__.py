"""The writes of the room, one function per operation."""

from projects.evaluation.services.indicators import adopt_examples, retire_indicator, score, write_indicator
from projects.evaluation.services.ratings import (
    close_project,
    conclude_due,
    conclude_ratings,
    rate_as_supervisor,
    rate_project,
    record_absence,
)

__all__ = [
    "adopt_examples",
    "close_project",
    "conclude_due",
    "conclude_ratings",
    "rate_as_supervisor",
    "rate_project",
    "record_absence",
    "retire_indicator",
    "score",
    "write_indicator",
]
