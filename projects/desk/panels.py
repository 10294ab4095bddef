"""The figures of a place as pages print them: tiles, the programme's table, places side by side, the curve, ageing.

The public page of figures and the offices' overview print the same panels; only the overview leads to the rows behind each number.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.divisions.models import Division
from portal import figures
from projects import pipeline
from projects.delivery.queries import BoardRow
from projects.desk.queries import boards, months, overview, programme, statistics
from projects.desk.queries.below import Below, below_of
from projects.desk.queries.programme import Line, Programme

CHILD = {
    Division.Level.CITY: ("区", "district"),
    Division.Level.DISTRICT: ("街道", "street"),
    Division.Level.STREET: ("社区", "community"),
    Division.Level.COMMUNITY: ("社区", "community"),
}
BEHIND = {"built": "done", "overdue": "overdue"}


def panels_of(place: Division, *, year: int, track: str, today: date) -> dict[str, Any]:
    """Everything that both pages show. Fifteen queries at most, whatever the number of rows."""
    below = below_of(place)
    counted = programme.programme_of(place, today=today, below=below)
    by_month = months.months_of(place, year, today=today, below=below)
    track = track if track in months.TRACKS else "done"
    plan, fact = months.curve_of(by_month, track)
    title, means, money = months.TRACKS[track]
    return {
        "place": place,
        "below": below,
        "today": today,
        "counted": counted,
        "tiles": [boards.figure_tile(figure) for figure in statistics.figures_of(below, counted.whole)],
        "types": [*[(label, key, line) for key, label, line in counted.by_category()], (_("合计"), "", counted.whole)],
        "states": [(_(words), _(why)) for words, why in programme.STATES.values()],
        "mixes": [boards.mix_chart("content_class", statistics.mix_of(counted, "content_class"))],
        "year": year,
        "years": list(range(today.year, (counted.first_year or today.year) - 1, -1))[:20],
        "months": by_month,
        "track": track,
        "tracks": [(key, _(row[0])) for key, row in months.TRACKS.items()],
        "curve": {
            "title": _("%(year)s年%(what)s：计划与实际（逐月累计）") % {"year": year, "what": _(title)},
            "labels": [figures.month(number) for number in months.MONTHS],
            "plan": plan,
            "fact": fact,
            "money": money,
            "means": _(means),
        },
        "child_word": child_word(place),
    }


def child_word(place: Division) -> str:
    return {"区": _("区"), "街道": _("街道"), "社区": _("社区")}[CHILD[Division.Level(place.level)][0]]


def lines_of(counted: Programme, *, sort: str = "code") -> list[tuple[Division, Line]]:
    """The children side by side; by deadlines or completeness, never by votes or activity."""
    rows = counted.by_child()
    keys = {
        "overdue": lambda row: (-row[1].overdue, row[0].code),
        "waiting": lambda row: (-row[1].waiting, row[0].code),
        "rate": lambda row: (row[1].paid / row[1].budget if row[1].budget else 2, row[0].code),
    }
    return sorted(rows, key=keys[sort]) if sort in keys else rows


def sort_links(place: Division, sort: str) -> list[dict[str, Any]]:
    said = {
        "overdue": _("超期多的在前"),
        "waiting": _("未开工多的在前"),
        "rate": _("支付率低的在前"),
        "code": _("按编码"),
    }
    held = {"place": place.code}
    return [
        {"title": words, "url": f"?{urlencode({**held, 'sort': key})}#places", "current": key == sort}
        for key, words in said.items()
    ]


def rows_url(place: Division, **asked: str) -> str:
    """The address of the rows behind a figure."""
    kept = {"place": place.code, **{name: value for name, value in asked.items() if value}}
    return f"{reverse('desk:overview_rows')}?{urlencode(kept)}"


def tile_links(place: Division) -> dict[str, str]:
    """The rows behind those tiles that count projects."""
    return {key: rows_url(place, state=state) for key, state in BEHIND.items()}


def side_by_side(place: Division, counted: Programme, *, sort: str) -> list[dict[str, Any]]:
    """Each child with its line; every number leads to its rows, the name to the child's own overview."""
    home = reverse("desk:overview")
    deeper = place.level in (Division.Level.CITY, Division.Level.DISTRICT, Division.Level.STREET)
    return [
        {
            "place": child,
            "line": line,
            "url": f"{home}?place={child.code}" if deeper else "",
            "states": [(line_of(line, state), rows_url(child, state=state)) for state in programme.STATES],
            "overdue": (line.overdue, rows_url(child, state="overdue")),
            "stopped": (line.stopped, rows_url(child, state="stopped")),
            "rate": figures.percent(line.paid, line.budget),
        }
        for child, line in lines_of(counted, sort=sort)
    ]


def line_of(line: Line, state: str) -> int:
    return getattr(line, state)


def cross_of(counted: Programme) -> list[dict[str, Any]]:
    """Payment rate by place and type: paid ÷ budget in each cell."""
    kinds = [key for key, _label, _line in counted.by_category()]
    return [
        {
            "place": child,
            "cells": [
                (figures.percent(cell.paid, cell.budget), cell) for cell in (counted.at(child, kind) for kind in kinds)
            ],
            "all": (figures.percent(line.paid, line.budget), line),
        }
        for child, line in counted.by_child()
    ]


def aged(rows: Iterable[BoardRow], *, today: date) -> list[dict[str, Any]]:
    """Rows of the board with the days that each has stood in its stage."""
    return [
        {
            "project": row.project, "days": (today - timezone.localdate(row.project.stage_since)).days, "paid": row.paid,
            "flag_words": [_(words) for words in row.flag_words], "next_title": row.next_title, "next_due": row.next_due,
        }
        for row in rows
    ]  # fmt: skip


def ageing_of(place: Division, *, today: date, below: Below | None = None) -> list[dict[str, Any]]:
    return [
        {
            "title": _(pipeline.stage(age.stage).title),
            "cells": [
                (count, rows_url(place, stage=age.stage, age=str(band))) for band, count in enumerate(age.counts)
            ],
            "all": (age.all, rows_url(place, stage=age.stage)),
        }
        for age in overview.ages_of(place, today=today, below=below)
    ]
