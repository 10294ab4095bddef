"""Writes of the benefits: one operation per function, each one transaction."""

from volunteers.rewards.services.merchants import (
    appoint_person,
    end_appointment,
    publish_benefit,
    publish_offer,
    register_merchant,
    withdraw_offer,
)
from volunteers.rewards.services.redemptions import (
    cancel_redemption,
    confirm_redemption,
    lapse_redemptions,
    take_offer,
)

__all__ = [
    "appoint_person",
    "cancel_redemption",
    "confirm_redemption",
    "end_appointment",
    "lapse_redemptions",
    "publish_benefit",
    "publish_offer",
    "register_merchant",
    "take_offer",
    "withdraw_offer",
]
