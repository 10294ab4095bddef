"""Money, counts and dates in the words that a reader sees (U17); used by templates, notices and letters."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext

WAN, YI = 1_000_000, 10_000_000_000  # one 万元 and one 亿元 in fen
WEEKDAYS = "一二三四五六日"


def is_english() -> bool:
    return (get_language() or "").startswith("en")


def money(fen: int | None) -> str:
    """For a sentence: 18.5 万元, 3,500 元. Never rounded: what 万元 cannot say in two decimals is written out."""
    if fen is None:
        return gettext("未定")
    if is_english():
        return f"CNY {_grouped(fen)}"
    for unit, name in ((YI, "亿元"), (WAN, "万元")):
        if abs(fen) >= unit and fen % (unit // 100) == 0:
            return f"{_trimmed(Decimal(fen) / unit)} {name}"
    return f"{_grouped(fen)} 元"


def money_about(fen: int | None) -> str:
    """For a heading over many rows: 约 7,261.32 万元, rounded and saying so; exact amounts are not called 约."""
    if fen is None or abs(fen) < WAN or is_english():
        return money(fen)
    exact = money(fen)
    if exact.endswith(("万元", "亿元")):
        return exact
    return gettext("约 %(amount)s 万元") % {"amount": _trimmed(round(Decimal(fen) / WAN, 2))}


def yuan(fen: int | None) -> str:
    """For a column: 185,000.00 元."""
    if fen is None:
        return "–"
    figure = f"{Decimal(fen) / 100:,.2f}"
    return f"CNY {figure}" if is_english() else f"{figure} 元"


def duration(minutes: int | None) -> str:
    """12 小时 30 分钟, 45 分钟: hours of service are kept in minutes."""
    hours, rest = divmod(minutes or 0, 60)
    parts = [gettext("%(hours)s 小时") % {"hours": f"{hours:,}"}] if hours else []
    if rest or not hours:
        parts.append(gettext("%(minutes)s 分钟") % {"minutes": rest})
    return " ".join(parts)


def day(value: date | datetime | None) -> str:
    """2026年11月21日（周六）"""
    if not value:
        return ""
    value = _local(value)
    if is_english():
        return f"{value:%a} {value.day} {value:%b %Y}"
    return f"{value.year}年{value.month}月{value.day}日（周{WEEKDAYS[value.weekday()]}）"


def short_day(value: date | datetime | None) -> str:
    """11月21日, where the year is plain from the place."""
    if not value:
        return ""
    value = _local(value)
    return f"{value.day} {value:%b}" if is_english() else f"{value.month}月{value.day}日"


def month(number: int, year: int | None = None) -> str:
    """5月 on an axis or in a column, 2026年5月 with its year; May, May 2026."""
    if is_english():
        name = f"{date(2000, number, 1):%b}"
        return f"{name} {year}" if year else name
    return f"{year}年{number}月" if year else f"{number}月"


def moment(value: datetime | None) -> str:
    """2026年11月21日（周六）14:30"""
    if not value:
        return ""
    local = _local(value)
    gap = " " if is_english() else ""
    return f"{day(local)}{gap}{local:%H:%M}"


def point(value: date | datetime | None) -> str:
    """A date as a day, an instant with its minute: what a deadline needs."""
    return moment(value) if isinstance(value, datetime) else day(value)


def event(value: date | datetime | None) -> str:
    """When something happened: with its minute, but what happened on the turn of a day says the day alone."""
    is_instant = isinstance(value, datetime)
    return moment(value) if is_instant and (_local(value).hour or _local(value).minute) else day(value)


def stamp(value: datetime | None) -> str:
    """2026-11-21 14:30, the publishing time of every item (G6)."""
    return f"{_local(value):%Y-%m-%d %H:%M}" if value else ""


def days_left(left: int, *, unit: str = "working") -> str:
    """还剩 3 个工作日, 今天截止, 已超 2 天. `unit` is working or calendar."""
    if left == 0:
        return gettext("今天截止")
    count = abs(left)
    if unit == "working":
        left_text = ngettext("还剩 %(count)d 个工作日", "还剩 %(count)d 个工作日", count)
        late_text = ngettext("已超 %(count)d 个工作日", "已超 %(count)d 个工作日", count)
    else:
        left_text = ngettext("还剩 %(count)d 天", "还剩 %(count)d 天", count)
        late_text = ngettext("已超 %(count)d 天", "已超 %(count)d 天", count)
    return (left_text if left > 0 else late_text) % {"count": count}


def span_parts(dates: str) -> list[str]:
    """Where a line may break between two dates: after the dash, never inside a date."""
    first, dash, last = dates.partition("–")
    return [part for part in (first + dash, last) if part]


def listed(words: Iterable[str]) -> str:
    """甲、乙、丙"""
    return (", " if is_english() else "、").join(words)


def share_in_words(over: int, under: int, *, inclusive: bool) -> str:
    """三分之二以上 and 超过二分之一 for an English reader: at least 2/3, more than 1/2, all."""
    if over == under:
        return "all"
    return f"at least {over}/{under}" if inclusive else f"more than {over}/{under}"


def percent(part: int, whole: int) -> str:
    """42.5%, one decimal, rounded half up; – when there is nothing to divide by."""
    if not whole:
        return "–"
    tenths = (2 * 1000 * part + whole) // (2 * whole)
    return f"{tenths // 10}.{tenths % 10}%" if tenths % 10 else f"{tenths // 10}%"


def _local(value: date | datetime) -> date | datetime:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


def _trimmed(value: Decimal) -> str:
    text = f"{value:,.2f}"
    return text.rstrip("0").rstrip(".")


def _grouped(fen: int) -> str:
    return f"{Decimal(fen) / 100:,.2f}".removesuffix(".00")
