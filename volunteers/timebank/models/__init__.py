"""Rows of the time bank."""

from volunteers.timebank.models.hours import HourRecord, HourReview, Portion, Reversal
from volunteers.timebank.models.ledger import Account, Entry, Posting
from volunteers.timebank.models.papers import Certificate, Tariff

__all__ = [
    "Account",
    "Certificate",
    "Entry",
    "HourRecord",
    "HourReview",
    "Portion",
    "Posting",
    "Reversal",
    "Tariff",
]
