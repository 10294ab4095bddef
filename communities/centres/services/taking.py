"""Taking part: signing up, waiting, giving a place back, coming."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from communities.accounts.models import User
from communities.centres.models import Activity, Attendance, Enrolment, Session
from communities.centres.queries.taking import missed_by
from communities.centres.rules import objection_to_keeping
from communities.centres.rules import taking_part as rules
from communities.residents.queries import is_proved_resident
from communities.roles.queries import roles_at
from portal import log, notices
from portal.refusals import gettext_noop as _
from portal.refusals import insist


@transaction.atomic
def sign_up(*, activity_id: int, attends: str, by: User, now: datetime) -> Enrolment:
    """A place while one is free, else the end of the waiting list. Who asks twice has one place and is told so."""
    activity = _locked(activity_id)
    first = activity.sessions.order_by("starts_at").values_list("starts_at", flat=True).first()
    insist(
        rules.objection_to_signing_up(
            state=activity.state,
            opens_at=activity.opens_at,
            first_starts_at=first,
            now=now,
            is_staff=by.is_staff,
            residents_only=activity.residents_only,
            is_resident=is_proved_resident(by, activity.centre.community),
            held=activity.enrolments.filter(person=by, ended_at=None).exists(),
            missed=missed_by(by, activity.centre_id, now=now),
        )
    )
    open_rows = activity.enrolments.filter(ended_at=None)
    waits = open_rows.filter(seat=None).exists()
    taken = open_rows.exclude(seat=None).values_list("seat", flat=True)
    seat = None if waits else rules.free_seat(list(taken), activity.places)
    made = Enrolment.objects.create(
        activity=activity, person=by, attends=attends, seat=seat, at=now, placed_at=now if seat else None
    )
    log.record("centres.sign_up", by=by, about=activity, now=now, placed=seat is not None)
    return made


@transaction.atomic
def leave(*, activity_id: int, by: User, now: datetime, always: bool = False) -> Enrolment | None:
    """The person gives her place or her turn back, and the first who waits moves up. None when she holds none.

    `always`: also after the last hour for cancelling, when an account is closed.
    """
    activity = _locked(activity_id)
    row = activity.enrolments.filter(person=by, ended_at=None).first()
    if row is None:
        return None
    if not always:
        insist(
            rules.objection_to_leaving(
                placed=row.seat is not None,
                ended=False,
                first_starts_at=activity.sessions.order_by("starts_at").values_list("starts_at", flat=True)[0],
                cancel_hours=activity.cancel_hours,
                now=now,
            )
        )
    row.ended_at = now
    row.save(update_fields=["ended_at"])
    log.record("centres.leave", by=by, about=activity, now=now, placed=row.seat is not None)
    move_up(activity, now=now)
    return row


def move_up(activity: Activity, *, now: datetime) -> int:
    """Free seats go to those who wait, in the order in which they came; each is told. The activity is locked already.

    Nothing moves once the first session has begun, or when the activity is called off.
    """
    first = activity.sessions.order_by("starts_at").values_list("starts_at", flat=True).first()
    if activity.state != rules.OPEN or first is None or now >= first:
        return 0
    open_rows = activity.enrolments.filter(ended_at=None)
    taken = set(open_rows.exclude(seat=None).values_list("seat", flat=True))
    moved = 0
    for row in open_rows.filter(seat=None).order_by("pk")[: max(0, activity.places - len(taken))]:
        row.seat, row.placed_at = rules.free_seat(taken, activity.places), now
        row.save(update_fields=["seat", "placed_at"])
        taken.add(row.seat)
        moved += 1
        notices.owe(
            [row.person_id],
            kind="centres.moved_up",
            key=f"enrolment-placed-{row.pk}",
            text=_("您候补的“%(title)s”有名额了，已经为您报上名。来不了请尽早取消，让给后面的人。"),
            url=reverse("centres:activity", args=[activity.pk]),
            now=now,
            title=activity.title,
        )
    return moved


@transaction.atomic
def check_in(*, session_id: int, by: User, now: datetime) -> Attendance:
    """The person scanned the code at the door. A repeat answers the same attendance."""
    session = Session.objects.select_related("activity").get(pk=session_id)
    place = Enrolment.objects.filter(activity=session.activity, person=by, ended_at=None, seat__isnull=False).first()
    insist(
        rules.objection_to_check_in(
            placed=place is not None, starts_at=session.starts_at, ends_at=session.ends_at, now=now, by_list=False
        )
    )
    row, made = Attendance.objects.get_or_create(
        enrolment=place, session=session, defaults={"way": Attendance.Way.CODE, "by": by, "at": now}
    )
    if made:
        log.record("centres.check_in", by=by, about=session, now=now)
    return row


@transaction.atomic
def mark_attendance(*, session_id: int, present: Iterable[int], by: User, now: datetime) -> int:
    """The list of a session as the keeper ticked it: enrolments in `present` came, the others did not. Answers how many."""
    session = Session.objects.select_related("activity__centre__community").get(pk=session_id)
    activity = _locked(session.activity_id)
    insist(objection_to_keeping(roles_at(by, activity.centre.community, timezone.localdate(now))))
    insist(
        rules.objection_to_check_in(
            placed=True, starts_at=session.starts_at, ends_at=session.ends_at, now=now, by_list=True
        )
    )
    placed = activity.enrolments.filter(ended_at=None, seat__isnull=False)
    came = set(placed.filter(pk__in=list(present)).values_list("pk", flat=True))
    Attendance.objects.filter(session=session, enrolment__in=placed).exclude(enrolment__in=came).delete()
    Attendance.objects.bulk_create(
        [Attendance(enrolment_id=key, session=session, way=Attendance.Way.LIST, by=by, at=now) for key in sorted(came)],
        ignore_conflicts=True,
    )
    log.record("centres.mark_attendance", by=by, about=session, now=now, came=len(came))
    return len(came)


def _locked(activity_id: int) -> Activity:
    """Whoever signs up for the same activity waits here; everybody else passes."""
    rows = Activity.objects.select_for_update(of=("self",)).select_related("centre__community")
    return rows.get(pk=activity_id)
