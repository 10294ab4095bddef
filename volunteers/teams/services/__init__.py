"""Everything that changes a volunteer's registration or a team."""

from volunteers.teams.services.members import answer_request, ask_to_join, end_membership, leave_team, name_leader
from volunteers.teams.services.people import (
    change_profile,
    confirm_guardian,
    leave_service,
    register_volunteer,
    withdraw_guardian,
)
from volunteers.teams.services.teams import close_team, found_team

__all__ = [
    "answer_request",
    "ask_to_join",
    "change_profile",
    "close_team",
    "confirm_guardian",
    "end_membership",
    "found_team",
    "leave_service",
    "leave_team",
    "name_leader",
    "register_volunteer",
    "withdraw_guardian",
]
