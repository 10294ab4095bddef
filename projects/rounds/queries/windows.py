"""The windows of a round: as published, and as they really run."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from portal import holidays
from portal.workdays import deadline_after
from projects import pipeline
from projects.rounds import calendar
from projects.rounds.calendar import Window
from projects.rounds.models import Round, StageWindow


def used_stages(round: Round) -> tuple[pipeline.Stage, ...]:
    """The stages through which this round travels, without its preparation."""
    unused = set(round.unused_stages)
    return tuple(row for row in pipeline.stages_of(pipeline.ROUND)[1:] if not (row.optional and row.key in unused))


def window_of(round: Round, stage: str) -> Window | None:
    """The window of a stage; that of the current stage as it really runs (a late start keeps the promised days)."""
    held = next((row for row in round.windows.all() if row.stage == stage), None)
    if held is None:
        return None
    late = 0
    if round.stage == stage:
        late = (timezone.localdate(round.stage_since) - timezone.localdate(held.opens_at)).days
    return calendar.window_begun(
        stage, held.opens_at, held.closes_at, days_late=late, timed=pipeline.stage(stage).timed
    )


def open_window(round: Round) -> Window | None:
    """The window of the stage where the round stands; None while it is prepared, when it is over or cancelled."""
    if round.cancelled_at or round.stage in ("rounds", pipeline.DONE):
        return None
    return window_of(round, round.stage)


def next_window(round: Round) -> Window | None:
    """The published window of the stage in use after the present one."""
    if round.stage == pipeline.DONE:
        return None
    to = pipeline.next_after(round.stage, unused=frozenset(round.unused_stages))
    return None if to == pipeline.DONE else window_of(round, to)


def days_of(window: StageWindow | Window) -> tuple[date, date]:
    return timezone.localdate(window.opens_at), timezone.localdate(window.closes_at)


def last_of(start: date, days: int, unit: str) -> date:
    return deadline_after(start, days, unit, holidays.calendar()).on
