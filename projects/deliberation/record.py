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


def record_of(council: Council, day: date) -> Record:
    """Closed meetings only; a vote that is still running says nothing. Four queries."""
    closed = Meeting.objects.filter(council=council).exclude(closed_at=None)
    whole = closed.aggregate(count=Count("pk"), since=Min("starts_at"))
    outcome = Count("pk", filter=Q(outcome=Resolution.Outcome.PASSED)), Count("pk", filter=Q(outcome=Resolution.Outcome.REFUSED))
    told = Resolution.objects.filter(item__meeting__in=closed).aggregate(passed=outcome[0], refused=outcome[1], all=Count("pk"))
    newest = closed.annotate(
        passed=Count("items__resolution", filter=Q(items__resolution__outcome=Resolution.Outcome.PASSED)),
        refused=Count("items__resolution", filter=Q(items__resolution__outcome=Resolution.Outcome.REFUSED)),
    ).order_by("-starts_at", "-pk")
    absent = Attendance.objects.filter(meeting__in=closed, state=Attendance.State.ABSENT, meeting__starts_at__year=day.year)
    return Record(
        since=whole["since"].date() if whole["since"] else None,
        meetings=whole["count"],
        passed=told["passed"],
        refused=told["refused"],
        deferred=told["all"] - told["passed"] - told["refused"],
        newest=[
            {"url": reverse("deliberation:meeting", args=[row.number]), "at": row.starts_at, "place": row.place,
             "passed": row.passed, "refused": row.refused}
            for row in newest[:NEWEST]
        ],
        unexcused=dict(absent.order_by().values_list("seat").annotate(count=Count("pk"))),
    )
