"""Reads of voting at the service centre."""

from __future__ import annotations

from datetime import datetime

from projects.voting import kiosk as rules
from projects.voting.models import Kiosk, Slate

MOST_DEVICES = 20


def open_kiosks(slate: Slate, *, now: datetime) -> list[Kiosk]:
    rows = Kiosk.objects.filter(slate=slate, closed_at=None, opened_at__gt=now - rules.A_DAY)
    return list(rows.select_related("centre").order_by("pk")[:MOST_DEVICES])


def open_kiosk(number: int, *, now: datetime) -> Kiosk | None:
    """The device of this number while it is open and its poll is not counted."""
    rows = Kiosk.objects.select_related("slate__round", "slate__community", "centre")
    row = rows.filter(pk=number, slate__closed_at=None, slate__round__cancelled_at=None).first()
    if row is None or not rules.is_open(now, opened_at=row.opened_at, closed_at=row.closed_at):
        return None
    return row
