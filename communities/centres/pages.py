"""A centre's page as plain values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from communities.centres import parts, queries
from communities.centres.catalogue import Entry
from communities.centres.forms import said
from communities.centres.models import ServiceCentre
from communities.centres.rules import CATALOGUES, CATEGORIES, DayHours

A_FEW = 12
LOOK_AHEAD = 60  # days of special hours that the page tells in advance


@dataclass(frozen=True, slots=True)
class Today:
    """Whether the centre is open at this moment, in a few words."""

    words: str
    tone: str
    hours: str


def today_of(centre: ServiceCentre, *, now: datetime) -> Today | None:
    """None where the centre keeps no hours."""
    hours = queries.hours_of(centre, now.date())
    return words_of(hours, now=now)


def words_of(hours: DayHours, *, now: datetime) -> Today | None:
    if not hours.known:
        return None
    moment = now.time()
    told = said(hours.stretches) or (_("今天不开放") + (f"（{_(hours.note)}）" if hours.note else ""))
    if stretch := hours.open_at(moment):
        return Today(_("现在开放，到 %(time)s") % {"time": f"{stretch[1]:%H:%M}"}, "done", told)
    if stretch := hours.next_after(moment):
        return Today(_("%(time)s 开放") % {"time": f"{stretch[0]:%H:%M}"}, "plain", told)
    return Today(_("今天已关门") if hours.stretches else _("今天休息"), "stopped", told)


def week_rows(week: list[DayHours], *, today: date) -> list[dict]:
    """[{on, parts, note, today}] of the days; [] where the centre keeps no hours."""
    if not any(each.known for each in week):
        return []
    return [
        {
            "on": each.on,
            "parts": [said([stretch]) for stretch in each.stretches] or [_("不开放")],
            "note": _(each.note) if each.note else "",
            "today": each.on == today,
        }
        for each in week
    ]


def centre_of(centre: ServiceCentre, *, now: datetime) -> dict:
    """Everything that the public page of a centre prints."""
    today, last = now.date(), now.date() + timedelta(days=LOOK_AHEAD)
    hours = queries.calendar_of_centre(centre, today, last)
    week = [hours(today + timedelta(days=number)) for number in range(7)]
    return {
        "centre": centre,
        "today": words_of(week[0], now=now),
        "week": week_rows(week, today=today),
        "groups": [(_(title), rows) for title, rows in queries.services_of(centre)],
        "rooms": list(queries.rooms_of(centre, today)[:30]),
        "cards": [parts.card_of(row, now=now) for row in queries.coming(now).filter(centre=centre)[:A_FEW]],
        "special": list(centre.special_hours.filter(on__gt=week[-1].on, on__lte=last)[:10]),
    }


def catalogue_groups(entries: Iterable[Entry]) -> list[tuple[str, str, list[Entry]]]:
    """Entries under "基本服务 · 为老服务" and the like with their source, in the lists' order."""
    groups: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        title = f"{_(CATALOGUES[entry.catalogue])} · {_(CATEGORIES[entry.category])}"
        groups.setdefault((title, _(entry.source)), []).append(entry)
    return [(title, source, rows) for (title, source), rows in groups.items()]
