"""What the communities do without a click: their kinds of job, and the nightly sweep of codes (P10)."""

from __future__ import annotations

from datetime import timedelta

from celery import shared_task

from communities.accounts.services.codes import sweep_codes
from communities.divisions import imports
from portal import clock

__all__ = ["imports", "sweep"]


@shared_task(name="communities.sweep", ignore_result=True)
def sweep() -> int:
    """Delete sign-in codes older than a day; their counters are not needed any more."""
    return sweep_codes(before=clock.now() - timedelta(days=1))
