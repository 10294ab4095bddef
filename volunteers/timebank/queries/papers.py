"""Tariffs and certificates."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from communities.divisions.models import Division
from volunteers.teams.models import Volunteer
from volunteers.timebank.models import Certificate, Tariff


def tariff_on(community: Division, day: date) -> Tariff | None:
    """The tariff that holds for a community on a day; None where none is published: hours count, points are not granted."""
    codes = community.path.split("/")
    return Tariff.objects.filter(district__code__in=codes, starts_on__lte=day).order_by("-starts_on").first()


def tariffs_of(district: Division) -> QuerySet[Tariff]:
    return Tariff.objects.filter(district=district).select_related("district").order_by("-starts_on")


def certificates_of(volunteer: Volunteer) -> QuerySet[Certificate]:
    return Certificate.objects.filter(volunteer=volunteer).order_by("-issued_at", "-pk")


def certificate_numbered(number: str) -> Certificate | None:
    rows = Certificate.objects.select_related("volunteer__person", "volunteer__community")
    return rows.filter(number=number).first()
