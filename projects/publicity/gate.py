"""The notice runs its full period, and no unanswered objection passes."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from portal.refusals import gettext_noop as _
from projects.items import Hold
from projects.permissions import TITLES, Party
from projects.publicity import queries
from projects.publicity.models import PublicNotice
from projects.publicity.services import post_notices
from projects.rounds.models import Round


def holding(subject: Round, *, now: datetime) -> list[Hold]:
    running = PublicNotice.objects.filter(round=subject, ends_on__gte=queries.local_day(now)).order_by("-ends_on")
    unanswered = queries.open_objections(subject)
    found = []
    if last := running.first():
        found.append(
            Hold(
                "notice_running",
                _("%(count)s 份公示还没有到期，最晚到 %(day)s"),
                running.count(),
                url=reverse("publicity:round", args=[subject.number]),
                params={"day": last.ends_on.isoformat()},
                since=last.starts_on,
            )
        )
    if count := unanswered.count():
        found.append(
            Hold(
                "unanswered",
                _("%(count)s 条异议还没有答复"),
                count,
                who=f"{TITLES[Party.WORKER]}、{TITLES[Party.STREET]}",
                url=reverse("publicity:desk"),
            )
        )
    return found


def enter(subject: Round, *, now: datetime) -> None:
    """Put what is newly chosen on the board; what was on it before is not noticed again."""
    post_notices(subject, now=now)
