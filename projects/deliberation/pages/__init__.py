"""What the room's pages and papers print, as plain values."""

from projects.deliberation.pages.hearings import hearing_sheet
from projects.deliberation.pages.mandates import mandates_sheet
from projects.deliberation.pages.meetings import (
    card,
    console,
    first_day_in_words,
    may_read_minutes,
    minutes_sheet,
    public_sheet,
    standing_of_vote,
    wall_of,
)
from projects.deliberation.pages.papers import papers_sheet

__all__ = [
    "card",
    "console",
    "first_day_in_words",
    "hearing_sheet",
    "mandates_sheet",
    "may_read_minutes",
    "minutes_sheet",
    "papers_sheet",
    "public_sheet",
    "standing_of_vote",
    "wall_of",
]
