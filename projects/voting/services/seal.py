"""The daily chain: once a day's vote is over, its totals are sealed onto the days before, for everybody to keep."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from portal import locks
from projects.voting import rules
from projects.voting.models import Ballot, Channel, DaySeal, Participation, Slate
from projects.voting.queries import window_of


@transaction.atomic
def seal_days(slate: Slate, *, now: datetime) -> int:
    """Seal each day of an open poll that has ended and is not sealed yet; answer how many."""
    locks.hold_alone("round", slate.round_id)
    first = timezone.localdate(window_of(slate.round).opens_at)
    newest = DaySeal.objects.filter(slate=slate).last()
    day, made = (newest.day + timedelta(days=1) if newest else first), 0
    while day < timezone.localdate(now) and not (newest and newest.final):
        newest = seal(slate, day=day, final=False)
        day, made = day + timedelta(days=1), made + 1
    return made


def seal(slate: Slate, *, day: date, final: bool) -> DaySeal:
    """Write one link. The caller holds the round alone, so no ballot is on its way."""
    newest = DaySeal.objects.filter(slate=slate).last()
    cast = Participation.objects.filter(slate=slate, day__lte=day)
    held = Ballot.objects.filter(slate=slate)
    figures = {
        "day": day.isoformat(),
        "cast": cast.count(),
        "changed": held.filter(revision__gt=1).count(),
        "paper": cast.filter(channel=Channel.PAPER).count(),
        "withdrawn": held.filter(choices={}).count(),
        "final": final,
    }
    digest = rules.digest_of_day(newest.digest if newest else slate.digest, figures)
    return DaySeal.objects.create(slate=slate, digest=digest, **{**figures, "day": day})


def seal_all(*, now: datetime) -> int:
    """Once a minute: every open poll; almost always there is nothing to do."""
    rows = Slate.objects.filter(closed_at=None, roll_size__gt=0, round__stage="voting", round__cancelled_at=None)
    yesterday = timezone.localdate(now) - timedelta(days=1)
    rows = rows.exclude(seals__day__gte=yesterday)
    return sum(seal_days(slate, now=now) for slate in rows.select_related("round"))
