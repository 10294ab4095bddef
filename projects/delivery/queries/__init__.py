"""The reads of the room."""

from projects.delivery.queries.board import (
    BOARD_STAGES,
    BoardRow,
    Filters,
    board,
    board_rows,
    counted,
    marked,
    matching,
    tiles,
)
from projects.delivery.queries.hooks import awaiting, chapters, offers
from projects.delivery.queries.progress import (
    ProgressView,
    after_photos,
    is_finished,
    is_public,
    mine,
    objection_to_sheet,
    problem_counts,
    problems_of,
    progress_of,
    public_photos,
    unanswered_in,
)

__all__ = [
    "BOARD_STAGES",
    "BoardRow",
    "Filters",
    "ProgressView",
    "after_photos",
    "awaiting",
    "board",
    "board_rows",
    "chapters",
    "counted",
    "is_finished",
    "is_public",
    "marked",
    "matching",
    "mine",
    "objection_to_sheet",
    "offers",
    "problem_counts",
    "problems_of",
    "progress_of",
    "public_photos",
    "tiles",
    "unanswered_in",
]
