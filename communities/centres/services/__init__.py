"""Writes of the service centres, by operation."""

from communities.centres.services.offer import add_service, change_service, end_service, pick_services
from communities.centres.services.place import (
    change_centre,
    drop_special_hours,
    keep_room,
    set_hours,
    set_special_hours,
)

__all__ = [
    "add_service",
    "change_centre",
    "change_service",
    "drop_special_hours",
    "end_service",
    "keep_room",
    "pick_services",
    "set_hours",
    "set_special_hours",
]
