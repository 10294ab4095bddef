"""Pages of the time bank as plain values."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from portal import figures
from volunteers.timebank import queries, rules
from volunteers.timebank.models import Certificate, HourRecord, Portion


def line_of(record: HourRecord) -> dict[str, Any]:
    """One record: what, when, how long, how it came in, and where it stands with the reason."""
    parts = [state_of(portion, record) for portion in record.portions.all()]
    state, tone = parts[0][:2] if parts else ("", "plain")
    if hasattr(record, "reversal"):
        state, tone = _("已冲正"), "stopped"
    elif len(parts) > 1:
        state, tone = mixed(parts)
    return {
        "record": record,
        "when": span(record),
        "state": state,
        "tone": tone,
        "by_hand": record.origin == "by_hand",
        "notes": notes_of(record),
    }


def state_of(portion: Portion, record: HourRecord) -> tuple[str, str, Portion]:
    if portion.band == "at_once":
        return _("已计入"), "done", portion
    if not hasattr(portion, "review"):
        return _("待复核"), "turn", portion
    if portion.review.verdict == "confirm":
        return _("已计入"), "done", portion
    return _("未计入"), "stopped", portion


def mixed(parts: list[tuple[str, str, Portion]]) -> tuple[str, str]:
    """One tag for a record of several parts: what waits is said first, then what did not count."""
    tones = {tone for _state, tone, _portion in parts}
    if "turn" in tones:
        return _("部分待复核"), "turn"
    return (_("部分计入"), "done") if tones == {"done", "stopped"} else (parts[0][0], parts[0][1])


def notes_of(record: HourRecord) -> list[str]:
    """What the volunteer should know beside the tag: who looks at it, and every reason."""
    found = []
    if hasattr(record, "reversal"):
        return [_("冲正原因：%(reason)s") % {"reason": record.reversal.reason}]
    if record.reason:
        found.append(_("手工登记原因：%(reason)s") % {"reason": record.reason})
    for portion in record.portions.all():
        length = figures.duration(portion.minutes)
        if portion.band == "at_once":
            continue
        if not hasattr(portion, "review"):
            who = _("街道") if portion.band == "street" else _("区级部门")
            found.append(_("当天超过 8 小时的 %(length)s 由%(who)s复核。") % {"length": length, "who": who})
        elif portion.review.verdict == "refuse":
            found.append(_("%(length)s没有计入：%(reason)s") % {"length": length, "reason": portion.review.reason})
    return found


def span(record: HourRecord) -> str:
    """2026年3月2日（周一）14:00–17:30, with the day of the end when it is another."""
    start, end = timezone.localtime(record.started_at), timezone.localtime(record.ended_at)
    last = f"{end:%H:%M}" if start.date() == end.date() else f"{figures.short_day(end)} {end:%H:%M}"
    return f"{figures.moment(start)}–{last}"


def waiting_of(portion: Portion) -> dict[str, Any]:
    """A part that waits: whose it is, the whole service, which hours of the day it is about."""
    record = portion.record
    return {
        "portion": portion,
        "record": record,
        "when": span(record),
        "length": figures.duration(portion.minutes),
        "why": _("当天第 8 至 12 小时") if portion.band == "street" else _("当天 12 小时以上"),
    }


def verified(certificate: Certificate) -> dict[str, Any]:
    """What anybody may read of a certificate, and whether hours of its period changed after it was issued."""
    now = queries.minutes_between(certificate.volunteer, certificate.first_on, certificate.last_on)
    total, current = certificate.scanned + certificate.by_hand, now["scanned"] + now["by_hand"]
    return {
        "certificate": certificate,
        "total": total,
        "current": current,
        "less": current < total,
        "rows": [
            {"label": _("编号"), "value": certificate.number},
            {"label": _("服务期间"), "value": period(certificate.first_on, certificate.last_on)},
            {"label": _("扫码签到时长"), "value": figures.duration(certificate.scanned)},
            {"label": _("手工登记时长"), "value": figures.duration(certificate.by_hand)},
            {"label": _("服务次数"), "value": certificate.services},
            {"label": _("开具日期"), "value": figures.day(certificate.issued_at)},
        ],
    }


def period(first: date, last: date) -> str:
    return _("%(first)s 至 %(last)s") % {"first": figures.day(first), "last": figures.day(last)}


def months_before(today: date) -> list[str]:
    """This month and the eleven before it, as 2026-11."""
    return [f"{(today.year * 12 + today.month - 1 - back) // 12}-{(today.month - 1 - back) % 12 + 1:02d}" for back in range(12)]


def month_of(typed: str, *, today: date) -> tuple[date, date]:
    return rules.month_in(typed, today=today)
