"""Reads of the vote: the slate, who is on the roll, turnout; never a running count."""

from projects.voting.queries.hooks import awaiting, chapters, offers
from projects.voting.queries.reads import (
    ballot_of,
    candidates_of,
    participation_of,
    public_slates,
    slate_of,
    slates_of,
    votes_of,
    why_not_vote,
    window_of,
)
from projects.voting.queries.turnout import Turnout, progress_on, share, turnout_of

__all__ = [
    "Turnout",
    "awaiting",
    "ballot_of",
    "candidates_of",
    "chapters",
    "offers",
    "participation_of",
    "progress_on",
    "public_slates",
    "share",
    "slate_of",
    "slates_of",
    "turnout_of",
    "votes_of",
    "why_not_vote",
    "window_of",
]
