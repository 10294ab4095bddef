"""All that happens on the volunteers' floor without a click. Each task is one call of a service."""

from __future__ import annotations

from celery import shared_task

from portal import clock
from volunteers.activities.services import remind_due


@shared_task(name="volunteers.tend", ignore_result=True)
def tend() -> int:
    """Once a minute: who has a place tomorrow is reminded."""
    return remind_due(now=clock.now())
