"""Calendars to subscribe to (RFC 5545): what a centre holds, and what a person has signed up for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from communities.accounts.models import User
from communities.centres.models import RoomUse, ServiceCentre, Session

BACK, AHEAD, MOST = timedelta(days=30), timedelta(days=180), 500


def of_centre(centre: ServiceCentre, *, now: datetime, link: str) -> bytes:
    """Sessions of published activities of the centre."""
    found = _near(Session.objects.filter(activity__centre=centre, activity__state="open"), now)
    return _calendar(centre.name, [_session(row, now=now, link=link) for row in found])


def of_person(person: User, *, now: datetime, link: str) -> bytes:
    """Her own places and rooms; nobody's name is in it."""
    mine = Session.objects.filter(
        activity__enrolments__person=person,
        activity__enrolments__ended_at=None,
        activity__enrolments__seat__isnull=False,
        activity__state="open",
    )
    rooms = RoomUse.objects.filter(person=person, cancelled_at=None, starts_at__gt=now - BACK)
    events = [_session(row, now=now, link=link) for row in _near(mine, now)]
    return _calendar(_("我的预约"), [*events, *(_room(row, now=now) for row in rooms.select_related("room__centre")[:MOST])])


def _near(rows: object, now: datetime) -> Iterable[Session]:
    span = rows.filter(starts_at__gt=now - BACK, starts_at__lt=now + AHEAD)
    return span.select_related("activity__centre", "activity__room").order_by("starts_at")[:MOST]


def _calendar(name: str, events: Iterable[Event]) -> bytes:
    made = Calendar()
    made.add("prodid", f"-//{settings.SITE['name']}//centres//ZH")
    made.add("version", "2.0")
    made.add("x-wr-calname", name)
    made.add("x-wr-timezone", settings.TIME_ZONE)
    made.add("refresh-interval;value=duration", "PT4H")
    for event in events:
        made.add_component(event)
    return made.to_ical()


def _session(row: Session, *, now: datetime, link: str) -> Event:
    activity = row.activity
    room = f" {activity.room.name}" if activity.room else ""
    return _event(
        f"session-{row.pk}", activity.title, row.starts_at, row.ends_at, now=now,
        place=f"{activity.centre.name}{room}，{activity.centre.address}", url=f"{link}{activity.pk}/",
    )  # fmt: skip


def _room(row: RoomUse, *, now: datetime) -> Event:
    centre = row.room.centre
    title = _("预约场地：%(room)s") % {"room": row.room.name}
    return _event(f"room-{row.pk}", title, row.starts_at, row.ends_at, now=now, place=f"{centre.name}，{centre.address}")


def _event(
    number: str, title: str, starts_at: datetime, ends_at: datetime, *, now: datetime, place: str, url: str = ""
) -> Event:
    made = Event()
    made.add("uid", f"{number}@{settings.SITE.get('domain') or 'portal'}")
    made.add("dtstamp", now.astimezone(UTC))
    made.add("dtstart", starts_at.astimezone(UTC))
    made.add("dtend", ends_at.astimezone(UTC))
    made.add("summary", title)
    made.add("location", place)
    if url:
        made.add("url", url)
    return made
