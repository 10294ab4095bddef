"""Rows of the service centres: the place and its hours, what it offers."""

from communities.centres.models.offer import Service
from communities.centres.models.places import OpeningHours, Room, ServiceCentre, SpecialHours

__all__ = ["OpeningHours", "Room", "Service", "ServiceCentre", "SpecialHours"]
