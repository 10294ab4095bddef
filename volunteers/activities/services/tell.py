"""Who is told without having asked: those whom a shift would suit, and those who come tomorrow."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from communities.accounts.models import User
from portal import log, notices
from portal.refusals import gettext_noop as _
from portal.refusals import insist
from volunteers.activities import queries
from volunteers.activities.models import Invitation, SignUp
from volunteers.activities.services.calls import may_run
from volunteers.activities.services.places import locked

A_TICK = 500


@transaction.atomic
def invite(*, shift_id: int, by: User, volunteers: list[int], now: datetime) -> int:
    """Ask those of the named volunteers whom the shift suits; each is asked once. Answers how many were asked."""
    shift = locked(shift_id)
    insist(may_run(by, shift.call, now))
    wanted = set(volunteers)
    suited = [row for row, _reasons in queries.suited(shift) if row.pk in wanted]
    Invitation.objects.bulk_create(
        [Invitation(shift=shift, volunteer=row, invited_by=by, at=now) for row in suited], ignore_conflicts=True
    )
    log.record("activities.invite", by=by, about=shift, now=now, count=len(suited))
    notices.owe(
        [row.person_id for row in suited],
        kind="activities.invited",
        key=f"invited-{shift.pk}",
        text=_("“%(title)s”%(at)s需要帮手，和您登记的技能、时间合适，愿意来吗？"),
        url=reverse("activities:call", args=[shift.call.number]),
        now=now,
        title=shift.call.title,
        at=shift.starts_at,
    )
    return len(suited)


@transaction.atomic
def remind_due(*, now: datetime) -> int:
    """A day before: everybody with a place is reminded once. Answers how many."""
    rows = list(queries.due_reminders(now).select_for_update(of=("self",), skip_locked=True)[:A_TICK])
    for row in rows:
        notices.owe(
            [row.volunteer.person_id],
            kind="activities.reminder",
            key=f"shift-reminder-{row.pk}",
            text=_("提醒：%(at)s“%(title)s”，地点 %(place)s。来不了请尽早放弃名额。"),
            url=reverse("activities:call", args=[row.shift.call.number]),
            now=now,
            title=row.shift.call.title,
            at=row.shift.starts_at,
            place=row.shift.call.place,
        )
    SignUp.objects.filter(pk__in=[row.pk for row in rows]).update(reminded_at=now)
    return len(rows)
