"""The programme's own kind of table: declared, approved, completed, under way, not started; budget, paid, payment rate.

One pass counts every line by child division and type at once; lines are then added up by type, by child and in all, so that the
three tables on a page can never disagree. Four queries, whatever the place.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db.models import Aggregate, Count, Min, OuterRef, Q, QuerySet, Sum
from django.utils import timezone

from communities.divisions.models import Division
from portal.refusals import gettext_noop as _
from projects.delivery.models import ProgressReport, Stop
from projects.delivery.queries import marked, there_is
from projects.desk.queries.below import Below, below_of
from projects.models import Project, Proposal
from projects.pipeline import DONE
from projects.proposals.models import Category, Origin
from projects.proposals.standings import Standing

HEARD = (
    Standing.REFUSED,
    Standing.SHORTLISTED,
    Standing.CHOSEN,
    Standing.NOT_CHOSEN,
    Standing.STRUCK,
    Standing.APPROVED,
    Standing.DECLINED,
)
BUILT = ("evaluation", DONE)
OVERDUE = ("not_started", "stalled", "late")
OPEN = ("funding", "delivery", "acceptance", "evaluation")
# state of a project in the table: key -> (office's term, definition)
STATES = {
    "done": (_("已完成"), _("验收合格，正在评价或已经办结。")),
    "going": (_("在建"), _("已开工（至少报过一次进度），还没有验收合格。")),
    "waiting": (_("未开工"), _("已批准，还没有报过进度。")),
    "ended": (_("已终止"), _("开工前后因故不再实施，原因已公开。")),
}


@dataclass(frozen=True, slots=True)
class Line:
    """Counts and sums in fen (分). `declared`: proposals lodged; `projects`: approved.

    Of the proposals: residents' own, heard by the council, refused by it.
    """

    declared: int = 0
    projects: int = 0
    done: int = 0
    going: int = 0
    waiting: int = 0
    ended: int = 0
    overdue: int = 0
    stopped: int = 0
    budget: int = 0
    paid: int = 0
    residents: int = 0
    heard: int = 0
    refused: int = 0

    def __add__(self, other: Line) -> Line:
        return Line(*(getattr(self, row.name) + getattr(other, row.name) for row in fields(Line)))

    @property
    def started(self) -> int:
        return self.done + self.going


@dataclass(frozen=True, slots=True)
class Programme:
    """Every line of a place: by type, by child division, by both, and in all."""

    place: Division
    children: tuple[Division, ...]
    cells: dict[tuple[int, str, str], Line]
    first_year: int | None = None

    @property
    def whole(self) -> Line:
        return _sum(self.cells.values())

    def by_category(self) -> list[tuple[str, str, Line]]:
        return [(key.value, str(key.label), self.of_category(key.value)) for key in Category]

    def by_child(self) -> list[tuple[Division, Line]]:
        return [(child, self._of(lambda cell, child=child: cell[0] == child.pk)) for child in self.children]

    def at(self, child: Division, category: str) -> Line:
        return self._of(lambda cell: cell[:2] == (child.pk, category))

    def of_category(self, category: str) -> Line:
        return self._of(lambda cell: cell[1] == category)

    def of_class(self, content_class: str) -> Line:
        return self._of(lambda cell: cell[2] == content_class)

    def _of(self, fits: Callable[[tuple[int, str, str]], bool]) -> Line:
        return _sum(line for cell, line in self.cells.items() if fits(cell))


def _sum(lines: Iterable[Line]) -> Line:
    return sum(lines, start=Line())


def projects_below(place: Division, below: Below | None = None) -> QuerySet[Project]:
    return Project.objects.filter(**(below or below_of(place)).inside())


def in_state(found: QuerySet[Project], state: str) -> QuerySet[Project]:
    """Those that stand in one state of the table. Errors: KeyError for a word that is none."""
    return found.filter(_states()[state])


def _states() -> dict[str, Q]:
    reported = there_is(ProgressReport.objects.filter(project=OuterRef("pk")))
    given_up = there_is(Stop.objects.filter(project=OuterRef("pk"), ended_at__isnull=False))
    built, still = Q(stage__in=BUILT), Q(stage__in=("funding", "delivery"))
    return {
        "done": built,
        "going": (Q(stage="acceptance") | (still & reported)) & ~given_up,
        "waiting": still & ~reported & ~given_up,
        "ended": ~built & given_up,
    }


def programme_of(place: Division, *, today: date, below: Below | None = None) -> Programme:
    """Counted once for the whole page. What has not ended is looked at one by one, what has ended is only counted."""
    below = below or below_of(place)
    found: dict[tuple[int, str, str], Counter] = defaultdict(Counter)
    begun: list[datetime] = []

    def add(rows: QuerySet, **sums: Aggregate) -> None:
        rows = rows.values_list("community", "category", "content_class").annotate(**sums).order_by()
        for community, kind, content_class, *held in rows:
            told = dict(zip(sums, held, strict=True))
            begun.extend([told.pop("first")] if "first" in told else [])
            found[below.child_of[community], kind, content_class].update(told)

    approved = Project.objects.filter(**below.inside())
    built = Count("pk", filter=Q(stage__in=BUILT))
    add(approved, first=Min("approved_at"), projects=Count("pk"), done=built, budget=Sum("budget"), paid=Sum("paid"))
    late = Q(flag_not_started=True) | Q(flag_stalled=True) | Q(flag_late=True)
    states = {key: Count("pk", filter=fits) for key, fits in _states().items() if key != "done"}
    stopped = Count("pk", filter=Q(flag_stopped=True))
    add(marked(approved.filter(stage__in=OPEN), today=today), overdue=Count("pk", filter=late), stopped=stopped, **states)
    own, heard = Q(origin=Origin.RESIDENT), Q(standing__in=HEARD)
    add(
        Proposal.objects.filter(**below.inside()).exclude(standing=Standing.DRAFT),
        declared=Count("pk"), residents=Count("pk", filter=own), heard=Count("pk", filter=heard),
        refused=Count("pk", filter=Q(standing=Standing.REFUSED)),
    )  # fmt: skip
    cells = {key: Line(**held) for key, held in found.items()}
    first = timezone.localdate(min(begun)).year if begun else None
    return Programme(place, tuple(below.listed({key[0] for key in cells})), cells, first)
