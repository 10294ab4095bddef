"""初审: the round goes on when every proposal has an answer and no appeal is open; corrections in time hold nobody."""

from __future__ import annotations

from datetime import datetime

from projects.items import Hold
from projects.rounds.models import Round
from projects.screening import queries


def holding(round: Round, *, now: datetime) -> list[Hold]:
    """Proposals without an answer and open appeals, by whom and since when."""
    return queries.open_items(round)


def enter(round: Round, *, now: datetime) -> None:
    """Workers find what awaits them in their queue; nothing is sent for a change of stage."""
