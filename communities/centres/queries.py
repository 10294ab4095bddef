"""Service centres, by community."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from communities.centres.models import ServiceCentre
from communities.divisions.models import Division


def centres_of(community: Division) -> QuerySet[ServiceCentre]:
    return ServiceCentre.objects.filter(community=community).select_related("community").order_by("pk")


def all_centres() -> QuerySet[ServiceCentre]:
    """Every centre of a living community, by place."""
    return (
        ServiceCentre.objects.filter(community__abolished_on=None)
        .select_related("community__parent__parent")
        .order_by("community__path", "pk")
    )


def found_centres(text: str) -> QuerySet[ServiceCentre]:
    """Centres whose name, address or community fits what was typed."""
    typed = text.strip()[:40]
    if not typed or not typed.isprintable():
        return all_centres()
    return all_centres().filter(
        Q(name__contains=typed)
        | Q(address__contains=typed)
        | Q(community__name__contains=typed)
        | Q(community__parent__name__contains=typed)
        | Q(community__initials__startswith=typed.lower())
    )
