"""What an answer costs in CPU: this process and its backend of the database. On a busy machine this says more than time."""

from __future__ import annotations

import time

import psutil


def one_core() -> psutil.Process:
    """The backend that serves this process; no helpers, so that all it does is counted."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET max_parallel_workers_per_gather = 0")
        cursor.execute("SELECT pg_backend_pid()")
        return psutil.Process(cursor.fetchone()[0])


def spent(backend: psutil.Process) -> float:
    """Seconds of CPU so far; the difference of two answers is what lies between."""
    return time.process_time() + sum(backend.cpu_times()[:2])
