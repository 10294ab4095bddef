"""What time does to wishes: claims lapse back to the list, claimers are reminded, people are forgotten."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from portal import log, notices
from portal.refusals import gettext_noop as _
from volunteers.wishes import queries, rules
from volunteers.wishes.models import Claim
from volunteers.wishes.services.claims import end, locked

A_TICK = 200


def tend(*, now: datetime) -> int:
    """Once a minute. Answers how many claims lapsed."""
    today = timezone.localdate(now)
    lapsed = sum(lapse(number, now=now) for number in queries.overdue(today).values_list("pk", flat=True)[:A_TICK])
    remind(now=now)
    forget(now=now)
    return lapsed


@transaction.atomic
def lapse(claim_id: int, *, now: datetime) -> int:
    """The wish goes back to the list; 0 when somebody was quicker."""
    wish = locked(Claim.objects.get(pk=claim_id).wish_id)
    claim = Claim.objects.select_related("volunteer").get(pk=claim_id)
    done = claim.done_at is not None or claim.ended_at is not None
    if not rules.lapses(claim.due_on, today=timezone.localdate(now), done=done):
        return 0
    end(claim, wish, rules.LAPSED, now=now)
    log.record("wishes.lapse", by=None, about=wish, now=now, claim=claim.pk)
    notices.owe(
        [claim.volunteer.person_id],
        kind="wishes.lapsed",
        key=f"claim-lapsed-{claim.pk}",
        text=_("您认领的“%(title)s”到期了，已放回心愿墙。以后有空还可以再认领。"),
        url=reverse("wishes:wish", args=[wish.number]),
        now=now,
        title=wish.title,
    )
    return 1


@transaction.atomic
def remind(*, now: datetime) -> int:
    """Three days before the last day, once."""
    rows = list(queries.soon_due(timezone.localdate(now)).select_for_update(of=("self",), skip_locked=True)[:A_TICK])
    for claim in rows:
        notices.owe(
            [claim.volunteer.person_id],
            kind="wishes.reminder",
            key=f"claim-reminder-{claim.pk}",
            text=_("您认领的“%(title)s”请在 %(due)s 前完成，做不到请尽早放回心愿墙。"),
            url=reverse("wishes:wish", args=[claim.wish.number]),
            now=now,
            title=claim.wish.title,
            due=claim.due_on,
        )
    Claim.objects.filter(pk__in=[claim.pk for claim in rows]).update(reminded_at=now)
    return len(rows)


@transaction.atomic
def forget(*, now: datetime) -> int:
    """90 days after its end nobody knows any more whose wish it was (P10)."""
    deleted, _by_model = queries.long_over(now).delete()
    return deleted
