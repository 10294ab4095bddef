"""What is known of deliveries: one project's progress, what awaits an answer, its public story."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import (
    Count,
    Exists,
    OuterRef,
    Q,
    QuerySet,
)
from django.utils import timezone

from communities.accounts.models import User
from portal import clock
from portal.refusals import Refusal
from portal.refusals import gettext_noop as _
from projects.delivery import rules
from projects.delivery.models import Evidence, Finish, Milestone, ProblemReport, ProgressReport, Stop
from projects.funding.models import Contract, Project
from projects.funding.queries import rules_of
from projects.permissions import Party
from projects.pipeline import DONE

PHOTO_KINDS = (rules.EvidenceKind.BEFORE, rules.EvidenceKind.DURING, rules.EvidenceKind.AFTER)
MOST_ON_A_PAGE = 200
SHEETS_FOR = frozenset({Party.PROVIDER, Party.WORKER, Party.STREET, Party.SUPERVISOR, Party.AUDITOR})


@dataclass(frozen=True, slots=True)
class ProgressView:
    """What a page says about one delivery."""

    project: Project
    percent: int
    flags: tuple[rules.Flag, ...]
    milestones: tuple[Milestone, ...]
    reports: tuple[ProgressReport, ...]
    stop: Stop | None
    finished: bool
    problems_open: int
    starts_by: date | None = None

    @property
    def last_report(self) -> ProgressReport | None:
        return self.reports[-1] if self.reports else None

    @property
    def next_milestone(self) -> Milestone | None:
        return next((step for step in self.milestones if step.done_on is None), None)

    @property
    def steps_done(self) -> int:
        return sum(step.done_on is not None for step in self.milestones)

    @property
    def flag_words(self) -> tuple[str, ...]:
        return tuple(rules.FLAGS[flag] for flag in self.flags)


def progress_of(project: Project, *, today: date | None = None) -> ProgressView:
    """Plan, reports with their photos, flags and stop of one project. Seven queries."""
    reports = tuple(project.reports.prefetch_related("evidence").order_by("at", "pk")[:MOST_ON_A_PAGE])
    milestones = tuple(project.milestones.order_by("due_on", "pk")[:MOST_ON_A_PAGE])
    stop = project.stops.filter(resumed_at=None).first()
    starts_by = project.contracts.order_by("starts_by").values_list("starts_by", flat=True).first()
    finished = is_finished(project)
    settings = rules_of(project)
    known = rules.Progress(
        entered_on=timezone.localdate(project.stage_since if project.stage == "delivery" else project.approved_at),
        starts_by=starts_by,
        first_report_on=timezone.localdate(reports[0].at) if reports else None,
        last_report_on=timezone.localdate(reports[-1].at) if reports else None,
        open_due=tuple(step.due_on for step in milestones if step.done_on is None),
        stopped=stop is not None,
        finished=finished or project.stage not in ("funding", "delivery"),
    )
    flags = rules.flags(
        known,
        today=today or clock.today(),
        start_within=settings["start_within_days"],
        stalled_after=settings["stalled_after_days"],
    )
    return ProgressView(
        project=project,
        percent=reports[-1].percent if reports else 0,
        flags=flags,
        milestones=milestones,
        reports=reports,
        stop=stop,
        finished=finished,
        problems_open=project.problems.filter(answered_at=None).count(),
        starts_by=starts_by,
    )


def is_finished(project: Project) -> bool:
    """Was it declared finished since it last came to delivery?"""
    return Finish.objects.filter(project=project, at__gte=project.stage_since).exists()


def after_photos(project: Project) -> int:
    return Evidence.objects.filter(project=project, kind=rules.EvidenceKind.AFTER, is_photo=True).count()


def public_photos(project: Project) -> QuerySet[Evidence]:
    """Photos that anybody may see, oldest first; sheets with names never are (P11)."""
    return Evidence.objects.filter(project=project, is_photo=True, kind__in=PHOTO_KINDS).order_by("at", "pk")


def is_public(evidence: Evidence) -> bool:
    return evidence.is_photo and evidence.kind in PHOTO_KINDS


def objection_to_sheet(parties: frozenset[Party]) -> Refusal | None:
    """Sign-in sheets and lists carry names: the provider, the office and the supervisors see them."""
    if parties & SHEETS_FOR:
        return None
    return Refusal("sheet_not_public", _("签到表和清单里有个人信息，不公开。"), status=403)


def mine(person: User) -> QuerySet[Project]:
    """我负责的项目: those in whose contracts the person answers or liaises; the active ones first."""
    contracts = Contract.objects.filter(Q(responsible=person) | Q(liaison=person), project=OuterRef("pk"))
    return (
        Project.objects.filter(Exists(contracts))
        .select_related("proposal", "community", "round")
        .annotate(over=Q(stage=DONE))
        .order_by("over", "-stage_since", "pk")
    )


def problems_of(project: Project) -> QuerySet[ProblemReport]:
    return project.problems.select_related("by", "answered_by").order_by("-at", "-pk")


def problem_counts(projects: Iterable[Project]) -> dict[int, int]:
    """Unanswered problems by project; one query."""
    rows = ProblemReport.objects.filter(project__in=list(projects), answered_at=None).values_list("project")
    return dict(rows.annotate(count=Count("pk")).order_by())


def unanswered_in(projects: QuerySet[Project]) -> QuerySet[ProblemReport]:
    return (
        ProblemReport.objects.filter(project__in=projects, answered_at=None)
        .select_related("project__proposal", "project__community")
        .order_by("answer_by", "pk")
    )
