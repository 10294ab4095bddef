"""Pages of a hearing as plain values."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from projects import permissions
from projects.deliberation import queries
from projects.deliberation.models import Hearing
from projects.permissions import Party


def hearing_sheet(row: Hearing, *, parties: frozenset[Party], today: date) -> dict[str, Any]:
    """A hearing's state in words and what its reader may do."""
    if row.cancelled_at:
        words, tone = _("已取消"), "stopped"
    elif row.published_at:
        words, tone = _("笔录已公开"), "done"
    elif today > queries.local_day(row.starts_at):
        words, tone = _("已召开，笔录待签字"), "active"
    else:
        words, tone = _("已公告"), "plain"
    is_open = row.cancelled_at is None and today <= row.register_until
    asking = permissions.objection_to("deliberation.join_hearing", roles=parties, stage=row.proposal.round.stage)
    return {
        "hearing": row,
        "state": words,
        "tone": tone,
        "is_open": is_open,
        "may_ask": is_open and asking is None,
        "may_keep": bool(parties & {Party.WORKER, Party.COUNCIL}),
        "is_held": row.cancelled_at is None and today >= queries.local_day(row.starts_at),
        "may_leave": row.cancelled_at is None and today <= queries.local_day(row.starts_at),
    }
