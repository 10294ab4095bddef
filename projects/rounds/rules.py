"""The rules of a round: what may be set, the defaults, and what is wrong with a set. Plain Python.

Amounts are in fen (分). Days carry their unit in the name or in a `_unit` beside them. Values marked [D] in the
comments are the portal's defaults, not law; a district may set its own and no page presents them as law.
"""

from __future__ import annotations

from collections.abc import Mapping

WORKING, CALENDAR = "working", "calendar"
RESIDENTS, COUNCIL_ONLY = "residents", "council"

DEFAULTS: Mapping[str, object] = {
    # caps per project, "as a rule" (原则上): a warning and a recorded override, never a validation error
    "caps": {"services": 200_000_00, "goods": 500_000_00, "works": 500_000_00},
    # screening: answer within, and time for a correction [D]
    "screening_days": 5,
    "screening_unit": WORKING,
    "correction_days": 5,
    "correction_unit": WORKING,
    # council: items per meeting are heard one by one; the thresholds are the council's charter's
    "agenda_days": 3,
    "agenda_unit": CALENDAR,
    # residents' vote [D]
    "ballot": "approval",
    "max_choices": 10,
    "advised_choices": 3,
    # the count
    "counting_rule": "greedy_votes",
    "least_votes": 1,
    # public notice: 5 days in Luohu, 3 in Haikou; answer in 5 working days [D]
    "notice_days": 5,
    "notice_unit": WORKING,
    "objection_days": 5,
    "objection_unit": WORKING,
    # street approval [D]
    "approval_days": 10,
    "approval_unit": WORKING,
    "second_signature_from": 300_000_00,
    "refill": True,
    # delivery [D], calendar days
    "start_within_days": 60,
    "stalled_after_days": 45,
    # evaluation: a mean below this (1–5) holds the balance payment [D]
    "low_score": 3.0,
    "balance_percent": 10,
}


def complete(rules: Mapping[str, object]) -> dict[str, object]:
    """The rules with every missing setting filled from the defaults."""
    return {**DEFAULTS, **rules}
