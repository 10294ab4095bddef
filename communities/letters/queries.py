"""Batches in sight, and tries of a day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Count, QuerySet

from communities.accounts.models import User
from communities.letters.models import CodeBatch
from communities.residents.models import ProofTry, Residency
from communities.roles.queries import within
from communities.roles.rules import Role

WORKERS = frozenset({Role.COMMUNITY_WORKER})


def batches_of(worker: User, day: date) -> QuerySet[CodeBatch]:
    """The newest first, each with `used`: how many of its codes proved a home."""
    found = CodeBatch.objects.filter(within(worker, WORKERS, day, "community"))
    return found.select_related("community", "by", "job").annotate(used=Count("codes__used_at")).order_by("-pk")


def in_sight(worker: User, day: date, number: int) -> CodeBatch | None:
    return batches_of(worker, day).filter(pk=number).first()


def tries_since(person: User, since: datetime) -> int:
    return ProofTry.objects.filter(person=person, proof=Residency.Proof.LETTER, at__gt=since).count()


def tries_of(person: User, now: datetime) -> dict[str, int]:
    hour, day = timedelta(hours=1), timedelta(days=1)
    return {"this_hour": tries_since(person, now - hour), "today": tries_since(person, now - day)}
