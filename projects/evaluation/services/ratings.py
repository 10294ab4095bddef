"""Scores of residents, the proposer and supervisors; the published result; the end of the project."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from communities.accounts.models import User
from portal import log, notices
from portal.publishing import objection_to_publishing
from portal.refusals import Refusal, Refused, insist
from portal.refusals import gettext_noop as _
from projects import engine, permissions
from projects.evaluation import queries, rules
from projects.evaluation.indicators import scored_of
from projects.evaluation.models import ProposerAbsence, Rating, RatingWindow, SupervisorRating
from projects.funding.models import BalanceRuling, Project
from projects.funding.queries import locked_project, rules_of
from projects.funding.services import rule_on_balance
from projects.parties import delivers, parties_to_project
from projects.proposals.queries import audience_of

ASPECTS = ("content", "site", "budget", "quality")


@transaction.atomic
def rate_project(*, project_id: int, by: User, score: int, text: str, now: datetime) -> Rating:
    """One score for each person, changed by rating again until the window closes. Who delivers does not rate."""
    project = locked_project(project_id)
    insist_on("evaluation.rate_project", by, project, now)
    insist_open(project, score, now)
    insist(objection_to_own_work(by, project))
    insist(objection_to_publishing(text, field="text"))
    kind = Rating.Kind.PROPOSER if project.proposal.proposer_id == by.pk else Rating.Kind.RESIDENT
    rating, made = Rating.objects.update_or_create(
        project=project,
        person=by,
        defaults={"kind": kind, "score": score, "text": text, "changed_at": now},
        create_defaults={"kind": kind, "score": score, "text": text, "at": now},
    )
    log.record("evaluation.rate_project", by=by, about=project, now=now, made=made)
    return rating


@transaction.atomic
def rate_as_supervisor(
    *, project_id: int, by: User, content: int, site: int, budget: int, quality: int, text: str, now: datetime
) -> SupervisorRating:
    """A supervisor's four scores; may change until the window closes."""
    project = locked_project(project_id)
    insist_on("evaluation.rate_as_supervisor", by, project, now)
    scores = {"content": content, "site": site, "budget": budget, "quality": quality}
    for field, score in scores.items():
        insist_open(project, score, now, field=field)
    insist(objection_to_publishing(text, field="text"))
    rating, made = SupervisorRating.objects.update_or_create(
        project=project,
        person=by,
        defaults={**scores, "text": text, "changed_at": now},
        create_defaults={**scores, "text": text, "at": now},
    )
    log.record("evaluation.rate_as_supervisor", by=by, about=project, now=now, made=made)
    return rating


@transaction.atomic
def record_absence(*, project_id: int, by: User, reason: str, now: datetime) -> ProposerAbsence:
    """The proposer gave no score in the window; the community says why."""
    project = locked_project(project_id)
    insist_on("evaluation.record_absence", by, project, now)
    window = queries.window_of(project)
    insist(
        rules.objection_to_absence(
            today=timezone.localdate(now),
            closes_on=window.closes_on if window else None,
            heard=queries.proposer_heard(project),
        )
    )
    absence = ProposerAbsence.objects.create(project=project, reason=reason, by=by, at=now)
    log.record("evaluation.record_absence", by=by, about=project, now=now, reason=reason)
    return absence


@transaction.atomic
def conclude_ratings(*, project_id: int, by: User | None, now: datetime) -> BalanceRuling:
    """Publish the result once: a low mean holds the balance payment. `by` is None when the due task does it."""
    project = locked_project(project_id)
    if by:
        insist_on("evaluation.conclude_ratings", by, project, now)
    window, today = queries.window_of(project), timezone.localdate(now)
    insist(
        rules.objection_to_conclusion(
            today=today,
            closes_on=window.closes_on if window else None,
            concluded=BalanceRuling.objects.filter(project=project).exists(),
            proposer_heard=queries.proposer_heard(project),
        )
    )
    found = queries.satisfaction_of(project, today=today)
    settings, table = rules_of(project), scored_of(project)
    short = rules.falls_short(
        table.points, table.most, complete=table.complete, percent=int(settings["low_indicator_percent"])
    )
    holds = short or rules.is_low(found.total, found.answers, low_score=settings["low_score"])
    ruling = rule_on_balance(project=project, holds=holds, total=found.total, answers=found.answers, now=now)
    log.record(
        "evaluation.conclude_ratings", by=by, about=project, now=now, total=found.total, n=found.answers, holds=holds, short=short
    )
    notices.owe(
        audience_of(project.proposal) | set(project.contracts.values_list("responsible_id", flat=True)),
        kind="evaluation.concluded",
        key=f"ruling-{ruling.pk}",
        text=_("“%(title)s”评价结果已公布，低于标准，尾款暂缓支付。") if holds else _("“%(title)s”的评价结果已公布。"),
        now=now,
        url=reverse("desk:proposal", args=[project.proposal.number]),
        title=project.title,
    )
    return ruling


@transaction.atomic
def close_project(*, project_id: int, by: User, now: datetime) -> bool:
    """The end: when nothing holds it, the project is done. A repeat changes nothing."""
    project = locked_project(project_id, moves=True)
    insist_on("evaluation.close_project", by, project, now)
    return engine.advance(project, leaving="evaluation", now=now, by=by)


def conclude_due(*, now: datetime) -> int:
    """For the minute's tick: publish every result whose window is over and whose proposer was heard; how many."""
    due = RatingWindow.objects.filter(
        closes_on__lt=timezone.localdate(now), project__stage="evaluation", project__balance_ruling=None
    ).select_related("project__proposal")
    done = 0
    for window in due.order_by("closes_on"):
        if not queries.proposer_heard(window.project):
            continue
        with suppress(Refused):  # somebody published it a moment ago
            conclude_ratings(project_id=window.project_id, by=None, now=now)
            done += 1
    return done


def insist_on(action: str, by: User, project: Project, now: datetime) -> None:
    parties = parties_to_project(by, project, day=timezone.localdate(now))
    insist(permissions.objection_to(action, roles=parties, stage=project.stage))


def insist_open(project: Project, score: int, now: datetime, field: str = "score") -> None:
    window = queries.window_of(project)
    closes_on = window.closes_on if window else None
    insist(rules.objection_to_score(score, closes_on=closes_on, today=timezone.localdate(now), field=field))


def objection_to_own_work(by: User, project: Project) -> Refusal | None:
    if not delivers(by, project):
        return None
    return Refusal("own_work", _("您负责这个项目的实施，不能给自己评分。"), status=403)
