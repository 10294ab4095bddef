"""Pages of those who vote for others, as plain values: what the charter says, what stands, a member's papers."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from communities.accounts.models import User
from projects.deliberation import mandate, queries
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
        "is_over": bool(meeting.opened_at or meeting.closed_at or meeting.adjourned_at),
    }


def papers_sheet(meeting: Meeting, person: User) -> dict[str, Any]:
    """A member's papers: the agenda with the plans, the item at the vote, what is hers to do, who lets her vote."""
    mine, voting = queries.mine_in(meeting, person), queries.item_at_vote(meeting)
    sheet = mandates_sheet(meeting)
    rests = mandate.silenced({each.pk: person.pk for each in mine["carries"]}, aside=queries.aside_from(voting)) if voting else ()
    return {
        **sheet,
        "papers": queries.papers_of(meeting),
        "mine": mine,
        "voting": voting,
        "seated": person in queries.members_on_the_day(meeting),
        "given": next((row for row in sheet["rows"] if row.person_id == person.pk), None),
        "held": [row for row in sheet["rows"] if row.holder_id == person.pk],
        "carried": [
            {"person": each, "rests": each.pk in rests, "voted": (voting.pk, each.pk) in mine["carried"]}
            for each in (mine["carries"] if voting else ())
        ],
    }
