"""The append-only, hash-chained log: who did what to which thing, when, from where, with what result.

Services write one row per operation inside their transaction. Rows are sealed afterwards, in order, by one
sealer: h_n = SHA256(h_(n-1) || canonical JSON of row n). So writers never queue behind each other, and a
changed, missing or slipped-in row breaks the chain. A database trigger denies UPDATE and DELETE (S47, D6).
Nothing of a ballot is ever written here.
"""

from __future__ import annotations

import hashlib
import json
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import models, transaction

from portal import locks
from portal.models import LogEntry, LogSeal


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a request came from; empty for tasks and commands."""

    ip: str = ""
    request_id: str = ""
    proxy: int | None = None  # the proxy by which somebody acts for the actor


NOWHERE = Origin()
origin: ContextVar[Origin] = ContextVar("origin", default=NOWHERE)


def acting_by(proxy: int) -> None:
    """From here to the end of the request every row says by which proxy it was done."""
    origin.set(replace(origin.get(), proxy=proxy))


def record(
    action: str,
    *,
    by: models.Model | None,
    about: models.Model | None,
    now: datetime,
    result: str = "done",
    reason: str = "",
    **detail: object,
) -> LogEntry:
    """Append one row. `action` is "room.verb_noun"; `detail` holds plain JSON values, never personal data."""
    source = origin.get()
    if source.proxy is not None:
        detail["proxy"] = source.proxy
    return LogEntry.objects.create(
        at=now,
        actor_id=by.pk if by else None,
        ip=source.ip or None,
        request_id=source.request_id,
        action=action,
        about_kind=about._meta.label_lower if about else "",
        about_id=str(about.pk) if about else "",
        result=result,
        reason=reason,
        detail=detail,
    )


def seal_pending(limit: int = 5000) -> int:
    """Seal the rows that are not in the chain yet; answer how many. One sealer at a time."""
    with transaction.atomic():
        if not locks.try_alone("log"):
            return 0
        last = LogSeal.objects.order_by("-position").first()
        position, previous = (last.position, last.digest) if last else (0, "")
        seals = []
        for entry in LogEntry.objects.filter(seal=None).order_by("pk")[:limit]:
            position += 1
            previous = digest_of(previous, entry)
            seals.append(LogSeal(position=position, entry=entry, digest=previous))
        LogSeal.objects.bulk_create(seals)
        return len(seals)


def first_fault() -> int | None:
    """The id of the first sealed row that does not fit its digest; None when the chain holds."""
    previous = ""
    seals = LogSeal.objects.select_related("entry").order_by("position").iterator(2000)
    for expected, seal in enumerate(seals, start=1):
        if seal.position != expected or seal.digest != digest_of(previous, seal.entry):
            return seal.entry_id
        previous = seal.digest
    return None


def digest_of(previous: str, entry: LogEntry) -> str:
    """SHA-256 (hex) over the previous digest and the row's canonical JSON (keys sorted, UTC, no blanks)."""
    row = {
        "id": entry.pk,
        "at": entry.at.timestamp(),
        "actor": entry.actor_id,
        "ip": entry.ip,
        "request": entry.request_id,
        "action": entry.action,
        "about": [entry.about_kind, entry.about_id],
        "result": entry.result,
        "reason": entry.reason,
        "detail": entry.detail,
    }
    text = json.dumps(row, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256((previous + text).encode()).hexdigest()
