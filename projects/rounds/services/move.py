"""Moving on: by the clock, by hand, back where the chart allows, and the end of a round that is cancelled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from communities.accounts.models import User
from portal import locks, log, notices
from portal.refusals import Refusal, Refused, insist
from portal.refusals import gettext_noop as _
from projects import engine, permissions, pipeline
from projects.models import Project, Round
from projects.parties import parties_at
from projects.rounds import queries, rules
from projects.rounds.calendar import objection_to_leaving

PROJECTS_A_TICK = 500
logger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Ticked:
    """What one minute did: moves made, and subjects that an error kept from moving."""

    moved: int
    failed: int


def advance_due(*, now: datetime) -> Ticked:
    """Move every round and project whose time has come and that nothing holds; each in its own transaction.

    Safe to repeat and to run many times at once: the engine lets one caller leave a stage, the others find it left.
    A subject that fails is logged and tried again a minute later; it stops no other.
    """
    moved = failed = 0
    for subject in (*_rounds_on_the_way(), *_projects_on_the_way(now)):
        try:
            moved += _go_on(subject, now)
        except Refused:
            continue  # somebody added a hold between the look and the lock: next minute
        except Exception:
            failed += 1
            logger.exception("advance_failed", kind=subject._meta.label_lower, number=subject.pk)
    return Ticked(moved, failed)


@transaction.atomic
def move_on(*, round_id: int, leaving: str, by: User, now: datetime) -> bool:
    """An officer moves the round on when nothing holds it. False when it has left that stage already."""
    locks.hold_alone("round", round_id)
    round = Round.objects.select_for_update().get(pk=round_id)
    if round.stage != leaving:
        return False
    insist(objection_to_move_on(round, by=by, now=now))
    return engine.advance(round, leaving=leaving, now=now, by=by)


def objection_to_move_on(round: Round, *, by: User, now: datetime) -> Refusal | None:
    """Why this person cannot move the round on now, apart from what holds it; the button asks the same."""
    roles = parties_at(by, round.street, day=timezone.localdate(now))
    return (
        permissions.objection_to("rounds.move_on", roles=roles, stage=round.stage)
        or rules.objection_to_cancelled(cancelled=round.cancelled_at is not None)
        or _too_early(round, now, by_hand=True)
    )


@transaction.atomic
def send_back(*, round_id: int, leaving: str, to: str, reason: str, by: User, now: datetime) -> bool:
    """Back to a stage that the chart names, with a reason. False when the round has left `leaving` already."""
    locks.hold_alone("round", round_id)
    round = Round.objects.select_for_update().get(pk=round_id)
    roles = parties_at(by, round.street, day=timezone.localdate(now))
    insist(permissions.objection_to("rounds.move_on", roles=roles, stage=leaving))
    insist(rules.objection_to_cancelled(cancelled=round.cancelled_at is not None))
    return engine.send_back(round, leaving=leaving, to=to, reason=reason.strip(), now=now, by=by)


@transaction.atomic
def cancel_round(*, round_id: int, by: User, reason: str, now: datetime) -> Round:
    """End a round that cannot go on. Everything in it stays to be read; the reason is public."""
    locks.hold_alone("round", round_id)
    round = Round.objects.select_for_update().get(pk=round_id)
    roles = parties_at(by, round.street, day=timezone.localdate(now))
    insist(permissions.objection_to("rounds.cancel_round", roles=roles, stage=round.stage))
    insist(rules.objection_to_cancelled(cancelled=round.cancelled_at is not None))
    insist(None if reason.strip() else Refusal("reason_missing", _("写明取消的理由，居民会看到"), field="reason"))
    round.cancelled_at, round.cancel_reason = now, reason.strip()
    round.save(update_fields=["cancelled_at", "cancel_reason"])
    log.record("rounds.cancel_round", by=by, about=round, now=now, reason=reason.strip(), stage=round.stage)
    notices.owe(
        set(round.proposals.exclude(standing="draft").values_list("proposer", flat=True)),
        kind="rounds.cancel_round",
        key=f"cancel-{round.pk}",
        text=_("“%(title)s”已取消，理由：%(reason)s"),
        url=reverse("desk:round", args=[round.number]),
        now=now,
        title=round.title,
        reason=reason.strip(),
    )
    return round


def _rounds_on_the_way() -> list[Round]:
    found = Round.objects.filter(frozen_at__isnull=False, cancelled_at=None).exclude(stage=pipeline.DONE)
    return list(found.prefetch_related("windows").order_by("pk"))


def _projects_on_the_way(now: datetime) -> list[Project]:
    """All of them while they are few; of very many, a slice each minute, every slice within a few minutes."""
    found = Project.objects.exclude(stage=pipeline.DONE).order_by("pk")
    slices = -(-found.count() // PROJECTS_A_TICK)
    if slices > 1:
        numbers = list(found.values_list("pk", flat=True))
        found = found.filter(Q(pk__in=numbers[int(now.timestamp()) // 60 % slices :: slices]))
    return list(found)


def _go_on(subject: Round | Project, now: datetime) -> int:
    """Move one subject as far as it may go now: after an outage it catches up at once. Answers the moves made."""
    moves = 0
    while subject.stage != pipeline.DONE and not _waits(subject, now) and not engine.holds(subject, now=now):
        if not engine.advance(subject, leaving=subject.stage, now=now):
            break
        moves += 1
        subject = type(subject).objects.get(pk=subject.pk)
    return moves


def _waits(subject: Round | Project, now: datetime) -> bool:
    return isinstance(subject, Round) and _too_early(subject, now, by_hand=False) is not None


def _too_early(round: Round, now: datetime, *, by_hand: bool) -> Refusal | None:
    if round.stage == pipeline.DONE:
        return Refusal("already_done", _("流程已经结束。"))
    here, after = queries.open_window(round), queries.next_window(round)
    return objection_to_leaving(
        timed=pipeline.stage(round.stage).timed,
        closes_at=here.closes_at if here else None,
        next_opens_at=after.opens_at if after else None,
        now=now,
        by_hand=by_hand,
        next_timed=bool(after and pipeline.stage(after.stage).timed),
    )
