"""All that happens on the volunteers' floor without a click. Each task is one call of a service."""

from __future__ import annotations

from celery import shared_task

from portal import clock
from volunteers.activities.services import remind_due
from volunteers.rewards.services import lapse_redemptions
from volunteers.timebank.services import expire_points
from volunteers.wishes import services as wishes


@shared_task(name="volunteers.tend", ignore_result=True)
def tend() -> int:
    """Once a minute: who has a place tomorrow is reminded; codes that nobody used give their points back; points whose
    last day is over expire; claims of wishes whose last day has passed go back to the wall."""
    now = clock.now()
    return remind_due(now=now) + lapse_redemptions(now=now) + expire_points(now=now) + wishes.tend(now=now)
