"""The hooks of the rooms, in the order of the wall chart. A room without a hook is passed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec

from communities.accounts.models import User
from portal import together
from projects import pipeline
from projects.items import Chapter, Offer, Task
from projects.models import Proposal

FAR = date.max


@lru_cache
def hooks(name: str) -> tuple[Callable, ...]:
    """What the rooms offer under this name in their queries."""
    found = []
    for key in pipeline.KEYS:
        place = f"projects.{key}.queries"
        if find_spec(place) and (hook := getattr(import_module(place), name, None)):
            found.append(hook)
    return tuple(found)


def tasks_of(person: User, *, today: date) -> list[Task]:
    """Everything that awaits this person, the most urgent first."""
    tasks = [task for hook in hooks("awaiting") for task in hook(person, today=today)]
    return sorted(tasks, key=lambda task: (task.due_on or FAR, pipeline.KEYS.index(task.stage), task.title))


def life_of(proposal: Proposal) -> list[Chapter]:
    """What happened to a proposal and its project, oldest first: what all rooms keep of it is read with one question."""
    kept = {name: rows for hook in hooks("traces") for name, rows in hook(proposal).items()}
    together.read(kept.values())
    told = [chapter for hook in hooks("chapters") for chapter in hook(proposal, kept)]
    return sorted(told, key=lambda chapter: chapter.at)


def offers_to(person: User, proposal: Proposal, *, parties: frozenset, now: datetime) -> list[Offer]:
    """What the visitor can do about it now, possible acts first and at most one of them primary."""
    found = [offer for hook in hooks("offers") for offer in hook(proposal, person=person, parties=parties, now=now)]
    return sorted(found, key=lambda offer: (bool(offer.why_not), not offer.primary))
