"""The delivery board: projects with their progress, flags, next step and money. The database decides what is late.

`marked` puts the flags of `rules.flags` on projects as columns, so that a filter, a count over a whole district and a page of
twenty-four rows each stay one query, however many projects there are. A test keeps both answers the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import (
    BooleanField,
    Case,
    Count,
    DateTimeField,
    DurationField,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce
from django.db.models.lookups import IsNull
from django.utils import timezone

from portal import clock
from projects.delivery import rules
from projects.delivery.models import Finish, Milestone, ProgressReport, Stop
from projects.funding.models import Contract, Project
from projects.pipeline import DONE
from projects.rounds.rules import DEFAULTS

BOARD_STAGES = ("funding", "delivery", "acceptance", "evaluation", DONE)
OPEN_STAGES = ("funding", "delivery")
RUNNING_STAGES = BOARD_STAGES[:-1]
GRAVEST = tuple(rules.Flag)


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
    """Every project that matches, the gravest flags first. Two queries, whatever the number of rows."""
    return board_rows(matching(filters, today=today or clock.today()))


def matching(filters: Filters, *, today: date) -> QuerySet[Project]:
    """Projects that match, with their flags, the gravest first and then the newest."""
    found = marked(_asked(filters), today=today)
    if filters.flag in list(rules.Flag):
        found = flagged(found, rules.Flag(filters.flag))
    rank = Case(
        *[When(**{f"flag_{flag}": True}, then=Value(place)) for place, flag in enumerate(GRAVEST)],
        default=Value(len(GRAVEST)),
        output_field=IntegerField(),
    )
    return found.annotate(rank=rank).select_related("proposal", "community", "round").order_by("rank", "-stage_since", "pk")


def flagged(found: QuerySet[Project], *flags: rules.Flag) -> QuerySet[Project]:
    """Those of the marked projects that carry one of these flags. What has no such flag by its stage is not asked for it."""
    stages = RUNNING_STAGES if rules.Flag.STOPPED in flags else OPEN_STAGES
    return found.filter(Q(*[(f"flag_{flag}", True) for flag in flags], _connector=Q.OR), stage__in=stages)


@dataclass(frozen=True, slots=True)
class Listed:
    """Marked projects for a paginator. The numbers of a page are found first, and only they are read whole: sorted with all
    that they carry, a hundred thousand rows do not fit into memory. `known`: how many there are, where that is counted already."""

    found: QuerySet[Project]
    known: int | None = None

    def count(self) -> int:
        return self.found.count() if self.known is None else self.known

    def __getitem__(self, part: slice) -> list[Project]:
        numbers = list(self.found.values_list("pk", flat=True)[part])
        return list(self.found.filter(pk__in=numbers))


def board_rows(found: Iterable[Project]) -> list[BoardRow]:
    """Rows of marked projects (a page of them) with progress, next step and money; one query more."""
    projects = list(found)
    known = _known([project.pk for project in projects])
    return [_row(project, known[project.pk]) for project in projects]


def counted(filters: Filters, *, today: date) -> dict[str, int]:
    """How many projects stand at each stage, and how many carry each flag; one query."""
    stages = {f"at_{stage}": Count("pk", filter=Q(stage=stage)) for stage in BOARD_STAGES}
    flags = {f"by_{flag}": Count("pk", filter=Q(**{f"flag_{flag}": True})) for flag in rules.Flag}
    sums = marked(_asked(filters), today=today).aggregate(**stages, **flags)
    return {key.partition("_")[2]: number for key, number in sums.items()}


def how_many(filters: Filters, counts: Mapping[str, int]) -> int:
    """How many projects match, from what `counted` said of the same filters."""
    if filters.flag in list(rules.Flag):
        return counts[filters.flag]
    return sum(counts[stage] for stage in BOARD_STAGES)


def marked(found: QuerySet[Project], *, today: date) -> QuerySet[Project]:
    """The projects with `flag_stopped`, `flag_not_started`, `flag_stalled`, `flag_late` as rules.flags would say on that day."""
    midnight = timezone.make_aware(datetime.combine(today, time.min))
    reports = ProgressReport.objects.filter(project=OuterRef("pk"))
    stops = Stop.objects.filter(project=OuterRef("pk"), resumed_at=None)
    ends = Finish.objects.filter(project=OuterRef("pk"), at__gte=OuterRef("stage_since"))
    steps = Milestone.objects.filter(project=OuterRef("pk"), done_on=None, due_on__lt=today)
    overdue_start = Contract.objects.filter(project=OuterRef("pk"), starts_by__lt=today)
    entered = Case(When(stage="delivery", then=F("stage_since")), default=F("approved_at"))
    going = Q(stage__in=OPEN_STAGES)
    found = found.annotate(
        entered=entered, start_cut=_days_before(midnight, "start_within_days"),
        stall_cut=_days_before(midnight, "stalled_after_days"),
    )  # fmt: skip
    stopped, reported = there_is(stops), there_is(reports)
    active = going & ~stopped & ~there_is(ends)
    waits = ~reported & (Q(entered__lt=F("start_cut")) | there_is(overdue_start))
    return found.annotate(
        flag_stopped=_true_when(~Q(stage=DONE) & stopped),
        flag_not_started=_true_when(active & waits),
        flag_stalled=_true_when(active & reported & ~there_is(reports.filter(at__gte=OuterRef("stall_cut")))),
        flag_late=_true_when(active & there_is(steps)),
    )


def there_is(rows: QuerySet) -> Q:
    """Whether a project has such a row, looked up by the index for each project that is asked.

    EXISTS says the same, but lets the planner read the whole table into a hash first: every report ever made, to judge the few
    projects that are under way.
    """
    return Q(IsNull(Subquery(rows.order_by().values("pk")[:1]), False))


def _true_when(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def _days_before(midnight: datetime, setting: str) -> ExpressionWrapper:
    """Midnight less the days that the project's round allows; what its frozen rules do not say, the default does."""
    days = Coalesce(Cast(KeyTextTransform(setting, "round__rules"), IntegerField()), Value(int(DEFAULTS[setting])))
    gone = ExpressionWrapper(days * Value(timedelta(days=1), DurationField()), output_field=DurationField())
    return ExpressionWrapper(Value(midnight, DateTimeField()) - gone, output_field=DateTimeField())


def _asked(filters: Filters) -> QuerySet[Project]:
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


def _known(numbers: list[int]) -> dict[int, Project]:
    """What a card says beside the flags, for these projects only."""
    last = ProgressReport.objects.filter(project=OuterRef("pk")).order_by("-at", "-pk")
    steps = Milestone.objects.filter(project=OuterRef("pk"), done_on=None).order_by("due_on", "pk")
    stops = Stop.objects.filter(project=OuterRef("pk"), resumed_at=None)
    found = Project.objects.filter(pk__in=numbers).annotate(
        percent=Coalesce(Subquery(last.values("percent")[:1]), 0, output_field=IntegerField()),
        last_at=Subquery(last.values("at")[:1]),
        next_title=Subquery(steps.values("title")[:1]),
        next_due=Subquery(steps.values("due_on")[:1]),
        stop_reason=Subquery(stops.values("reason")[:1]),
    )
    return {project.pk: project for project in found} if numbers else {}


def _row(project: Project, known: Project) -> BoardRow:
    flags = tuple(flag for flag in GRAVEST if getattr(project, f"flag_{flag}"))
    return BoardRow(
        project=project,
        percent=known.percent,
        last_report_at=known.last_at,
        next_title=known.next_title or "",
        next_due=known.next_due,
        flags=flags,
        paid=project.paid,
        stop_reason=known.stop_reason or "",
    )


def tiles(rows: Iterable[BoardRow]) -> dict[str, int]:
    """How many rows stand at each stage, and how many carry each flag."""
    counts = dict.fromkeys([*BOARD_STAGES, *rules.Flag], 0)
    for row in rows:
        counts[row.project.stage] += 1
        for flag in row.flags:
            counts[flag] += 1
    return {str(key): value for key, value in counts.items()}
