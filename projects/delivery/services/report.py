"""Reports and evidence from the site; problems found there and their answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.files.base import File
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from communities.accounts.models import User
from communities.roles.queries import holders
from communities.roles.rules import Role
from portal import holidays, log, notices
from portal.refusals import gettext_noop as _
from portal.refusals import insist
from portal.workdays import deadline_after
from projects.delivery import rules
from projects.delivery.models import Evidence, ProblemReport, ProgressReport
from projects.delivery.services.plan import insist_on
from projects.funding.models import Project
from projects.funding.queries import locked_project, rules_of
from projects.permissions import Party
from projects.proposals.queries import audience_of

MOST_FILES = 9


@transaction.atomic
def report_progress(
    *,
    project_id: int,
    by: User,
    percent: int,
    text: str,
    now: datetime,
    kind: str = rules.EvidenceKind.DURING,
    files: Sequence[File] = (),
    caption: str = "",
) -> ProgressReport:
    """One report with its photos; time and uploader are kept with each."""
    project = locked_project(project_id)
    insist_on("delivery.report_progress", by, project, now)
    last = project.reports.order_by("-at", "-pk").values_list("percent", flat=True).first()
    stopped = project.stops.filter(resumed_at=None).exists()
    insist(rules.objection_to_report(percent, last_percent=last or 0, stopped=stopped))
    insist(rules.objection_to_text(text))
    report = ProgressReport.objects.create(project=project, percent=percent, text=text, by=by, at=now)
    for file in list(files)[:MOST_FILES]:
        _keep(project, report, kind, file, caption, by, now)
    log.record("delivery.report_progress", by=by, about=report, now=now, percent=percent, files=len(files))
    notices.owe(
        audience_of(project.proposal) - {by.pk},
        kind="delivery.report",
        key=f"report-{report.pk}",
        text=_("“%(title)s”有新进展：已完成 %(percent)s%%。"),
        now=now,
        url=reverse("desk:proposal", args=[project.proposal.number]),
        title=project.title,
        percent=percent,
    )
    return report


@transaction.atomic
def add_evidence(*, project_id: int, by: User, kind: str, file: File, caption: str, now: datetime) -> Evidence:
    """A photo or sheet without a report: before the work, a sign-in sheet, a list of materials."""
    project = locked_project(project_id)
    insist_on("delivery.report_progress", by, project, now)
    kept = _keep(project, None, kind, file, caption, by, now)
    log.record("delivery.add_evidence", by=by, about=kept, now=now, kind=kind)
    return kept


def _keep(
    project: Project, report: ProgressReport | None, kind: str, file: File, caption: str, by: User, now: datetime
) -> Evidence:
    words = caption or f"{project.title} {rules.EVIDENCE[rules.EvidenceKind(kind)]}"
    return Evidence.objects.create(
        project=project,
        report=report,
        kind=kind,
        file=file,
        caption=words[:80],
        is_photo=getattr(file, "is_photo", False),
        by=by,
        at=now,
    )


@transaction.atomic
def report_problem(*, project_id: int, by: User, aspect: str, text: str, now: datetime) -> ProblemReport:
    """A resident says that something is wrong; the number and the day of the answer are promised at once."""
    return _record_problem(project_id, by, ProblemReport.Source.RESIDENT, aspect, text, now)


@transaction.atomic
def raise_concern(*, project_id: int, by: User, aspect: str, text: str, now: datetime) -> ProblemReport:
    """A supervisor's finding; the office answers it."""
    return _record_problem(project_id, by, ProblemReport.Source.SUPERVISOR, aspect, text, now)


@transaction.atomic
def answer_problem(*, problem_id: int, by: User, answer: str, now: datetime) -> ProblemReport:
    """Answer once, in public; the person who reported it is told."""
    project = locked_project(ProblemReport.objects.values_list("project_id", flat=True).get(pk=problem_id))
    parties = insist_on("delivery.answer_problem", by, project, now)
    problem = ProblemReport.objects.select_for_update().get(pk=problem_id)
    insist(
        rules.objection_to_answer(
            same_person=problem.by_id == by.pk,
            answered=problem.answered_at is not None,
            reported_by_supervisor=problem.source == ProblemReport.Source.SUPERVISOR,
            by_provider=not parties & {Party.WORKER, Party.STREET},
        )
    )
    insist(rules.objection_to_text(answer, field="answer"))
    problem.answer, problem.answered_by, problem.answered_at = answer, by, now
    problem.save(update_fields=["answer", "answered_by", "answered_at"])
    log.record("delivery.answer_problem", by=by, about=problem, now=now)
    notices.owe(
        [problem.by_id],
        kind="delivery.answered",
        key=f"problem-{problem.pk}-answered",
        text=_("您反映的问题（%(number)s）已有答复：%(answer)s"),
        now=now,
        url=reverse("desk:proposal", args=[project.proposal.number]),
        number=problem.number,
        answer=answer[:200],
    )
    return problem


def _record_problem(project_id: int, by: User, source: str, aspect: str, text: str, now: datetime) -> ProblemReport:
    project = locked_project(project_id)
    action = "delivery.raise_concern" if source == ProblemReport.Source.SUPERVISOR else "delivery.report_problem"
    insist_on(action, by, project, now)
    insist(rules.objection_to_text(text))
    settings, today = rules_of(project), timezone.localdate(now)
    due = deadline_after(today, settings["problem_days"], settings["problem_unit"], holidays.calendar())
    problem = ProblemReport.objects.create(
        project=project, source=source, aspect=aspect, text=text, by=by, at=now, answer_by=due.on
    )
    problem.number = f"WT-{today.year}-{problem.pk:06d}"
    problem.save(update_fields=["number"])
    log.record(action, by=by, about=problem, now=now, aspect=aspect)
    answering = set(holders(Role.COMMUNITY_WORKER, project.community, today).values_list("pk", flat=True))
    if source == ProblemReport.Source.RESIDENT:
        answering |= set(project.contracts.values_list("responsible_id", flat=True))
    notices.owe(
        answering - {by.pk},
        kind="delivery.problem",
        key=f"problem-{problem.pk}",
        text=_("“%(title)s”收到一条问题反映（%(number)s），请在 %(due)s 前答复。"),
        now=now,
        url=reverse("delivery:project", args=[project.proposal.number]),
        title=project.title,
        number=problem.number,
        due=due.on,
    )
    return problem
