"""The first stage: a round leaves its preparation when its call has been opened and its first day has come."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from portal.refusals import gettext_noop as _
from projects.items import Hold
from projects.rounds import queries
from projects.rounds.models import Round


def holding(round: Round, *, now: datetime) -> list[Hold]:
    """Every red line of the checklist until the call is open, then the published first day."""
    since = timezone.localdate(round.stage_since)
    url = reverse("rounds:check", args=[round.number])
    if round.frozen_at is None:
        red = [line for line in queries.checks(round, day=timezone.localdate(now)) if not line.ok]
        held = [
            Hold(line.code, line.problem, who=_("街道工作人员"), url=url, params=line.params, since=since)
            for line in red
        ]
        return [*held, Hold("call_not_opened", _("还没有发布征集"), who=_("街道工作人员"), url=url, since=since)]
    first = queries.window_of(round, "proposals")
    if first and first.opens_at > now:
        day = timezone.localdate(first.opens_at).isoformat()
        return [Hold("before_first_day", _("公布的征集开始日是 %(day)s"), params={"day": day}, since=since)]
    return []


def enter(round: Round, *, now: datetime) -> None:
    """No row of the chart leads back here; a round begins in this stage."""
