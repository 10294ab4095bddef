"""Notices to a person, and the log for auditors and dossiers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils.text import camel_case_to_spaces

from communities.accounts.models import User
from portal.models import LogEntry, LogSeal, Notice
from projects.models import Proposal

MOST = 200


def notices_of(person: User) -> QuerySet[Notice]:
    return Notice.objects.filter(person=person).order_by("-at", "-pk")


def unread_count(person: User) -> int:
    return Notice.objects.filter(person=person, read_at=None).count()


def log_about(proposal: Proposal) -> list[LogEntry]:
    """What was done to the proposal and its project, newest first, at most 200 rows."""
    about = Q(about_kind="projects.proposal", about_id=str(proposal.pk))
    if project := getattr(proposal, "project", None):
        about |= Q(about_kind="projects.project", about_id=str(project.pk))
    return list(LogEntry.objects.filter(about).order_by("-pk")[:MOST])


def log_rows(asked: Mapping[str, Any]) -> QuerySet[LogEntry]:
    found = LogEntry.objects.select_related("seal").order_by("-pk")
    if action := asked.get("action"):
        found = found.filter(action__startswith=action)
    if actor := asked.get("actor"):
        found = found.filter(actor_id=actor)
    if day := asked.get("day"):
        found = found.filter(at__date=day)
    return found


def names_of(rows: list[LogEntry]) -> dict[int, str]:
    """The people behind the numbers, where the account still exists; one query."""
    people = User.objects.filter(pk__in={row.actor_id for row in rows if row.actor_id})
    return {person.pk: str(person) for person in people}


def thing_in(entry: LogEntry) -> str:
    """What kind of thing the row is about, in words; "" where the kind has no name for people or no longer exists."""
    try:
        kind = apps.get_model(entry.about_kind)
    except (LookupError, ValueError):
        return ""
    told = str(kind._meta.verbose_name)
    return "" if told == camel_case_to_spaces(kind.__name__) else told


def chain_state() -> dict[str, int | str]:
    """How many rows are sealed, how many wait, and the head of the chain that is printed and kept elsewhere."""
    head = LogSeal.objects.order_by("-position").first()
    waiting = LogEntry.objects.filter(seal=None).count()
    return {"sealed": head.position if head else 0, "waiting": waiting, "head": head.digest if head else ""}
