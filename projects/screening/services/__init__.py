"""Writes of the room, one file per kind of operation."""

from projects.screening.services.appeal import add_note, appeal_finding, decide_appeal
from projects.screening.services.finding import lapse_overdue, override_cap, record_finding

__all__ = ["add_note", "appeal_finding", "decide_appeal", "lapse_overdue", "override_cap", "record_finding"]
