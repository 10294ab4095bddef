"""Reads of the time bank, one function per question."""

from volunteers.timebank.queries.ledger import balances_of, held, lots_of, minutes_between, points_of, sums_below
from volunteers.timebank.queries.papers import certificate_numbered, certificates_of, tariff_on, tariffs_of
from volunteers.timebank.queries.records import (
    day_minutes,
    keeps_hours,
    offices_of,
    overlapping,
    portions_in_sight,
    portions_waiting,
    record_in_sight,
    records_below,
    records_of,
    volunteer_of,
    volunteers_in_sight,
)

__all__ = [
    "balances_of",
    "certificate_numbered",
    "certificates_of",
    "day_minutes",
    "held",
    "keeps_hours",
    "lots_of",
    "minutes_between",
    "offices_of",
    "overlapping",
    "points_of",
    "portions_in_sight",
    "portions_waiting",
    "record_in_sight",
    "records_below",
    "records_of",
    "sums_below",
    "tariff_on",
    "tariffs_of",
    "volunteer_of",
    "volunteers_in_sight",
]
