"""Where a volunteer can ask in person."""

from __future__ import annotations

from django.db.models import QuerySet

from communities.centres.models import ServiceCentre


def centres() -> QuerySet[ServiceCentre]:
    """Service centres with their communities, by street and community; at most 60 for one page."""
    rows = ServiceCentre.objects.filter(community__abolished_on=None).select_related("community__parent")
    return rows.order_by("community__parent__code", "community__code")[:60]
