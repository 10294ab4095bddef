"""Geometry of the charts that residents see: plain numbers in, places on a drawing out.

The templates in components/charts draw them. Every chart is drawn beside its own table, so the drawing never carries a fact alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH, HEIGHT = 640, 280
LEFT, RIGHT, TOP, BOTTOM = 72, 24, 20, 44
FILLS = ("fill-1", "fill-2", "fill-3", "fill-4", "fill-5")


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    value: int
    says: str
    width: str  # 0–100, with one decimal, as an SVG percentage


def bars(rows: Sequence[Mapping[str, object]], *, most: int | None = None) -> list[Bar]:
    """rows: [{label, value, says}]; the longest bar, or `most`, fills the width."""
    top = most or max((int(row["value"]) for row in rows), default=0)
    return [
        Bar(
            str(row["label"]),
            int(row["value"]),
            str(row.get("says", f"{row['value']:,}")),
            _share(int(row["value"]), top),
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Part:
    label: str
    value: int
    says: str
    percent: str
    x: str
    width: str
    fill: str


def share_strip(rows: Sequence[Mapping[str, object]], *, whole: int | None = None, rest: str = "") -> list[Part]:
    """Parts of one whole side by side; what `whole` leaves over is the last part, named `rest`.

    Parts beyond the whole are an error.
    """
    total = sum(int(row["value"]) for row in rows)
    whole = total if whole is None else whole
    if total > whole:
        raise ValueError("the parts are more than the whole")
    given = list(rows)
    if rest and whole > total:
        given.append({"label": rest, "value": whole - total, "rest": True})
    parts, before = [], 0
    for place, row in enumerate(given):
        value = int(row["value"])
        fill = "fill-rest" if row.get("rest") else FILLS[place % len(FILLS)]
        says = str(row.get("says", f"{value:,}"))
        share = _share(value, whole)
        parts.append(Part(str(row["label"]), value, says, share, _share(before, whole), share, fill))
        before += value
    return parts


@dataclass(frozen=True, slots=True)
class Curve:
    plan: str  # points of a polyline
    actual: str
    last: tuple[str, str] | None
    ticks: list[tuple[str, str]]  # x, label
    levels: list[tuple[str, str]]  # y, label
    width: int = WIDTH
    height: int = HEIGHT


def s_curve(
    labels: Sequence[str], plan: Sequence[int], actual: Sequence[int | None], *, most: int | None = None
) -> Curve:
    """Cumulated figures by period; `actual` ends (or holds None) where nothing is reported yet."""
    if len(plan) != len(labels):
        raise ValueError("one planned figure for each period")
    known = [value for value in actual if value is not None]
    top = most or max([*plan, *known, 1])
    across = (WIDTH - LEFT - RIGHT) / max(len(labels) - 1, 1)
    down = HEIGHT - TOP - BOTTOM

    def point(place: int, value: int) -> tuple[str, str]:
        return f"{LEFT + across * place:.1f}", f"{TOP + down * (1 - value / top):.1f}"

    drawn = [point(place, value) for place, value in enumerate(actual) if value is not None]
    every = max(1, -(-len(labels) // 7))
    return Curve(
        plan=" ".join(",".join(point(place, value)) for place, value in enumerate(plan)),
        actual=" ".join(",".join(place) for place in drawn),
        last=drawn[-1] if drawn else None,
        ticks=[(point(place, 0)[0], label) for place, label in enumerate(labels) if place % every == 0],
        levels=[(point(0, value)[1], f"{value * 100 // top}%") for value in (0, top // 2, top)] if top > 1 else [],
    )


def _share(part: int, whole: int) -> str:
    if whole <= 0:
        return "0"
    return f"{(Decimal(max(part, 0)) * 100 / whole).quantize(Decimal('0.1')):f}"
