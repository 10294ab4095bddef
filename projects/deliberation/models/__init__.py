"""Meetings of the council with their votes, written authorisations, and public hearings."""

from projects.deliberation.models.floor import Turn
from projects.deliberation.models.hearings import Hearing, HearingPlace
from projects.deliberation.models.mandates import Mandate
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
    "Mandate",
    "Meeting",
    "MemberVote",
    "Recusal",
    "Resolution",
    "Slip",
    "Turn",
]
