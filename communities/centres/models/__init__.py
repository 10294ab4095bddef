"""Rows of the service centres: the place and its hours, what it offers."""

from communities.centres.models.places import OpeningHours, Room, ServiceCentre, SpecialHours
from communities.centres.models.services import Service

__all__ = ["OpeningHours", "Room", "Service", "ServiceCentre", "SpecialHours"]
