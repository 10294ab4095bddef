"""The delivery board: every project with its progress, flags, next step and money, in one query."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from portal import clock
from projects.delivery import rules
from projects.delivery.models import Finish, Milestone, ProgressReport, Stop
from projects.funding.models import Contract, LedgerEntry, Posting, Project
from projects.funding.queries import rules_of
from projects.pipeline import DONE

BOARD_STAGES = ("funding", "delivery", "acceptance", "evaluation", DONE)


@dataclass(frozen=True, slots=True)
class Filters:
    """What a visitor may ask the board for. `flag`: a key of rules.Flag; `path`: below a division."""

    path: str = ""
    stage: str = ""
    flag: str = ""
    category: str = ""
    year: int | None = None
    search: str = ""


EVERYTHING = Filters()


@dataclass(frozen=True, slots=True)
class BoardRow:
    project: Project
    percent: int
    last_report_at: datetime | None
    next_title: str
    next_due: date | None
    flags: tuple[rules.Flag, ...]
    paid: int
    stop_reason: str

    @property
    def flag_words(self) -> tuple[str, ...]:
        return tuple(rules.FLAGS[flag] for flag in self.flags)


def board(filters: Filters = EVERYTHING, *, today: date | None = None) -> list[BoardRow]:
    """Every project that matches, the gravest flags first. One query, whatever the number of rows."""
    today = today or clock.today()
    rows = [_row(project, today) for project in _annotated(_matching(filters))]
    if filters.flag:
        rows = [row for row in rows if filters.flag in row.flags]
    order = list(rules.Flag)
    return sorted(rows, key=lambda row: min((order.index(flag) for flag in row.flags), default=len(order)))


def _matching(filters: Filters) -> QuerySet[Project]:
    found = Project.objects.all()
    if filters.path:
        found = found.filter(community__path__startswith=filters.path)
    if filters.stage in BOARD_STAGES:
        found = found.filter(stage=filters.stage)
    if filters.category:
        found = found.filter(category=filters.category)
    if filters.year:
        found = found.filter(approved_at__year=filters.year)
    if filters.search:
        found = found.filter(Q(title__icontains=filters.search) | Q(proposal__number__iexact=filters.search))
    return found


def _annotated(found: QuerySet[Project]) -> QuerySet[Project]:
    reports = ProgressReport.objects.filter(project=OuterRef("pk"))
    last = reports.order_by("-at", "-pk")
    steps = Milestone.objects.filter(project=OuterRef("pk"), done_on=None).order_by("due_on", "pk")
    stops = Stop.objects.filter(project=OuterRef("pk"), resumed_at=None)
    ends = Finish.objects.filter(project=OuterRef("pk"), at__gte=OuterRef("stage_since"))
    contracts = Contract.objects.filter(project=OuterRef("pk"), starts_by__isnull=False).order_by("starts_by")
    paid = (
        LedgerEntry.objects.filter(
            posting__project=OuterRef("pk"), posting__kind=Posting.Kind.PAY, side=LedgerEntry.Side.CREDIT
        )
        .order_by()
        .values("posting__project")
        .annotate(sum=Sum("amount"))
        .values("sum")
    )
    return (
        found.select_related("proposal", "community", "round")
        .annotate(
            percent=Coalesce(Subquery(last.values("percent")[:1]), 0, output_field=IntegerField()),
            last_at=Subquery(last.values("at")[:1]),
            first_at=Subquery(reports.order_by("at", "pk").values("at")[:1]),
            next_title=Subquery(steps.values("title")[:1]),
            next_due=Subquery(steps.values("due_on")[:1]),
            stop_reason=Subquery(stops.values("reason")[:1]),
            over=Exists(ends),
            starts_by=Subquery(contracts.values("starts_by")[:1]),
            paid=Coalesce(Subquery(paid), 0),
        )
        .order_by("-stage_since", "pk")
    )


def _row(project: Project, today: date) -> BoardRow:
    settings = rules_of(project)
    known = rules.Progress(
        entered_on=timezone.localdate(project.stage_since if project.stage == "delivery" else project.approved_at),
        starts_by=project.starts_by,
        first_report_on=timezone.localdate(project.first_at) if project.first_at else None,
        last_report_on=timezone.localdate(project.last_at) if project.last_at else None,
        open_due=(project.next_due,) if project.next_due else (),
        stopped=project.stop_reason is not None,
        finished=project.over or project.stage not in ("funding", "delivery"),
    )
    return BoardRow(
        project=project,
        percent=project.percent,
        last_report_at=project.last_at,
        next_title=project.next_title or "",
        next_due=project.next_due,
        flags=rules.flags(
            known,
            today=today,
            start_within=settings["start_within_days"],
            stalled_after=settings["stalled_after_days"],
        ),
        paid=project.paid,
        stop_reason=project.stop_reason or "",
    )


def tiles(rows: Iterable[BoardRow]) -> dict[str, int]:
    """How many rows stand at each stage, and how many carry each flag."""
    counted = dict.fromkeys([*BOARD_STAGES, *rules.Flag], 0)
    for row in rows:
        counted[row.project.stage] += 1
        for flag in row.flags:
            counted[flag] += 1
    return {str(key): value for key, value in counted.items()}
