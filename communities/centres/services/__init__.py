"""Writes of the service centres, by operation."""

from communities.centres.services.borrow import book_room, cancel_booking, mark_missed, renew_calendar
from communities.centres.services.lists import bring_list, change_of, take_list
from communities.centres.services.offer import add_service, change_service, end_service, pick_services
from communities.centres.services.place import (
    change_centre,
    drop_special_hours,
    keep_room,
    set_hours,
    set_special_hours,
)
from communities.centres.services.plan import (
    add_session,
    call_off,
    change_activity,
    drop_session,
    plan_activity,
    publish_activity,
)
from communities.centres.services.taking import check_in, leave, mark_attendance, sign_up

__all__ = [
    "add_service",
    "add_session",
    "book_room",
    "bring_list",
    "call_off",
    "cancel_booking",
    "change_activity",
    "change_centre",
    "change_of",
    "change_service",
    "check_in",
    "drop_session",
    "drop_special_hours",
    "end_service",
    "keep_room",
    "leave",
    "mark_attendance",
    "mark_missed",
    "pick_services",
    "plan_activity",
    "publish_activity",
    "renew_calendar",
    "set_hours",
    "set_special_hours",
    "sign_up",
    "take_list",
]
