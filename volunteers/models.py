"""Index of the rooms' models; one migration history for the app."""

from volunteers.teams.models import GuardianConsent, Membership, Skill, Team, Volunteer

__all__ = [
    "GuardianConsent",
    "Membership",
    "Skill",
    "Team",
    "Volunteer",
]
