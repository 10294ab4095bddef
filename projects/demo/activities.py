"""The demo's activities and courses, planned by each community's worker, with neighbours who signed up."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

import yaml
from django.utils import timezone

from communities.centres import services as centres
from communities.centres.models import Activity, Room, ServiceCentre
from portal import clock
from projects.demo.people import Town

TEXTS = Path(__file__).parent / "texts" / "activities.yaml"
A_COMMUNITY_HAS = 4


def occupy(town: Town, *, today: date) -> None:
    """Four of the activities at each centre, other ones at the next; people sign up in the order in which they live."""
    told = yaml.safe_load(TEXTS.read_text(encoding="utf-8"))
    for number, (place, community) in enumerate(sorted(town.communities.items())):
        centre = ServiceCentre.objects.get(community=community)
        for turn in range(A_COMMUNITY_HAS):
            row = told[(number + turn) % len(told)]
            planned = _moment(today - timedelta(days=6), time(10, turn))
            with clock.pretend(planned):
                activity = _planned(centre, row, town.workers[place][0], today=today, now=planned)
            _signed_up(activity, town.residents[place][20 + turn * 15 :], row.get("asked", 5), planned)


def _planned(centre: ServiceCentre, row: dict, worker: object, *, today: date, now: datetime) -> Activity:
    first = today + timedelta(days=(row["weekday"] - today.weekday() - 1) % 7 + 1)
    room = Room.objects.get(centre=centre, name=row["room"]) if "room" in row else None
    begins, ends = (time.fromisoformat(each) for each in row["at"])
    days = [first + timedelta(weeks=week) for week in range(row.get("times", 1))]
    activity = centres.plan_activity(
        centre_id=centre.pk, spans=[(_moment(day, begins), _moment(day, ends)) for day in days], by=worker, now=now,
        kind=row["kind"], title=row["title"], about=row["about"], who=row["who"], bring=row.get("bring", ""),
        host=row.get("host", ""), fee=row.get("fee", 0), room=room, places=row["places"],
        residents_only=row.get("residents_only", False), opens_at=now, cancel_hours=12,
    )  # fmt: skip
    return centres.publish_activity(activity_id=activity.pk, by=worker, now=now)


def _signed_up(activity: Activity, neighbours: list, number: int, planned: datetime) -> None:
    for turn, who in enumerate(neighbours[:number]):
        with clock.pretend(planned + timedelta(hours=1 + turn, minutes=turn * 7 % 60)) as then:
            centres.sign_up(activity_id=activity.pk, attends=("child", "self", "elder")[turn % 3], by=who, now=then)


def _moment(day: date, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))
