"""Index of the rooms' models; one migration history for the app."""

from projects.funding.models import Project
from projects.proposals.models import Attachment, CostItem, Follow, Proposal, Support
from projects.rounds.models import Envelope, Round, StageMove, StageWindow, Wording

__all__ = [
    "Attachment",
    "CostItem",
    "Envelope",
    "Follow",
    "Project",
    "Proposal",
    "Round",
    "StageMove",
    "StageWindow",
    "Support",
    "Wording",
]
