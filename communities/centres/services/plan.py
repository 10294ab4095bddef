"""Activities: planned with their sessions, published, changed, called off. A session takes its room for its time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from communities.accounts.models import User
from communities.centres.models import Activity, Room, RoomUse, Session
from communities.centres.rules import taking_part as rules
from communities.centres.services.kept import locked_centre
from communities.centres.services.taking import move_up
from portal import log, notices
from portal.figures import moment
from portal.refusals import Refusal, insist
from portal.refusals import gettext_noop as _

FIELDS = (
    "kind", "title", "about", "who", "bring", "host", "fee", "room", "places", "residents_only", "opens_at", "cancel_hours"
)  # fmt: skip
Spans = Sequence[tuple[datetime, datetime]]


@transaction.atomic
def plan_activity(*, centre_id: int, spans: Spans, by: User, now: datetime, **values: object) -> Activity:
    """A draft with its sessions; the public sees it once it is published."""
    centre = locked_centre(centre_id, by=by, now=now)
    insist(rules.objection_to_sessions(spans, now=now))
    activity = Activity(centre=centre, created_by=by, created_at=now, **{field: values[field] for field in FIELDS})
    activity.save()
    for starts_at, ends_at in spans:
        _add(activity, starts_at, ends_at, now=now)
    log.record("centres.plan_activity", by=by, about=activity, now=now, sessions=len(spans))
    return activity


@transaction.atomic
def change_activity(*, activity_id: int, by: User, now: datetime, **values: object) -> Activity:
    """Other words, another number of places or another room. More places move the first of the waiting list up."""
    activity = locked_activity(activity_id, by=by, now=now)
    insist(_objection_to_places(activity, values["places"]))
    moved = activity.room_id != (values["room"].pk if values["room"] else None)
    for field in FIELDS:
        setattr(activity, field, values[field])
    activity.save()
    if moved:
        for session in activity.sessions.filter(ends_at__gt=now):
            RoomUse.objects.filter(session=session).delete()
            take_room(activity.room, session.starts_at, session.ends_at, session=session, now=now)
    log.record("centres.change_activity", by=by, about=activity, now=now)
    move_up(activity, now=now)
    return activity


@transaction.atomic
def publish_activity(*, activity_id: int, by: User, now: datetime) -> Activity:
    """The public sees it and may sign up from the day that it names. A repeat changes nothing."""
    activity = locked_activity(activity_id, by=by, now=now)
    if activity.state == rules.DRAFT:
        activity.state = rules.OPEN
        activity.save(update_fields=["state"])
        log.record("centres.publish_activity", by=by, about=activity, now=now)
    return activity


@transaction.atomic
def add_session(*, activity_id: int, spans: Spans, by: User, now: datetime) -> Activity:
    """More times of the same activity."""
    activity = locked_activity(activity_id, by=by, now=now)
    held = list(activity.sessions.filter(ends_at__gt=now).values_list("starts_at", "ends_at"))
    insist(rules.objection_to_sessions(spans, now=now))
    insist(rules.objection_to_sessions([*(span for span in held if span[0] > now), *spans], now=now))
    for starts_at, ends_at in spans:
        _add(activity, starts_at, ends_at, now=now)
    log.record("centres.add_session", by=by, about=activity, now=now, sessions=len(spans))
    return activity


@transaction.atomic
def drop_session(*, session_id: int, by: User, now: datetime) -> Activity:
    """A session that has not begun is taken out and everybody enrolled is told; the last one is called off instead."""
    session = Session.objects.get(pk=session_id)
    activity = locked_activity(session.activity_id, by=by, now=now)
    if session.starts_at <= now:
        insist(Refusal("begun", _("这一场已经开始，不能再删除。")))
    if activity.sessions.count() == 1:
        insist(Refusal("last_session", _("这是最后一场，请改为取消整个活动。")))
    _tell(
        activity, kind="dropped", key=f"session-dropped-{session.pk}", now=now,
        text=_("“%(title)s”%(time)s这一场取消了，其余场次照常。"), time=moment(session.starts_at),
    )  # fmt: skip
    log.record("centres.drop_session", by=by, about=activity, now=now, starts_at=session.starts_at.isoformat())
    session.delete()
    return activity


@transaction.atomic
def call_off(*, activity_id: int, reason: str, by: User, now: datetime) -> Activity:
    """The whole activity is cancelled with a reason; rooms are free again; everybody enrolled is told. Once."""
    activity = locked_activity(activity_id, by=by, now=now)
    if activity.state == rules.CALLED_OFF:
        insist(Refusal("called_off", _("这个活动已经取消。")))
    activity.state, activity.reason = rules.CALLED_OFF, reason
    activity.save(update_fields=["state", "reason"])
    RoomUse.objects.filter(session__activity=activity, starts_at__gt=now).delete()
    _tell(
        activity, kind="called_off", key=f"activity-off-{activity.pk}", now=now,
        text=_("“%(title)s”取消了：%(reason)s"), reason=reason,
    )  # fmt: skip
    log.record("centres.call_off", by=by, about=activity, now=now, reason=reason)
    return activity


def locked_activity(activity_id: int, *, by: User, now: datetime) -> Activity:
    """The activity, locked, for one of its keepers. The centre goes first, as everywhere."""
    centre_id = Activity.objects.values_list("centre_id", flat=True).get(pk=activity_id)
    locked_centre(centre_id, by=by, now=now)
    return Activity.objects.select_for_update(of=("self",)).select_related("room").get(pk=activity_id)


def take_room(room: Room | None, starts_at: datetime, ends_at: datetime, *, now: datetime, **who: object) -> RoomUse | None:
    """The room is taken for the time. Its row is locked first, so that the second asks only after the first is done; the
    constraint in the database would stop it all the same."""
    if room is None:
        return None
    Room.objects.select_for_update().get(pk=room.pk)
    taken = RoomUse.objects.filter(room=room, cancelled_at=None, starts_at__lt=ends_at, ends_at__gt=starts_at)
    if clash := taken.order_by("starts_at").first():
        insist(
            rules.room_taken()
            if "person" in who
            else Refusal(
                "room_taken", _("%(room)s在%(time)s已有安排，请换时间或场地。"),
                {"room": room.name, "time": moment(clash.starts_at)}, field="room",
            )
        )  # fmt: skip
    return RoomUse.objects.create(room=room, starts_at=starts_at, ends_at=ends_at, made_at=now, **who)


def _add(activity: Activity, starts_at: datetime, ends_at: datetime, *, now: datetime) -> None:
    session = Session.objects.create(activity=activity, starts_at=starts_at, ends_at=ends_at)
    take_room(activity.room, starts_at, ends_at, session=session, now=now)


def _objection_to_places(activity: Activity, places: int) -> Refusal | None:
    highest = max(activity.enrolments.filter(ended_at=None, seat__isnull=False).values_list("seat", flat=True), default=0)
    if places >= highest:
        return None
    return Refusal("too_few", _("已经有 %(count)d 人报上名，名额不能更少。"), {"count": highest}, field="places")


def _tell(activity: Activity, *, kind: str, key: str, text: str, now: datetime, **params: object) -> None:
    people = activity.enrolments.filter(ended_at=None).values_list("person_id", flat=True)
    notices.owe(
        list(people), kind=f"centres.{kind}", key=key, text=text, now=now,
        url=reverse("centres:activity", args=[activity.pk]), title=activity.title, **params,
    )  # fmt: skip

