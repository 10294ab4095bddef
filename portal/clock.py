"""The one place that reads the time. Views, tasks and commands ask here and pass `now` on.

In demo mode an offset lets a visitor move the portal's clock forward, so that a round can be walked
through in minutes. Outside demo mode the offset is never read.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone

_pretended: ContextVar[datetime | None] = ContextVar("pretended_now", default=None)


def now() -> datetime:
    """The present instant (aware, UTC)."""
    return _pretended.get() or timezone.now() + offset()


def today() -> date:
    """The present date in the portal's time zone."""
    return timezone.localdate(now())


def database_now() -> datetime:
    """The present instant by the database's clock, for deadlines checked inside a transaction (B3)."""
    pretended = _pretended.get()
    if pretended:
        return pretended
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0] + offset()


def offset() -> timedelta:
    """How far the demo clock runs ahead; zero outside demo mode."""
    if not settings.DEMO:
        return timedelta(0)
    from portal.models import DemoClock

    seconds = DemoClock.objects.values_list("ahead_seconds", flat=True).first()
    return timedelta(seconds=seconds or 0)


def move_demo_clock(*, days: int) -> timedelta:
    """Move the demo clock forward by whole days; never back. Raises outside demo mode."""
    if not settings.DEMO:
        raise RuntimeError("the clock moves in demo mode only")
    from portal.models import DemoClock

    clock, _ = DemoClock.objects.get_or_create(pk=1)
    clock.ahead_seconds += max(0, days) * 86400
    clock.save()
    return timedelta(seconds=clock.ahead_seconds)


@contextmanager
def pretend(moment: datetime):
    """Let now() answer `moment` inside the block: for tests and for loading the demo's history."""
    token = _pretended.set(moment)
    try:
        yield moment
    finally:
        _pretended.reset(token)
