"""Writes of the room, one file per kind of operation."""

from projects.proposals.services.draft import add_photo, discard_draft, remove_photo, save_answers, start_draft
from projects.proposals.services.enter import enter_for_resident
from projects.proposals.services.lodge import correct_proposal, lodge_entry, lodge_proposal, withdraw_proposal
from projects.proposals.services.settle import settle
from projects.proposals.services.support import (
    follow_proposal,
    support_proposal,
    unfollow_proposal,
    unsupport_proposal,
)

__all__ = [
    "add_photo",
    "correct_proposal",
    "discard_draft",
    "enter_for_resident",
    "follow_proposal",
    "lodge_entry",
    "lodge_proposal",
    "remove_photo",
    "save_answers",
    "settle",
    "start_draft",
    "support_proposal",
    "unfollow_proposal",
    "unsupport_proposal",
    "withdraw_proposal",
]
