"""Rooms above say here what must happen when a volunteer leaves: her shifts and claims become free again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from volunteers.teams.models import Volunteer

CALLS: list[Callable[..., None]] = []


def on_leaving(release: Callable[..., None]) -> None:
    """Register `release(volunteer, now=)`; called inside the transaction in which she leaves. A repeat is ignored."""
    if release not in CALLS:
        CALLS.append(release)


def release_all(volunteer: Volunteer, *, now: datetime) -> None:
    for release in CALLS:
        release(volunteer, now=now)
