"""The only writer of `.stage`. Locks, asks the wall chart and the gates, writes the move, logs it.

`advance` moves to the next stage in use, `send_back` to a stage that the chart names, with a reason. Both are safe
to repeat: the caller says which stage it believes to leave, and a second call finds the subject gone from there.
Order of locks: the round, then the project.
"""

from __future__ import annotations

from datetime import datetime
from importlib import import_module
from types import ModuleType

from django.db import transaction

from communities.accounts.models import User
from portal import locks, log
from portal.refusals import Refusal, insist
from portal.refusals import gettext_noop as _
from projects import pipeline
from projects.items import Hold
from projects.models import Project, Round, StageMove
from projects.rounds.rules import objection_to_cancelled

Subject = Round | Project


def holds(subject: Subject, *, now: datetime) -> list[Hold]:
    """What keeps the subject in its stage now; empty when it may go on."""
    if subject.stage == pipeline.DONE:
        return []
    return list(gate(subject.stage).holding(subject, now=now))


@transaction.atomic
def advance(subject: Subject, *, leaving: str, now: datetime, by: User | None = None) -> bool:
    """Move on from stage `leaving`. False when the subject has left it already (a repeat). Refused while held."""
    subject = _locked(subject)
    if subject.stage != leaving:
        return False
    held = holds(subject, now=now)
    if held:
        insist(Refusal("held", _("还有 %(count)s 件事没有办完，暂时不能进入下一阶段。"), {"count": len(held)}))
    unused = unused_stages(subject)
    to = pipeline.next_after(leaving, unused=unused)
    insist(pipeline.objection_to_move(leaving, to, unused=unused))
    _move(subject, to, now=now, by=by, reason="")
    return True


@transaction.atomic
def send_back(subject: Subject, *, leaving: str, to: str, reason: str, now: datetime, by: User | None) -> bool:
    """Move back where the chart names it. False when the subject has left `leaving` already."""
    subject = _locked(subject)
    if subject.stage != leaving:
        return False
    insist(pipeline.objection_to_move(leaving, to, unused=unused_stages(subject), reason=reason))
    _move(subject, to, now=now, by=by, reason=reason)
    return True


def gate(key: str) -> ModuleType:
    """The gate of a stage: `holding(subject, *, now) -> list[Hold]` and `enter(subject, *, now) -> None`.

    The first gate of the projects also has `receive(round, *, now)`: each approved item starts its own way.
    """
    return import_module(f"projects.{key}.gate")


def unused_stages(subject: Subject) -> frozenset[str]:
    return frozenset(subject.unused_stages) if isinstance(subject, Round) else frozenset()


def _locked(subject: Subject) -> Subject:
    kind = "round" if isinstance(subject, Round) else "project"
    locks.hold_alone(kind, subject.pk)
    held = type(subject).objects.select_for_update().get(pk=subject.pk)
    insist(objection_to_cancelled(cancelled=isinstance(held, Round) and held.cancelled_at is not None))
    return held


def _move(subject: Subject, to: str, *, now: datetime, by: User | None, reason: str) -> None:
    was = subject.stage
    forward = to == pipeline.DONE or pipeline.KEYS.index(to) > pipeline.KEYS.index(was)
    passed = pipeline.passed_between(was, to) if forward else ()
    subject.stage = to
    subject.stage_since = now
    subject.save(update_fields=["stage", "stage_since"])
    StageMove.objects.create(
        round=subject if isinstance(subject, Round) else subject.round,
        project=subject if isinstance(subject, Project) else None,
        left=was,
        entered=to,
        passed=list(passed),
        reason=reason,
        by=by,
        at=now,
    )
    log.record("engine.move", by=by, about=subject, now=now, reason=reason, left=was, entered=to, passed=passed)
    if to != pipeline.DONE:
        gate(to).enter(subject, now=now)
    elif isinstance(subject, Round):
        gate(pipeline.first_of(pipeline.PROJECT)).receive(subject, now=now)
