"""What the room tells the desk: what awaits whom, what happened, what a visitor can do."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.accounts.models import User
from communities.roles.queries import within
from communities.roles.rules import Role
from portal.masking import mask_name, mask_numbers
from projects import permissions
from projects.delivery import rules
from projects.delivery.models import Evidence, ProblemReport
from projects.delivery.queries.progress import MOST_ON_A_PAGE, mine, progress_of, unanswered_in
from projects.funding.models import Project
from projects.items import Chapter, Offer, Task, Traces
from projects.permissions import Party
from projects.proposals.models import Proposal

OFFICE = frozenset({Role.COMMUNITY_WORKER, Role.STREET_OFFICER})
MOST_TASKS = 50
MONTH = timedelta(days=30)  # reports are monthly


def awaiting(person: User, *, today: date) -> list[Task]:
    """Problems to answer, reports due, plans to make, finished work to bring to acceptance."""
    here = Project.objects.filter(within(person, OFFICE, today, "community"))
    tasks = [
        _task(row.project, _("答复%(number)s号问题") % {"number": row.number}, due_on=row.answer_by, since=row.at)
        for row in unanswered_in(here)[:MOST_TASKS]
        if row.by_id != person.pk
    ]
    active = mine(person).filter(stage="delivery")[:20]
    for project in active:
        tasks += _own_tasks(project, today)
    return tasks


def _own_tasks(project: Project, today: date) -> list[Task]:
    """What a provider owes now in one project."""
    known = progress_of(project, today=today)
    if known.finished or known.stop:
        return []
    if not known.milestones:
        return [_task(project, _("填写实施计划"))]
    last = timezone.localdate(known.last_report.at if known.last_report else project.stage_since)
    due = last + MONTH
    tasks = [_task(project, _("上报本月进度"), due_on=due)] if due - today <= timedelta(days=7) else []
    if all(step.done_on for step in known.milestones):
        tasks.append(_task(project, _("节点都完成了，可以申报完工")))
    return tasks


def traces(proposal: Proposal) -> Traces:
    project = getattr(proposal, "project", None)
    if project is None:
        return {}
    photos = Evidence.objects.filter(report__project=project, kind__in=rules.PUBLIC_EVIDENCE)
    return {
        "reports": project.reports.all()[:MOST_ON_A_PAGE],
        "photos": photos,
        "plan_changes": project.plan_changes.order_by("at")[:MOST_ON_A_PAGE],
        "stops": project.stops.order_by("stopped_at")[:MOST_ON_A_PAGE],
        "finishes": project.finishes.order_by("at")[:MOST_ON_A_PAGE],
        "problems": project.problems.select_related("by")[:MOST_ON_A_PAGE],
    }


def chapters(proposal: Proposal, kept: Traces | None = None) -> list[Chapter]:
    """Reports with photos, changes, stops, problems and their answers, and the word that it is done."""
    kept = kept or traces(proposal)
    if getattr(proposal, "project", None) is None:
        return []
    photos: dict[int | None, list[tuple[str, str]]] = {}
    for photo in kept["photos"]:
        photos.setdefault(photo.report_id, []).append(photo_pair(photo))
    told = [
        Chapter(
            at=report.at,
            stage="delivery",
            title=_("进度 %(percent)s%%") % {"percent": report.percent},
            text=mask_numbers(report.text),
            by=_("承接单位"),
            photos=tuple(photos.get(report.pk, ())),
        )
        for report in kept["reports"]
    ]
    for change in kept["plan_changes"]:
        words = _("“%(step)s”改到 %(day)s。") if change.becomes else _("取消“%(step)s”。")
        told.append(
            Chapter(
                at=change.at,
                stage="delivery",
                title=_("计划调整"),
                text=words % {"step": change.milestone, "day": change.becomes},
                reason=change.reason,
            )
        )
    for stop in kept["stops"]:
        told.append(
            Chapter(at=stop.stopped_at, stage="delivery", title=_("项目暂停"), reason=stop.reason, by=_("街道办事处"))
        )
        if stop.resumed_at:
            told.append(Chapter(at=stop.resumed_at, stage="delivery", title=_("恢复实施"), text=stop.resume_note))
    for end in kept["finishes"]:
        told.append(Chapter(at=end.at, stage="delivery", title=_("申报完工"), text=end.text, by=_("承接单位")))
    told += [chapter_of(problem) for problem in kept["problems"]]
    return sorted(told, key=lambda chapter: chapter.at)


def chapter_of(problem: ProblemReport) -> Chapter:
    """A problem with its answer; residents' names are masked, supervisors speak by office."""
    by = _("监督员") if problem.source == ProblemReport.Source.SUPERVISOR else mask_name(problem.by.name)
    return Chapter(
        at=problem.at,
        stage="delivery",
        title=_("%(kind)s（%(number)s）") % {"kind": problem.get_source_display(), "number": problem.number},
        text=mask_numbers(problem.text),
        by=by,
        reason=(_("答复：%(answer)s") % {"answer": mask_numbers(problem.answer)}) if problem.answer else "",
    )


def photo_pair(photo: Evidence) -> tuple[str, str]:
    return reverse("delivery:photo", args=[photo.pk]), photo.caption or photo.get_kind_display()


def offers(proposal: Proposal, *, person: User, parties: frozenset[Party], now: datetime) -> list[Offer]:
    """A resident reports a problem, a supervisor a concern, the provider opens her page."""
    project = getattr(proposal, "project", None)
    if project is None or project.stage == "funding":
        return []
    made = [_offer("delivery.report_problem", _("这里有问题，我要反映"), "delivery:report_problem", project, parties)]
    if Party.SUPERVISOR in parties:
        made.append(_offer("delivery.raise_concern", _("提出监督意见"), "delivery:raise_concern", project, parties))
    if Party.PROVIDER in parties and project.stage == "delivery":
        made.append(Offer(text=_("上报进度"), url=reverse("delivery:report", args=[proposal.number]), primary=True))
    return made


def _offer(action: str, text: str, url: str, project: Project, parties: frozenset[Party]) -> Offer:
    refusal = permissions.objection_to(action, roles=parties, stage=project.stage)
    why = _(refusal.text) % refusal.params if refusal else ""
    return Offer(text=text, url="" if refusal else reverse(url, args=[project.proposal.number]), why_not=why)


def _task(project: Project, text: str, *, due_on: date | None = None, since: datetime | None = None) -> Task:
    return Task(
        stage="delivery",
        title=project.title,
        text=text,
        url=reverse("delivery:project", args=[project.proposal.number]),
        due_on=due_on,
        community=project.community.name,
        since=since or project.stage_since,
    )
