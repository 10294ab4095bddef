"""Where a volunteer can ask in person, and what is done in a place, in sums."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from communities.centres.models import ServiceCentre
from communities.divisions.models import Division
from volunteers.models import Call, Presence, Team, Volunteer, Wish
from volunteers.timebank.queries import sums_below

SMALLEST = 5  # hours of fewer volunteers are not summed in public: of two, each would know the other's

def centres() -> QuerySet[ServiceCentre]:
    """Service centres with their communities, by street and community; at most 60 for one page."""
    rows = ServiceCentre.objects.filter(community__abolished_on=None).select_related("community__parent")
    return rows.order_by("community__parent__code", "community__code")[:60]


def city() -> Division | None:
    return Division.objects.filter(level=Division.Level.CITY).order_by("code").first()


def places_in(place: Division) -> QuerySet[Division]:
    """The districts, streets or communities right below, by their codes."""
    held = (Division.Level.DISTRICT, Division.Level.STREET, Division.Level.COMMUNITY)
    return Division.objects.filter(parent=place, level__in=held, abolished_on=None).order_by("code")[:60]


def sums_of(place: Division, now: datetime) -> dict[str, Any]:
    """Volunteers, teams, activities held, times served, wishes that came true and hours below a division. Sums only (G15)."""
    below = {"community__path__startswith": place.path}
    held = Call.objects.filter(published_at__isnull=False, cancelled_at=None, shifts__ends_at__lt=now, **below)
    served = Presence.objects.filter(
        hours_at__isnull=False, sign_up__shift__call__community__path__startswith=place.path
    )
    many = Volunteer.objects.active().filter(**below).count()
    return {
        "volunteers": many,
        "bank": sums_below(place) if many >= SMALLEST else None,
        "teams": Team.objects.filter(closed_on=None, **below).count(),
        "held": held.distinct().count(),
        "served": served.count(),
        "wishes": Wish.objects.filter(state="fulfilled", **below).count(),
    }
