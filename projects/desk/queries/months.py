"""What was planned and what happened, month by month in one year: the S-curve and the table beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import ExtractMonth

from communities.divisions.models import Division
from portal.refusals import gettext_noop as _
from projects.delivery.models import Milestone, ProgressReport
from projects.desk.queries.below import Below, below_of
from projects.evaluation.models import Rating
from projects.funding.models import Contract, Payment
from projects.models import StageMove

MONTHS = tuple(range(1, 13))
CONTENT = 4  # a score of four or five of five says: satisfied
# what may be followed: key -> (title, definition, money)
TRACKS = {
    "done": (
        _("完成"),
        _("计划：按现行计划最后一个节点在当月到期的项目数。实际：当月验收合格的项目数。"),
        False,
    ),
    "started": (
        _("开工"),
        _("计划：合同约定最迟当月开工的项目数。实际：当月第一次上报进度的项目数。"),
        False,
    ),
    "paid": (
        _("支付"),
        _("计划：当月到期的计划节点写明的用款。实际：当月经两人批准的付款。"),
        True,
    ),
}


@dataclass(frozen=True, slots=True)
class Month:
    """One month of a year; `plan` and `fact` by track. Months to come have a plan and no fact."""

    number: int
    plan: dict[str, int]
    fact: dict[str, int]
    rated: int = 0
    content: int = 0
    over: bool = True


def months_of(place: Division, year: int, *, today: date, below: Below | None = None) -> list[Month]:
    """Twelve months. Six queries, each bounded by the year."""
    inside = (below or below_of(place)).inside
    steps = Milestone.objects.filter(mends=False, due_on__year=year, **inside("project__"))
    later = Milestone.objects.filter(project=OuterRef("project"), mends=False, due_on__gt=OuterRef("due_on"))
    steps = steps.annotate(month=ExtractMonth("due_on"), is_last=~Exists(later)).values_list("month").order_by()
    starts = Contract.objects.filter(starts_by__year=year, **inside("project__")).annotate(month=ExtractMonth("starts_by"))
    paid = Payment.objects.filter(
        state=Payment.State.RELEASED, decided_at__year=year, **inside("contract__project__")
    ).annotate(month=ExtractMonth("decided_at"))
    moves = StageMove.objects.filter(entered="evaluation", project__isnull=False, at__year=year, **inside("project__"))
    scores = Rating.objects.filter(at__year=year, **inside("project__")).annotate(month=ExtractMonth("at"))
    due = list(steps.annotate(n=Count("project", distinct=True, filter=Q(is_last=True)), s=Sum("planned_amount", default=0)))
    plan = {
        "done": {month: number for month, number, _fen in due},
        "started": _counts(starts, "project"),
        "paid": {month: fen for month, _number, fen in due},
    }
    fact = {
        "done": _counts(moves.annotate(month=ExtractMonth("at")), "project"),
        "started": _first_reports(year, **inside("project__")),
        "paid": dict(paid.values_list("month").annotate(s=Sum("amount")).order_by()),
    }
    rated = {
        row[0]: row[1:]
        for row in scores.values_list("month").annotate(n=Count("pk"), c=Count("pk", filter=Q(score__gte=CONTENT))).order_by()
    }
    return [
        Month(
            number=number,
            plan={key: plan[key].get(number, 0) for key in TRACKS},
            fact={key: fact[key].get(number, 0) for key in TRACKS},
            rated=rated.get(number, (0, 0))[0],
            content=rated.get(number, (0, 0))[1],
            over=(year, number) <= (today.year, today.month),
        )
        for number in MONTHS
    ]


def curve_of(months: Iterable[Month], track: str) -> tuple[list[int], list[int]]:
    """Cumulated plan of the whole year, and cumulated fact of the months that have begun."""
    plan, fact = [], []
    for month in months:
        plan.append((plan[-1] if plan else 0) + month.plan[track])
        if month.over:
            fact.append((fact[-1] if fact else 0) + month.fact[track])
    return plan, fact


def _counts(rows: QuerySet, what: str) -> dict[int, int]:
    return dict(rows.values_list("month").annotate(n=Count(what, distinct=True)).order_by())


def _first_reports(year: int, **inside: Any) -> dict[int, int]:
    earlier = ProgressReport.objects.filter(project=OuterRef("project"), at__lt=OuterRef("at"))
    first = ProgressReport.objects.filter(at__year=year, **inside).filter(~Exists(earlier))
    return _counts(first.annotate(month=ExtractMonth("at")), "project")
