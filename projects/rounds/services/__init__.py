"""What an office does with a round: prepare it, open its call, move it on; and the beat's minute."""

from projects.rounds.services.move import advance_due, cancel_round, move_on, send_back
from projects.rounds.services.open import frozen_fits, frozen_text, open_call
from projects.rounds.services.prepare import (
    copy_round,
    lay_calendar,
    prepare_round,
    set_basics,
    set_envelope,
    set_envelopes,
    set_rules,
    set_window,
    set_windows,
)
from projects.rounds.services.words import set_words

__all__ = [
    "advance_due",
    "cancel_round",
    "copy_round",
    "frozen_fits",
    "frozen_text",
    "lay_calendar",
    "move_on",
    "open_call",
    "prepare_round",
    "send_back",
    "set_basics",
    "set_envelope",
    "set_envelopes",
    "set_rules",
    "set_window",
    "set_windows",
    "set_words",
]
