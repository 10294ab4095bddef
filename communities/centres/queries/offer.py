"""What a centre offers."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from communities.centres.models import Service, ServiceCentre
from communities.centres.rules import CATEGORIES
from portal import clock


def offered() -> QuerySet[Service]:
    """Services that are offered today at centres of living communities."""
    today = clock.today()
    rows = Service.objects.filter(Q(ended_on=None) | Q(ended_on__gt=today), centre__community__abolished_on=None)
    return rows.select_related("centre__community__parent__parent")


def services_of(centre: ServiceCentre) -> list[tuple[str, list[Service]]]:
    """The centre's services by category, in the order of the categories."""
    groups: dict[str, list[Service]] = {key: [] for key in CATEGORIES}
    for row in offered().filter(centre=centre).order_by("catalogue", "pk")[:300]:
        groups[row.category].append(row)
    return [(CATEGORIES[key], rows) for key, rows in groups.items() if rows]


def service_with(key: int) -> Service | None:
    return offered().filter(pk=key).first()
