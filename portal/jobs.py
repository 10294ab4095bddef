"""Long work as rows. The database is the queue; the message only saves waiting.

A room registers a kind with @job("room.verb_noun"); the function gets the Job row and a `report(done, total)`.
It must be safe to run again: a job that died is taken up again by the tick after its lease.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.core.cache import cache
from django.db import transaction
from django.db.models import F, Q

from portal.models import Job

LEASE = timedelta(minutes=15)
TRIES = 3
KINDS: dict[str, Callable] = {}


def job(kind: str) -> Callable:
    """Register the function that does this kind of job: run(job, report) -> dict of plain JSON values."""

    def register(run: Callable) -> Callable:
        KINDS[kind] = run
        return run

    return register


def ask(
    kind: str,
    *,
    title: str,
    now: datetime,
    by: AbstractBaseUser | None = None,
    key: str | None = None,
    **args: object,
) -> Job:
    """Write the job's row and wake a worker after the commit. The same key answers the same job again."""
    if key is not None and (held := Job.objects.filter(key=key).first()):
        return held
    row = Job.objects.create(kind=kind, title=title, key=key, args=args, asked_by=by, asked_at=now)
    wake(row.pk)
    return row


def wake(number: int) -> None:
    """After the commit, tell a worker about the job; a lost message costs a minute, nothing else."""

    def send() -> None:
        from portal.tasks import run_job

        run_job.delay(number)

    transaction.on_commit(send, robust=True)


def due(now: datetime) -> list[int]:
    """Jobs that wait, and jobs whose worker died: their ids, oldest first, at most 200."""
    return list(Job.objects.filter(is_due(now)).order_by("pk").values_list("pk", flat=True)[:200])


def is_due(now: datetime) -> Q:
    waiting = Q(state=Job.State.WAITING) & (Q(not_before=None) | Q(not_before__lte=now))
    return waiting | Q(state=Job.State.RUNNING, not_before__lte=now)


def run(number: int, *, now: datetime) -> bool:
    """Take the job if it is due, do it, write down how it ended. False when somebody else has it."""
    row = _take(number, now)
    if row is None:
        return False

    def report(done: int, total: int) -> None:
        with suppress(Exception):  # progress is a courtesy: a cache that is away must not stop the work
            cache.set(progress_key(number), (done, total), 3600)

    try:
        answer = KINDS[row.kind](row, report)
    except Exception as error:  # noqa: BLE001 - every failure must reach the row that staff see
        _fail(row, error, now)
        return True
    Job.objects.filter(pk=number).update(
        state=Job.State.DONE, answer=answer or {}, file=row.file.name or "", finished_at=now, error=""
    )
    return True


def progress(row: Job) -> tuple[int, int]:
    """(done, total) of a job; (0, 0) when it has not reported. Seen at once, also from inside its transaction."""
    with suppress(Exception):
        return cache.get(progress_key(row.pk)) or (0, 0)
    return (0, 0)


def progress_key(number: int) -> str:
    return f"job-progress-{number}"


def retry(number: int, *, now: datetime) -> None:
    """Put a failed job back into the queue."""
    Job.objects.filter(pk=number, state=Job.State.FAILED).update(
        state=Job.State.WAITING, not_before=now, attempts=0, error=""
    )
    wake(number)


def _take(number: int, now: datetime) -> Job | None:
    with transaction.atomic():
        row = Job.objects.select_for_update(skip_locked=True).filter(is_due(now), pk=number).first()
        if row is None:
            return None
        Job.objects.filter(pk=number).update(
            state=Job.State.RUNNING, attempts=F("attempts") + 1, not_before=now + LEASE
        )
        row.refresh_from_db()
        return row


def _fail(row: Job, error: Exception, now: datetime) -> None:
    again = row.attempts < TRIES
    text = f"{type(error).__name__}: {error}\n{traceback.format_exc(limit=-3)}"
    Job.objects.filter(pk=row.pk).update(
        state=Job.State.WAITING if again else Job.State.FAILED,
        not_before=now + timedelta(minutes=row.attempts),
        error=text[:4000],
        finished_at=None if again else now,
    )
