"""Advisory locks of PostgreSQL, held to the end of the transaction.

Closing a stage takes its round exclusively; casting a ballot or lodging a proposal takes it shared, so that
voters never queue behind each other and none slips past the close. Order of locks: round, then project,
then rows; never the other way.
"""

from __future__ import annotations

from django.db import connection

KINDS = {"round": 1, "project": 2, "envelope": 3, "log": 4, "person": 5, "tick": 6, "volunteers": 7, "letters": 8}
KINDS |= {"roster": 9, "records": 10, "timebank": 20, "tariff": 21, "search": 30}


def hold_shared(kind: str, number: int) -> None:
    """Wait for writers that hold it exclusively; let other shared holders pass."""
    _take("pg_advisory_xact_lock_shared", kind, number)


def hold_alone(kind: str, number: int) -> None:
    """Wait until nobody else holds it, shared or alone."""
    _take("pg_advisory_xact_lock", kind, number)


def try_alone(kind: str, number: int = 0) -> bool:
    """Take it alone if that is possible at once; answer whether it was."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [KINDS[kind], number])
        return cursor.fetchone()[0]


def _take(function: str, kind: str, number: int) -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("a lock needs a transaction")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s, %s)", [KINDS[kind], number])  # two fixed names
