"""What the room holds of a council's member, for her own download. Minutes are public records and stay (P8, P9)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from communities.accounts.models import User
from communities.residents.privacy import keeps
from projects.deliberation.models import Attendance, Mandate, Recusal, Turn


def register() -> None:
    """Tell the residents' room what is kept here; called once when the app is ready."""
    keeps("议事会", export=sat_in, erase=keep_minutes)


def sat_in(person: User) -> dict[str, list[dict[str, Any]]]:
    """Where she came, spoke, stood aside, let another vote or voted for another. How she voted stands in the minutes alone."""
    came = Attendance.objects.filter(person=person).select_related("meeting").order_by("pk")
    aside = Recusal.objects.filter(person=person).select_related("item__proposal").order_by("pk")
    spoke = Turn.objects.filter(person=person, called_at__isnull=False).select_related("item__proposal").order_by("pk")
    rows = Mandate.objects.select_related("meeting", "person", "holder").order_by("pk")
    return {
        "到会": [{"会议": row.meeting.number, "登记": row.get_state_display()} for row in came],
        "回避": [{"提案": row.item.proposal.number, "原因": row.reason} for row in aside],
        "发言": [{"提案": row.item.proposal.number, "时间": row.called_at.isoformat()} for row in spoke],
        "委托": [
            {
                "会议": row.meeting.number,
                "委托人": row.person.name,
                "受托人": row.holder.name,
                "时间": row.at.isoformat(),
                "撤回": row.revoked_at.isoformat() if row.revoked_at else "",
            }
            for row in rows.filter(person=person) | rows.filter(holder=person)
        ],
    }


def keep_minutes(person: User, *, now: datetime) -> None:
    """The minutes stay; the account behind them has no name and no phone any more."""
