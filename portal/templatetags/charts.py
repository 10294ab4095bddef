"""Server-side drawings, each with its table: {% load charts %}. Nothing here asks the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import template

from portal import charts

register = template.Library()


@register.inclusion_tag("components/charts/bars.html")
def bar_chart(
    title: str,
    rows: Sequence[Mapping[str, Any]],
    note: str = "",
    head: str = "",
    figure: str = "",
    most: int | None = None,
) -> dict[str, Any]:
    """rows [{label, value, says}]; head and figure name the two columns."""
    return {"title": title, "bars": charts.bars(rows, most=most), "note": note, "head": head, "figure": figure}


@register.inclusion_tag("components/charts/share.html")
def share_chart(
    title: str,
    rows: Sequence[Mapping[str, Any]],
    whole: int | None = None,
    rest: str = "",
    note: str = "",
    money: bool = False,
) -> dict[str, Any]:
    """Parts of one whole; money=True says the values as yuan."""
    parts = charts.share_strip(rows, whole=whole, rest=rest)
    return {"title": title, "parts": parts, "note": note, "money": money}


@register.inclusion_tag("components/charts/curve.html")
def curve_chart(
    title: str,
    labels: Sequence[str],
    plan: Sequence[int],
    actual: Sequence[int | None],
    note: str = "",
    money: bool = False,
) -> dict[str, Any]:
    """Cumulated plan against cumulated fact, by period."""
    reached = [*actual, *[None] * (len(labels) - len(actual))]
    return {
        "title": title,
        "curve": charts.s_curve(labels, plan, actual),
        "rows": list(zip(labels, plan, reached, strict=True)),
        "note": note,
        "money": money,
    }
