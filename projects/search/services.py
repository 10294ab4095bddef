"""Keeping the index: what the log says has changed is read anew; now and then everything is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from portal import locks
from portal.models import LogEntry
from projects.search.models import SearchEntry, SearchState
from projects.search.sources import OF_LOG, SOURCES, Found
from projects.search.terms import sounds_of, terms_of

BATCH, AT_ONCE = 1000, 200
OVERLAP = timedelta(minutes=10)  # rows of the log may be committed later than their neighbours
FIELDS = ["title", "about", "place", "url", "heads", "terms", "on", "stamp"]


@transaction.atomic
def catch_up(*, now: datetime | None = None) -> int:
    """Read anew what has been logged since the last time; answers how many things. One at a time: a second one goes away.

    With `now`, also what was logged in the last ten minutes: a transaction may commit after a younger neighbour. An index
    that is empty is built whole.
    """
    if not locks.try_alone("search"):
        return 0
    state, made = SearchState.objects.get_or_create(pk=1)
    newest = LogEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    if made:
        rebuild()
    else:
        rows = LogEntry.objects.filter(pk__gt=state.log_id)
        rows = rows | LogEntry.objects.filter(at__gt=now - OVERLAP) if now else rows
        about = rows.filter(about_kind__in=OF_LOG).values_list("about_kind", "about_id").distinct()
        changed: dict[str, set[int]] = {}
        for kind, key in about[:5000]:
            changed.setdefault(OF_LOG[kind], set()).add(int(key))
        for kind, keys in changed.items():
            refresh(kind, keys)
        made = sum(map(len, changed.values()))
    SearchState.objects.filter(pk=1).update(log_id=newest)
    return made


@transaction.atomic
def refresh(kind: str, keys: Iterable[int]) -> int:
    """These things as they are now; what is not public any more goes."""
    keys = set(keys)
    rows = [_entry(kind, found, stamp=0) for found in SOURCES[kind](keys)]
    _write(rows)
    SearchEntry.objects.filter(kind=kind, key__in=keys - {row.key for row in rows}).delete()
    return len(rows)


@transaction.atomic
def rebuild() -> int:
    """Everything anew; rows of things that are gone are removed. Readers see the old index until it is done."""
    stamp = (SearchEntry.objects.order_by("-stamp").values_list("stamp", flat=True).first() or 0) + 1
    written = 0
    for kind, source in SOURCES.items():
        rows: list[SearchEntry] = []
        for found in source(None):
            rows.append(_entry(kind, found, stamp=stamp))
            if len(rows) == BATCH:
                written += _write(rows)
                rows = []
        written += _write(rows)
    SearchEntry.objects.exclude(stamp=stamp).delete()
    return written


def _entry(kind: str, found: Found, *, stamp: int) -> SearchEntry:
    heads = terms_of(found.title) + (sounds_of(found.title) if found.sounds else [])
    terms = terms_of(found.title, found.about, found.place, found.more)
    return SearchEntry(
        kind=kind, key=found.key, title=found.title[:120], about=found.about[:200], place=found.place[:80], url=found.url,
        heads=[f"{kind}{term}" for term in heads], terms=[f"{kind}{term}" for term in terms], on=found.on, stamp=stamp,
    )  # fmt: skip


def _write(rows: list[SearchEntry]) -> int:
    SearchEntry.objects.bulk_create(rows, update_conflicts=True, unique_fields=["kind", "key"], update_fields=FIELDS)
    return len(rows)
