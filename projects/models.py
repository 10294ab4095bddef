"""Index of the rooms' models; one migration history for the app."""

from projects.approval.models import ApprovalDecision, Filing, RefillAnswer, SecondSignature
from projects.deliberation.models import (
    AgendaItem,
    Attendance,
    CarryOver,
    Meeting,
    MemberVote,
    Recusal,
    Resolution,
    Slip,
)
from projects.funding.models import Project
from projects.proposals.models import Attachment, CostItem, Follow, Proposal, Support
from projects.publicity.models import Objection, PublicNotice
from projects.rounds.models import Envelope, Round, StageMove, StageWindow, Wording

__all__ = [
    "AgendaItem",
    "ApprovalDecision",
    "Attachment",
    "Attendance",
    "CarryOver",
    "CostItem",
    "Envelope",
    "Filing",
    "Follow",
    "Meeting",
    "MemberVote",
    "Objection",
    "Project",
    "Proposal",
    "PublicNotice",
    "Recusal",
    "RefillAnswer",
    "Resolution",
    "Round",
    "SecondSignature",
    "Slip",
    "StageMove",
    "StageWindow",
    "Support",
    "Wording",
]
