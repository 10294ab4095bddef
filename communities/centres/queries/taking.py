"""Who takes part in what: activities that come, places left, a person's own, who did not come."""

from __future__ import annotations

from datetime import datetime

from django.core.signing import BadSignature, Signer
from django.db.models import Count, Exists, Min, OuterRef, Prefetch, Q, QuerySet

from communities.accounts.models import User
from communities.centres.models import Activity, Attendance, CalendarAddress, Enrolment, Room, RoomUse, Session
from communities.centres.rules.taking_part import MISSED_WITHIN, OPEN

DOOR, CALENDAR = Signer(salt="centres.door"), Signer(salt="centres.calendar")
SESSIONS = Prefetch("sessions", Session.objects.order_by("starts_at"), to_attr="times")


def activities() -> QuerySet[Activity]:
    """Activities with their centre, first session and how many have a place or wait; one query for the sessions."""
    held = Q(enrolments__ended_at=None, enrolments__pk__isnull=False)
    return (
        Activity.objects.select_related("centre__community__parent", "room")
        .annotate(
            first_at=Min("sessions__starts_at"),
            taken=Count("enrolments", filter=held & Q(enrolments__seat__isnull=False), distinct=True),
            waiting=Count("enrolments", filter=held & Q(enrolments__seat=None), distinct=True),
        )
        .prefetch_related(SESSIONS)
    )


def coming(now: datetime) -> QuerySet[Activity]:
    """Published activities with a session that is not over, the next one first."""
    ahead = Session.objects.filter(activity=OuterRef("pk"), ends_at__gt=now)
    found = activities().filter(Exists(ahead), state=OPEN, centre__community__abolished_on=None)
    return found.annotate(next_at=Min("sessions__starts_at", filter=Q(sessions__ends_at__gt=now))).order_by("next_at", "pk")


def activity_with(key: int) -> Activity | None:
    """A published or called-off activity; drafts are their keepers' business."""
    return activities().exclude(state="draft").filter(pk=key).first()


def enrolment_of(person: User, activity: Activity) -> Enrolment | None:
    if not person.is_authenticated:
        return None
    return activity.enrolments.filter(person=person, ended_at=None).first()


def turn_of(enrolment: Enrolment) -> int:
    """Her place on the waiting list, from 1."""
    before = Enrolment.objects.filter(activity_id=enrolment.activity_id, ended_at=None, seat=None, pk__lt=enrolment.pk)
    return before.count() + 1


def enrolments_by(person: User) -> QuerySet[Enrolment]:
    """All that the person signed up for and did not cancel, the newest first."""
    rows = Enrolment.objects.filter(person=person, ended_at=None).select_related("activity__centre")
    sessions = Prefetch("activity__sessions", Session.objects.order_by("starts_at"), to_attr="times")
    return rows.prefetch_related(sessions).order_by("-pk")


def bookings_by(person: User) -> QuerySet[RoomUse]:
    rows = RoomUse.objects.filter(person=person, cancelled_at=None).select_related("room__centre")
    return rows.order_by("-starts_at")


def open_bookings(person: User, *, now: datetime) -> QuerySet[RoomUse]:
    return RoomUse.objects.filter(person=person, cancelled_at=None, ends_at__gt=now)


def uses_of(room: Room, first: datetime, last: datetime) -> QuerySet[RoomUse]:
    """Who has the room between two moments; the public sees the times only."""
    rows = RoomUse.objects.filter(room=room, cancelled_at=None, starts_at__lt=last, ends_at__gt=first)
    return rows.select_related("session__activity", "person").order_by("starts_at")


def missed_by(person: User, centre_id: int, *, now: datetime) -> int:
    """How often the person had a place or a room at the centre lately and did not come.

    A session counts once its list was filled in or its code was used by somebody: where nobody checks, nobody is blamed.
    """
    since = now - MISSED_WITHIN
    had_place = Enrolment.objects.filter(
        activity=OuterRef("activity"), person=person, ended_at=None, placed_at__lt=OuterRef("starts_at")
    )
    checked = Attendance.objects.filter(session=OuterRef("pk"))
    ended = Session.objects.filter(activity__centre_id=centre_id, ends_at__lt=now, ends_at__gte=since)
    came = checked.filter(enrolment__person=person)
    sessions = ended.filter(Exists(had_place), Exists(checked), ~Exists(came)).count()
    rooms = RoomUse.objects.filter(person=person, room__centre_id=centre_id, missed_at__gte=since).count()
    return sessions + rooms


def hours_attended(person: User) -> int:
    """Whole minutes of all sessions at which the person was."""
    spans = Session.objects.filter(attendances__enrolment__person=person).values_list("starts_at", "ends_at")
    return sum(int((ends - starts).total_seconds() // 60) for starts, ends in spans)


def list_of(session: Session) -> QuerySet[Enrolment]:
    """Everybody with a place, and whether she came."""
    came = Attendance.objects.filter(session=session, enrolment=OuterRef("pk"))
    rows = Enrolment.objects.filter(activity_id=session.activity_id, ended_at=None, seat__isnull=False)
    return rows.select_related("person").annotate(came=Exists(came)).order_by("seat")


def door_code(session: Session) -> str:
    """What the code on the wall says: the session, signed, so that nobody makes one up."""
    return DOOR.sign(str(session.pk))


def session_behind(code: str) -> Session | None:
    try:
        number = int(DOOR.unsign(code[:120]))
    except (BadSignature, ValueError):
        return None
    return Session.objects.select_related("activity__centre").filter(pk=number).first()


def calendar_code(person: User) -> str:
    """The secret part of the person's calendar address; "" when she has none."""
    row = CalendarAddress.objects.filter(person=person, on=True).first()
    return CALENDAR.sign(f"{row.person_id}.{row.serial}") if row else ""


def person_behind(code: str) -> User | None:
    """Whose calendar it is; None for a wrong, revoked or old address, and for a closed account."""
    try:
        number, serial = CALENDAR.unsign(code[:120]).split(".")
    except (BadSignature, ValueError):
        return None
    row = CalendarAddress.objects.filter(person_id=int(number), serial=int(serial), on=True, person__is_active=True)
    held = row.select_related("person").first()
    return held.person if held else None
