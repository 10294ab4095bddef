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
from projects.tally.models import Outcome, Tally
from projects.voting.models import Ballot, Candidate, CountedBallot, CountedTracker, Participation, RollEntry, Slate

__all__ = [
    "AgendaItem",
    "ApprovalDecision",
    "Attachment",
    "Attendance",
    "Ballot",
    "Candidate",
    "CarryOver",
    "CostItem",
    "CountedBallot",
    "CountedTracker",
    "Envelope",
    "Filing",
    "Follow",
    "Meeting",
    "MemberVote",
    "Objection",
    "Outcome",
    "Participation",
    "Project",
    "Proposal",
    "PublicNotice",
    "Recusal",
    "RefillAnswer",
    "Resolution",
    "RollEntry",
    "Round",
    "SecondSignature",
    "Slate",
    "Slip",
    "StageMove",
    "StageWindow",
    "Support",
    "Tally",
    "Wording",
]
