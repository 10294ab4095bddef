"""Rows of the service centres: the place and its hours, what it offers, who takes part."""

from communities.centres.models.activities import (
    Activity,
    Attendance,
    CalendarAddress,
    Enrolment,
    RoomUse,
    Session,
)
from communities.centres.models.lists import ListDraft, ListEntry
from communities.centres.models.offer import Service
from communities.centres.models.places import OpeningHours, Room, ServiceCentre, SpecialHours

__all__ = [
    "Activity",
    "Attendance",
    "CalendarAddress",
    "Enrolment",
    "ListDraft",
    "ListEntry",
    "OpeningHours",
    "Room",
    "RoomUse",
    "Service",
    "ServiceCentre",
    "Session",
    "SpecialHours",
]
