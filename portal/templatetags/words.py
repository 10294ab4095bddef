"""Filters that say money, dates, counts and people: {% load words %}."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.utils.html import format_html

from portal import figures, masking

register = template.Library()

for name, function in {
    "money": figures.money,
    "money_about": figures.money_about,
    "yuan": figures.yuan,
    "duration": figures.duration,
    "day": figures.day,
    "short_day": figures.short_day,
    "month_name": figures.month,
    "moment": figures.moment,
    "point": figures.point,
    "event": figures.event,
    "stamp": figures.stamp,
    "percent_of": figures.percent,
    "masked_name": masking.mask_name,
    "masked_phone": masking.mask_phone,
    "masked_numbers": masking.mask_numbers,
}.items():
    register.filter(name, function)


@register.simple_tag(name="money")
def money_tag(fen: int | None, big: bool = False) -> str:
    return format_html('<span class="money{}">{}</span>', " money-big" if big else "", figures.money(fen))


SAYINGS = {
    "day": figures.day,
    "short_day": figures.short_day,
    "moment": figures.moment,
    "point": figures.point,
    "event": figures.event,
    "stamp": figures.stamp,
}


@register.filter
def in_words(mark: Any) -> str:
    """A quorum or pass mark as the page's language says it."""
    return figures.share_in_words(mark.over, mark.under, inclusive=mark.inclusive) if figures.is_english() else mark.in_words()


@register.simple_tag
def when(value: date | datetime | None, style: str = "day") -> str:
    """<time> in one of the styles above; point says the minute only of an instant."""
    if not value:
        return ""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), SAYINGS[style](value))


@register.filter
def grouped(number: str) -> str:
    """13800138000 → 138 0013 8000 (U13), for the person's own pages."""
    number = str(number or "")
    return f"{number[:3]} {number[3:7]} {number[7:]}" if len(number) == 11 else number


@register.filter
def in_fours(signs: str) -> str:
    """BFB370E5VN9A330M → BFB3-70E5-VN9A-330M: the number of a receipt."""
    return "-".join(signs[place : place + 4] for place in range(0, len(signs), 4))


@register.filter
def count(value: int | None) -> str:
    return "–" if value is None else f"{value:,}"
