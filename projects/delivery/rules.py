"""How a delivery stands: late, stalled, finished; which reports are possible; what may not stand in a text. Plain Python."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.publishing import objection_to_publishing
from portal.refusals import Refusal
from portal.refusals import gettext_noop as _


class EvidenceKind(StrEnum):
    BEFORE = "before"
    DURING = "during"
    AFTER = "after"
    SIGN_IN = "sign_in"
    MATERIALS = "materials"


class Flag(StrEnum):
    """What an office and the public should see at once. Order: the gravest first."""

    STOPPED = "stopped"
    NOT_STARTED = "not_started"
    STALLED = "stalled"
    LATE = "late"


EVIDENCE = {
    EvidenceKind.BEFORE: _("实施前"),
    EvidenceKind.DURING: _("实施中"),
    EvidenceKind.AFTER: _("实施后"),
    EvidenceKind.SIGN_IN: _("签到表"),
    EvidenceKind.MATERIALS: _("物资清单"),
}
# Sheets carry names: the public sees that they exist, not what is on them (P11).
PUBLIC_EVIDENCE = frozenset({EvidenceKind.BEFORE, EvidenceKind.DURING, EvidenceKind.AFTER})
FLAGS = {
    Flag.STOPPED: _("已暂停"),
    Flag.NOT_STARTED: _("超期未开工"),
    Flag.STALLED: _("进展停滞"),
    Flag.LATE: _("进度落后"),
}


@dataclass(frozen=True, slots=True)
class Progress:
    """What is known of one project's delivery on a day, as plain values."""

    entered_on: date
    starts_by: date | None = None
    first_report_on: date | None = None
    last_report_on: date | None = None
    open_due: tuple[date, ...] = ()
    stopped: bool = False
    finished: bool = False


def flags(progress: Progress, *, today: date, start_within: int, stalled_after: int) -> tuple[Flag, ...]:
    """A stopped or finished project is neither late nor stalled: the stop, or the end, says it already."""
    if progress.stopped:
        return (Flag.STOPPED,)
    if progress.finished:
        return ()
    found = []
    if progress.first_report_on is None:
        if (today - progress.entered_on).days > start_within or (progress.starts_by and today > progress.starts_by):
            found.append(Flag.NOT_STARTED)
    elif (today - progress.last_report_on).days > stalled_after:
        found.append(Flag.STALLED)
    if any(due < today for due in progress.open_due):
        found.append(Flag.LATE)
    return tuple(found)


def objection_to_report(percent: int, *, last_percent: int, stopped: bool) -> Refusal | None:
    """Progress is between the last report and 100; a step back is told in words by a report of the same percentage."""
    if stopped:
        return Refusal("stopped", _("项目已暂停，恢复实施后再上报进度。"))
    if not 0 <= percent <= 100:
        return Refusal("percent_out_of_range", _("进度填写 0 到 100 之间的整数。"), field="percent")
    if percent < last_percent:
        return Refusal(
            "percent_falls",
            _("上次已报到 %(last)s%%，这次不能更低；有返工请在说明里写清楚。"),
            {"last": last_percent},
            field="percent",
        )
    return None


def objection_to_finish(
    *, milestones: int, open_milestones: int, reports: int, after_photos: int, stopped: bool, finished: bool
) -> Refusal | None:
    """What must stand before a provider may say that the work is done."""
    if finished:
        return Refusal("already_finished", _("已经申报完工，正等待验收。"))
    if stopped:
        return Refusal("stopped", _("项目已暂停，恢复实施后再申报完工。"))
    if not milestones:
        return Refusal("no_plan", _("还没有实施计划，请先填写计划节点。"))
    if open_milestones:
        return Refusal(
            "milestones_open",
            _("还有 %(count)s 个节点没有完成，请先逐项标记完成。"),
            {"count": open_milestones},
        )
    if not reports:
        return Refusal("no_report", _("还没有上报过进度，请先上报一次。"))
    if not after_photos:
        return Refusal("no_after_photo", _("请先上传至少一张“实施后”的照片。"))
    return None


def objection_to_text(text: str, *, field: str = "text", least: int = 5, most: int = 1000) -> Refusal | None:
    """Texts that become public carry no phone and no identity number (P11)."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if len(plain) < least:
        return Refusal("text_too_short", _("请写得具体一些，至少 %(least)s 个字。"), {"least": least}, field=field)
    if len(plain) > most:
        return Refusal("text_too_long", _("内容不能超过 %(most)s 个字。"), {"most": most}, field=field)
    return objection_to_publishing(text, field=field)


def objection_to_answer(*, same_person: bool, answered: bool, reported_by_supervisor: bool, by_provider: bool):
    """Nobody answers herself; a supervisor's concern is answered by the office, not by the provider."""
    if answered:
        return Refusal("already_answered", _("这条反映已经答复过了。"))
    if same_person:
        return Refusal("own_report", _("不能答复自己提出的问题，请由其他同事办理。"), status=403)
    if reported_by_supervisor and by_provider:
        return Refusal("office_answers", _("监督意见由社区或街道答复。"), status=403)
    return None
