"""All that happens in the pipeline without a click. Each task is one call of a service."""

from __future__ import annotations

from celery import shared_task

from portal import clock
from projects.rounds import services


@shared_task(name="projects.advance_due", ignore_result=True)
def advance_due() -> int:
    """Once a minute: rounds and projects whose time has come and that nothing holds move on."""
    return services.advance_due(now=clock.now()).moved
