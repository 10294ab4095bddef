"""Index of the rooms' models; one migration history for the app."""

from volunteers.activities.models import Call, CallPhoto, CallReport, Invitation, Presence, Shift, SignUp
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
from volunteers.wishes.models import Claim, Thanks, Wish, WishCheck, WishPerson

__all__ = [
    "Account",
    "Benefit",
    "Call",
    "CallPhoto",
    "CallReport",
    "Certificate",
    "Claim",
    "Entry",
    "GuardianConsent",
    "HourRecord",
    "HourReview",
    "Invitation",
    "Membership",
    "Merchant",
    "MerchantTerm",
    "Offer",
    "Portion",
    "Posting",
    "Redemption",
    "Presence",
    "Reversal",
    "Shift",
    "SignUp",
    "Skill",
    "Tariff",
    "Team",
    "Thanks",
    "Volunteer",
    "Wish",
    "WishCheck",
    "WishPerson",
]
