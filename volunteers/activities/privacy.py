"""What the activities hold of a person: her places and when she was there (P8, P9); and what happens when she leaves."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from communities.accounts.models import User
from communities.residents.privacy import keeps
from volunteers.activities.models import Invitation, SignUp
from volunteers.activities.services import release_volunteer
from volunteers.teams.leaving import on_leaving


def register() -> None:
    """Tell the residents' room what is kept here, and the teams' room what must be freed; called once at the start."""
    keeps("志愿活动", export=places_of, erase=forget_invitations)
    on_leaving(release_volunteer)


def places_of(person: User) -> list[dict[str, Any]]:
    rows = SignUp.objects.filter(volunteer__person=person).select_related("shift__call", "presence")
    return [
        {
            "活动": row.shift.call.title,
            "班次": row.shift.starts_at.isoformat(),
            "状态": row.get_state_display(),
            "签到": row.presence.came_at.isoformat() if hasattr(row, "presence") else "",
            "签退": row.presence.left_at.isoformat() if hasattr(row, "presence") and row.presence.left_at else "",
        }
        for row in rows.order_by("asked_at")
    ]


def forget_invitations(person: User, *, now: datetime) -> None:
    """Whom somebody thought of asking is nobody's business any more; who was there stays as a record without a name."""
    Invitation.objects.filter(volunteer__person=person).delete()
