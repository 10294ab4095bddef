"""Index of the rooms' models; one migration history for the app."""

from volunteers.rewards.models import Benefit, Merchant, MerchantTerm, Offer, Redemption
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
    "Benefit",
    "Certificate",
    "Entry",
    "GuardianConsent",
    "HourRecord",
    "HourReview",
    "Membership",
    "Merchant",
    "MerchantTerm",
    "Offer",
    "Portion",
    "Posting",
    "Redemption",
    "Reversal",
    "Skill",
    "Tariff",
    "Team",
    "Volunteer",
]
