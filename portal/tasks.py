"""The beat's minute and the worker's one-call tasks of the ground floor."""

from __future__ import annotations

from celery import shared_task

from portal import clock, jobs, log


@shared_task(name="portal.tick", ignore_result=True)
def tick() -> int:
    """Once a minute: seal the log and find jobs whose message was lost."""
    log.seal_pending()
    due = jobs.due(clock.now())
    for number in due:
        run_job.delay(number)
    return len(due)


@shared_task(name="portal.run_job", ignore_result=True)
def run_job(number: int) -> bool:
    return jobs.run(number, now=clock.now())
