"""Meetings of the council with their votes, and public hearings."""

from projects.deliberation.models.hearings import Hearing, HearingPlace
from projects.deliberation.models.meetings import (
    AgendaItem,
    Attendance,
    CarryOver,
    Choice,
    Meeting,
    MemberVote,
    Recusal,
    Resolution,
    Slip,
)

__all__ = [
    "AgendaItem",
    "Attendance",
    "CarryOver",
    "Choice",
    "Hearing",
    "HearingPlace",
    "Meeting",
    "MemberVote",
    "Recusal",
    "Resolution",
    "Slip",
]
