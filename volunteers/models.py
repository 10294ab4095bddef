"""Index of the rooms' models; one migration history for the app."""

from volunteers.teams.models import GuardianConsent, Membership, Skill, Team, Volunteer
from volunteers.timebank.models import (
    Account,
    Certificate,
    Entry,
    HourRecord,
    HourReview,
    Portion,
    Posting,
    Reversal,
    Tariff,
)

__all__ = [
    "Account",
    "Certificate",
    "Entry",
    "GuardianConsent",
    "HourRecord",
    "HourReview",
    "Membership",
    "Portion",
    "Posting",
    "Reversal",
    "Skill",
    "Tariff",
    "Team",
    "Volunteer",
]
