"""Everything that changes a call, its places, or who was there."""

from volunteers.activities.services.calls import add_shift, cancel_call, make_call, publish_call, write_report
from volunteers.activities.services.door import (
    check_by_code,
    check_in,
    check_out,
    confirm_list,
    mark_on_list,
)
from volunteers.activities.services.places import (
    give_up,
    offer_swap,
    release_place,
    release_volunteer,
    sign_up,
    take_over,
    withdraw_swap,
)
from volunteers.activities.services.tell import invite, remind_due

__all__ = [
    "add_shift",
    "cancel_call",
    "check_by_code",
    "check_in",
    "check_out",
    "confirm_list",
    "give_up",
    "invite",
    "make_call",
    "mark_on_list",
    "offer_swap",
    "publish_call",
    "release_place",
    "release_volunteer",
    "remind_due",
    "sign_up",
    "take_over",
    "withdraw_swap",
    "write_report",
]
