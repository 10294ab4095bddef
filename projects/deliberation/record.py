"""What the council's public page says of its meetings and decisions."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Min, Q
from django.urls import reverse

from communities.councils.models import Council
from communities.councils.records import Record, tells
from projects.deliberation.models import Attendance, Meeting, Resolution

NEWEST = 5


def register() -> None:
    tells(record_of)


def record_of(council: Council, day: date, absences: bool) -> Record:
    """Closed meetings only; a vote that is still running says nothing. Two queries, and one for the absences."""
    closed = Meeting.objects.filter(council=council).exclude(closed_at=None)
    outcome = {key: Q(items__resolution__outcome=key) for key in (Resolution.Outcome.PASSED, Resolution.Outcome.REFUSED)}
    counts = {str(key): Count("items__resolution", filter=fits) for key, fits in outcome.items()}
    told = closed.aggregate(count=Count("pk", distinct=True), since=Min("starts_at"), all=Count("items__resolution"), **counts)
    newest = closed.annotate(**counts).order_by("-starts_at", "-pk")
    absent = Attendance.objects.filter(meeting__in=closed, state=Attendance.State.ABSENT, meeting__starts_at__year=day.year)
    return Record(
        since=told["since"].date() if told["since"] else None,
        meetings=told["count"],
        passed=told["passed"],
        refused=told["refused"],
        deferred=told["all"] - told["passed"] - told["refused"],
        newest=[
            {"url": reverse("deliberation:meeting", args=[row.number]), "at": row.starts_at, "place": row.place,
             "passed": row.passed, "refused": row.refused}
            for row in newest[:NEWEST]
        ],
        unexcused=dict(absent.order_by().values_list("seat").annotate(count=Count("pk"))) if absences else {},
    )
