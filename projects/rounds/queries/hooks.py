"""What the desk gathers from every room."""

from __future__ import annotations

from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.accounts.models import User
from communities.roles.queries import within
from communities.roles.rules import Role
from projects import pipeline
from projects.items import Chapter, Offer, Task, Traces
from projects.rounds.models import Round, StageMove
from projects.rounds.queries.windows import open_window, window_of


def awaiting(person: User, *, today: date) -> list[Task]:
    """Rounds that a street officer prepares, and rounds that are past their published window."""
    mine = within(person, frozenset({Role.STREET_OFFICER}), today, "street")
    found = Round.objects.filter(mine, cancelled_at=None).exclude(stage=pipeline.DONE)
    rows = found.select_related("street").prefetch_related("windows").order_by("pk")[:100]
    tasks = []
    for row in rows:
        first = window_of(row, "proposals")
        if row.frozen_at is None:
            due = timezone.localdate(first.opens_at) if first else None
            url = reverse("rounds:check", args=[row.number])
            tasks.append(
                Task(
                    "rounds",
                    row.title,
                    _("批次还在筹备，核对无误后发布征集"),
                    url,
                    due,
                    row.street.name,
                    row.created_at,
                )
            )
        elif (window := open_window(row)) and timezone.localdate(window.closes_at) < today:
            tasks.append(
                Task(
                    row.stage,
                    row.title,
                    _("本阶段已到期，看看还有哪些事没有办完"),
                    reverse("desk:round_desk", args=[row.number]),
                    timezone.localdate(window.closes_at),
                    row.street.name,
                    row.stage_since,
                )
            )
    return tasks


def traces(proposal: object) -> Traces:
    return {"moves": StageMove.objects.filter(project__proposal=proposal).select_related("round__street")}


def chapters(proposal: object, kept: Traces | None = None) -> list[Chapter]:
    """The moves of the project, and the cancellation of the round; other rooms tell what they decided."""
    told, kept = [], kept or traces(proposal)
    for move in kept["moves"]:
        title = _("项目办结") if move.entered == pipeline.DONE else _(pipeline.stage(move.entered).resident)
        told.append(Chapter(move.at, move.left, title, reason=move.reason, by=move.round.street.name))
    if proposal.round.cancelled_at:
        told.append(
            Chapter(
                proposal.round.cancelled_at,
                proposal.round.stage,
                _("这个批次已取消"),
                reason=proposal.round.cancel_reason,
                by=proposal.round.street.name,
            )
        )
    return told


def offers(proposal: object, *, person: User, parties: frozenset, now: datetime) -> list[Offer]:
    """Nothing in the calendar is for a resident to do."""
    return []
