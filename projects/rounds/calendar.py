"""The calendar of a round: how its windows are laid out, and when a stage may be left. Plain Python."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from portal.refusals import Refusal
from portal.refusals import gettext_noop as _


def windows_from(
    first: date,
    lengths: Mapping[str, tuple[int, str]],
    stages: Iterable[str],
    last_of: Callable[[date, int, str], date],
) -> dict[str, tuple[date, date]]:
    """First and last day of each stage, one after the other from `first` on.

    `last_of(start, days, unit)` is the days-th day after start. The first day of a stage counts as its first, except
    for the notice: the day on which it is put up does not count (the promised days are whole days).
    """
    windows = {}
    for key in stages:
        days, unit = lengths[key]
        start = first if key == "publicity" else first - timedelta(days=1)
        last = max(last_of(start, days, unit), first)
        windows[key] = (first, last)
        first = last + timedelta(days=1)
    return windows


def fault_in_window(stage: str, first: date, last: date, *, before: date | None) -> Refusal | None:
    """May a stage run from `first` to `last` when the stage before it ends on `before`?"""
    if last < first:
        return Refusal("window_ends_before_it_starts", _("结束日期不能早于开始日期"), field=f"last_{stage}")
    if before and first <= before:
        return Refusal("window_overlaps", _("开始日期要晚于上一阶段的结束日期"), field=f"first_{stage}")
    return None


@dataclass(frozen=True, slots=True)
class Window:
    """When a stage is open. A timed stage that began late keeps its days: `closes_at` moves, `planned` stays."""

    stage: str
    opens_at: datetime
    closes_at: datetime
    planned: datetime

    @property
    def moved(self) -> bool:
        return self.closes_at != self.planned


def window_begun(stage: str, opens_at: datetime, closes_at: datetime, *, days_late: int, timed: bool) -> Window:
    """The window as it really runs when the stage began `days_late` days after its first day."""
    shift = timedelta(days=max(0, days_late) if timed else 0)
    return Window(stage, opens_at, closes_at + shift, closes_at)


def objection_to_leaving(
    *,
    timed: bool,
    closes_at: datetime | None,
    next_opens_at: datetime | None,
    now: datetime,
    by_hand: bool,
    next_timed: bool,
) -> Refusal | None:
    """Is it too early to leave a stage? Nothing here is about what is left to do; that is the gate's.

    Nobody closes a timed stage early, and nobody enters the next stage before its published first day; by hand an
    office may go on early where the next stage promises no days to residents.
    """
    if timed and (closes_at is None or now < closes_at):
        return Refusal("window_open", _("这个阶段按公布的日程进行，到期才能结束。"), until=closes_at)
    if next_opens_at and now < next_opens_at and (next_timed or not by_hand):
        return Refusal("before_next_window", _("下一阶段还没有到公布的开始日期。"), until=next_opens_at)
    return None
