"""A volunteer who leaves gives her open codes back, piece and points."""

from __future__ import annotations

from datetime import datetime

from volunteers.rewards import services
from volunteers.rewards.models import Redemption
from volunteers.teams.leaving import on_leaving
from volunteers.teams.models import Volunteer


def register() -> None:
    """Tell the teams' room; called once when the app is ready."""
    on_leaving(release)


def release(volunteer: Volunteer, *, now: datetime) -> None:
    for number in Redemption.objects.filter(volunteer=volunteer, state="held").values_list("pk", flat=True):
        services.cancel_redemption(redemption_id=number, by=volunteer.person, now=now)
