"""Scores with their base; what awaits whom; the public story."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

from django.db.models import Avg, Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.accounts.models import User
from communities.roles.queries import within
from communities.roles.rules import Role
from portal import clock, together
from projects import permissions
from projects.acceptance.models import Absence
from projects.evaluation import rules
from projects.evaluation.models import ProposerAbsence, Rating, RatingWindow, SupervisorRating
from projects.funding.models import Project
from projects.items import Chapter, Offer, Task, Traces
from projects.permissions import Party
from projects.proposals.models import Proposal, Support

MOST_TASKS = 50
MOST_TEXTS = 100
OFFICE = frozenset({Role.COMMUNITY_WORKER, Role.STREET_OFFICER})


def asked_people(project: Project) -> set[int]:
    """Whom the portal asks one by one: the proposer and the supporters. Support ended long before, so it stands still."""
    return {project.proposal.proposer_id, *_supporters(project)}


def _supporters(project: Project) -> QuerySet:
    return Support.objects.filter(proposal_id=project.proposal_id).values_list("person_id", flat=True)


def window_of(project: Project) -> RatingWindow | None:
    return getattr(project, "rating_window", None)


def satisfaction_of(project: Project, *, today: date | None = None) -> rules.Satisfaction | None:
    """The scores with both bases, None before the rating opened. Two queries."""
    window = window_of(project)
    if window is None:
        return None
    given, supporters = Rating.objects.filter(project=project).values_list("person_id", "score"), _supporters(project)
    together.read([given, supporters])
    asked = {project.proposal.proposer_id, *supporters}
    by_score = Counter(score for _person, score in given)
    return rules.Satisfaction(
        total=sum(score for _person, score in given),
        answers=len(given),
        content=sum(score >= rules.CONTENT_FROM for _person, score in given),
        asked=len(asked),
        answered=sum(person in asked for person, _score in given),
        residents=window.residents,
        closes_on=window.closes_on,
        closed=(today or clock.today()) > window.closes_on,
        by_score=tuple((score, by_score[score]) for score in range(rules.MOST, rules.LEAST - 1, -1)),
    )


def texts_of(project: Project) -> QuerySet[Rating]:
    """The open texts, newest first."""
    return Rating.objects.filter(project=project).exclude(text="").select_related("person").order_by("-at")[:MOST_TEXTS]


def supervisor_scores(project: Project) -> dict[str, object]:
    """Means of the four scores and how many supervisors gave them."""
    return SupervisorRating.objects.filter(project=project).aggregate(
        n=Count("pk"), content=Avg("content"), site=Avg("site"), budget=Avg("budget"), quality=Avg("quality")
    )


def rating_by(person: User, project: Project) -> Rating | None:
    return Rating.objects.filter(project=project, person=person).first() if person.is_authenticated else None


def proposer_heard(project: Project) -> bool:
    """She rated, or her absence stands: from the acceptance (co-signed) or recorded after the window."""
    return (
        Rating.objects.filter(project=project, person_id=project.proposal.proposer_id).exists()
        or ProposerAbsence.objects.filter(project=project).exists()
        or Absence.objects.filter(inspection__project=project, cosigned_at__isnull=False).exists()
    )


def awaiting(person: User, *, today: date) -> list[Task]:
    """Her own score as a proposer; results to publish and projects to close in her office. One query."""
    rated = Exists(Rating.objects.filter(project=OuterRef("project"), person=person))
    own = Q(project__proposal__proposer=person, closes_on__gte=today) & ~Q(rated)
    open_end = Q(project__balance_ruling=None) | Q(project__settlement__isnull=False)
    over = within(person, OFFICE, today, "project__community") & Q(closes_on__lt=today) & open_end
    rows = RatingWindow.objects.filter(own | over, project__stage="evaluation").select_related(
        "project__proposal", "project__community", "project__balance_ruling", "project__settlement"
    )
    tasks = []
    for row in rows.order_by("closes_on", "pk")[: MOST_TASKS * 2]:
        if row.closes_on >= today:
            tasks.append(_task(row.project, _("评一评您提议的项目"), "evaluation:rate", row.closes_on))
            continue
        if not hasattr(row.project, "balance_ruling"):
            tasks.append(_task(row.project, _("公布评价结果"), "evaluation:project"))
        if hasattr(row.project, "settlement"):
            tasks.append(_task(row.project, _("结算已完成，可以办结"), "evaluation:project"))
    return tasks


def chapters(proposal: Proposal, kept: Traces | None = None) -> list[Chapter]:
    """When rating opened, and its result with the base."""
    project = getattr(proposal, "project", None)
    window = window_of(project) if project else None
    if window is None:
        return []
    told = [
        Chapter(
            at=window.opened_at,
            stage="evaluation",
            title=_("请大家评一评"),
            text=_("本社区居民都可以评价，截止 %(day)s。") % {"day": window.closes_on},
        )
    ]
    ruling = getattr(project, "balance_ruling", None)
    if ruling:
        found = satisfaction_of(project)
        told.append(
            Chapter(
                at=ruling.at,
                stage="evaluation",
                title=_("评价结果：%(mean)s 分（满分 5 分）") % {"mean": found.mean_text},
                text=_("%(n)s 人评价；请了 %(asked)s 位提案和支持的居民，%(answered)s 位作答。")
                % {"n": found.answers, "asked": found.asked, "answered": found.answered},
            )
        )
    return told


def offers(proposal: Proposal, *, person: User, parties: frozenset[Party], now: datetime) -> list[Offer]:
    """Rate while the window is open, or read why not."""
    project = getattr(proposal, "project", None)
    window = window_of(project) if project and project.stage == "evaluation" else None
    if window is None:
        return []
    today = timezone.localdate(now)
    supervisor = Party.SUPERVISOR in parties
    action = "evaluation.rate_as_supervisor" if supervisor else "evaluation.rate_project"
    refusal = permissions.objection_to(action, roles=parties, stage=project.stage)
    refusal = refusal or rules.objection_to_score(5, closes_on=window.closes_on, today=today)
    url = reverse("evaluation:rate_supervisor" if supervisor else "evaluation:rate", args=[proposal.number])
    text = _("评一评这个项目") if supervisor or rating_by(person, project) is None else _("修改我的评价")
    why = _(refusal.text) % refusal.params if refusal else ""
    return [Offer(text=text, url="" if refusal else url, primary=not refusal, why_not=why)]


def _task(project: Project, text: str, view: str, due_on: date | None = None) -> Task:
    return Task(
        stage="evaluation",
        title=project.title,
        text=text,
        url=reverse(view, args=[project.proposal.number]),
        due_on=due_on,
        community=project.community.name,
        since=project.stage_since,
    )
