"""Reads of the service centres, by what is asked about."""

from communities.centres.queries.offer import (
    offered,
    pickable,
    service_with,
    services_of,
)
from communities.centres.queries.places import (
    all_centres,
    calendar_of_centre,
    centre_kept_by,
    centre_with,
    centres_kept_by,
    centres_of,
    found_centres,
    hours_of,
    room_with,
    rooms_of,
)

__all__ = [
    "all_centres",
    "calendar_of_centre",
    "centre_kept_by",
    "centre_with",
    "centres_kept_by",
    "centres_of",
    "found_centres",
    "hours_of",
    "offered",
    "pickable",
    "room_with",
    "rooms_of",
    "service_with",
    "services_of",
]
