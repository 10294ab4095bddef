"""Writes of the time bank: one operation per function, each one transaction."""

from volunteers.timebank.services.papers import issue_certificate, publish_tariff
from volunteers.timebank.services.points import expire_points, hold_points, redeem_points, release_points
from volunteers.timebank.services.records import record_by_hand, record_scanned
from volunteers.timebank.services.review import confirm_portion, refuse_portion, reverse_record

__all__ = [
    "confirm_portion",
    "expire_points",
    "hold_points",
    "issue_certificate",
    "publish_tariff",
    "record_by_hand",
    "record_scanned",
    "redeem_points",
    "refuse_portion",
    "release_points",
    "reverse_record",
]
