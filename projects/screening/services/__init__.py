"""Writes of the room, one file per kind of operation."""

from projects.screening.services.appeal import appeal_finding, decide_appeal
from projects.screening.services.finding import lapse_overdue, override_cap, record_finding
from projects.screening.services.share import add_note, assign_proposals, drop_filter, escalate_late, save_filter

__all__ = [
    "add_note",
    "appeal_finding",
    "assign_proposals",
    "decide_appeal",
    "drop_filter",
    "escalate_late",
    "lapse_overdue",
    "override_cap",
    "record_finding",
    "save_filter",
]
