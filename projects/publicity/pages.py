"""Pages of the room as plain values: the sheet, the QR code, what can be done about an item."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import segno
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import clock, figures
from portal.holidays import calendar
from portal.workdays import working_days_left
from projects.proposals.models import Category, Origin
from projects.publicity import queries, rules
from projects.publicity.models import Objection, PublicNotice

TONES = {"open": "turn", "answered": "done", "upheld": "urgent"}
UNITS = {"working": gettext_lazy("个工作日"), "calendar": gettext_lazy("个自然日")}


def sheet_of(sheet: PublicNotice) -> dict[str, Any]:
    """The notice as printed: entries with their titles, sum, objections with answers."""
    return {
        "notice": sheet,
        "lines": [line_of(entry) for entry in sheet.entries],
        "total": sum(entry["amount"] for entry in sheet.entries),
        "unit": UNITS[sheet.unit],
        "over": rules.is_over(sheet.ends_on, today=clock.today()),
        "objections": [objection_card(row) for row in queries.objections_of(sheet)],
    }


def line_of(entry: dict[str, Any]) -> dict[str, Any]:
    return {
        **entry,
        "category": Category(entry["category"]).label if entry["category"] else "",
        "origin": Origin(entry["origin"]).label,
    }


def objection_card(row: Objection) -> dict[str, Any]:
    return {
        "row": row,
        "state": row.get_outcome_display(),
        "tone": TONES[row.outcome],
        "left": working_days_left(clock.today(), row.due_on, calendar()) if row.outcome == rules.OPEN else None,
    }


def queue_item(row: Objection) -> dict[str, Any]:
    card = objection_card(row)
    return {
        "url": reverse("publicity:answer", args=[row.number]),
        "title": row.proposal.title,
        "kind": _("异议"),
        "number": row.number,
        "place": row.notice.community.name,
        "status": card["state"],
        "tone": card["tone"],
        "due_on": row.due_on if row.outcome == rules.OPEN else None,
        "left": card["left"],
    }


def qr_of(request: HttpRequest, sheet: PublicNotice) -> bytes:
    """An SVG that leads from the paper on the board to the page."""
    stream = BytesIO()
    address = request.build_absolute_uri(reverse("publicity:notice", args=[sheet.pk]))
    segno.make(address, error="m").save(stream, kind="svg", scale=4, border=2, xmldecl=False)
    return stream.getvalue()


def confirmation_of(row: Objection) -> dict[str, Any]:
    """What the resident sees after lodging: the number and when the answer comes (U8)."""
    day = figures.day(row.due_on)
    return {
        "objection": row,
        "steps": [
            _("社区或街道在%(day)s前书面答复，答复会公开，也会发到“我的消息”。") % {"day": day},
            _("没有答复之前，这一批次不会进入审批。"),
        ],
    }
