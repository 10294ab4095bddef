"""What there is to know about a round: its windows, envelopes, words, and whether it can open."""

from projects.rounds.queries.hooks import awaiting, chapters, offers, traces
from projects.rounds.queries.reads import (
    OFFICE,
    SPOKEN_FOR,
    checks,
    communities_of,
    current_round,
    envelope_of,
    moves_of,
    published_rounds,
    rounds_in_sight,
    rounds_of_office,
    spoken_for,
    streets_of_office,
    wording_of,
    words_for,
)
from projects.rounds.queries.windows import days_of, last_of, next_window, open_window, used_stages, window_of

__all__ = [
    "OFFICE",
    "SPOKEN_FOR",
    "awaiting",
    "chapters",
    "checks",
    "communities_of",
    "current_round",
    "days_of",
    "envelope_of",
    "last_of",
    "moves_of",
    "next_window",
    "offers",
    "open_window",
    "published_rounds",
    "rounds_in_sight",
    "rounds_of_office",
    "spoken_for",
    "streets_of_office",
    "traces",
    "used_stages",
    "window_of",
    "wording_of",
    "words_for",
]
