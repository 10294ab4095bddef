"""点菜: the call lasts as long as was promised; drafts hold nothing."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from portal.refusals import gettext_noop as _
from projects.items import Hold
from projects.proposals import queries
from projects.rounds.models import Round


def holding(round: Round, *, now: datetime) -> list[Hold]:
    """The published last day of the call, until it has passed."""
    window = queries.call_window(round)
    if window is None or now > window.closes_at:
        return []
    day = timezone.localdate(window.closes_at).isoformat()
    since = timezone.localdate(round.stage_since)
    return [Hold("call_still_open", _("征集要到公布的 %(day)s 才结束"), params={"day": day}, since=since)]


def enter(round: Round, *, now: datetime) -> None:
    """Nothing is owed to anybody when a call opens; the round's page says it."""
