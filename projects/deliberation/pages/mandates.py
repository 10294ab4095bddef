"""Pages of those who vote for others, as plain values: what the charter says, what stands."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from projects.deliberation import queries
from projects.deliberation.models import Attendance, Meeting


def mandates_in_words(charter: queries.Charter) -> str:
    """What the charter says of those who let another member vote; nothing when it allows none."""
    if not charter.most:
        return ""
    if charter.in_quorum:
        return _("委托出席计入到会人数，算可表决人数，一位代表最多受托 %(most)s 份。") % {"most": charter.most}
    return _("委托出席不计入到会人数，算可表决人数，一位代表最多受托 %(most)s 份。") % {"most": charter.most}


def came_in_words(row: Attendance) -> str:
    """到会, or 委托出席 with the name of the member who votes."""
    words = row.get_state_display()
    return f"{words}（{row.holder.name}）" if row.holder else words


def mandates_sheet(meeting: Meeting) -> dict[str, Any]:
    """Who votes for whom at the meeting, and whether that can still change."""
    return {
        "meeting": meeting,
        "rows": list(queries.mandates_of(meeting)),
        "charter": queries.charter_of(meeting),
        "said": mandates_in_words(queries.charter_of(meeting)),
        "is_over": queries.is_settled(meeting),
    }
