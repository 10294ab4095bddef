"""Several lists read with one question to the database: for a page that gathers a little from many tables.

Each list stays the queryset that it was, written by the room that knows it, and gives the same rows in the same order;
only the way to the database is walked once. The lists stand side by side, joined on nothing, so that no row of one ever
meets a row of another and every column keeps its type.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler


def read(lists: Iterable[QuerySet]) -> None:
    """Read these lists of rows now; whoever goes through one of them afterwards asks nothing more.

    A list that was read already stays as it is. Not for values(), nor for prefetch_related(), which asks again by itself.
    """
    unread = [rows for rows in lists if rows._result_cache is None]
    asked = [(rows, compiler, sql, given) for rows in unread for compiler, sql, given in _compiled(rows)]
    if not asked:
        return
    parts = [_part(n, sql) for n, (_rows, _compiler, sql, _given) in enumerate(asked)]
    side_by_side = " FULL JOIN ".join([parts[0], *(f"{part} ON FALSE" for part in parts[1:])])
    with connection.cursor() as cursor:
        given = [value for _rows, _compiler, _sql, values in asked for value in values]
        cursor.execute(f"SELECT * FROM {side_by_side}", given)  # nosec B608: the querysets' own SQL, every value a parameter
        found = cursor.fetchall()
    start = 0
    for rows, compiler, _sql, _given in asked:
        end = start + 1 + compiler.col_count
        held = sorted((row[start:end] for row in found if row[start] is not None), key=lambda row: row[0])
        _fill(rows, compiler, [row[1:] for row in held])
        start = end


def _part(n: int, sql: str) -> str:
    return f"(SELECT row_number() OVER () AS place, t.* FROM ({sql}) t) t{n}"  # nosec B608: SQL that Django wrote


def _compiled(rows: QuerySet) -> list[tuple[SQLCompiler, str, Sequence[Any]]]:
    """The list's own question; none where it is empty before it is asked."""
    compiler = rows.query.get_compiler(using=connection.alias)
    try:
        sql, given = compiler.as_sql(with_col_aliases=True)
    except EmptyResultSet:
        rows._result_cache = []
        return []
    return [(compiler, sql, given)]


def _fill(rows: QuerySet, compiler: SQLCompiler, held: list[tuple]) -> None:
    """Let the queryset make its objects of these rows as of its own answer."""
    compiler.execute_sql = lambda *_args, **_kwargs: [held]
    rows.query.get_compiler = lambda *_args, **_kwargs: compiler
    try:
        rows._fetch_all()
    finally:
        del rows.query.get_compiler
