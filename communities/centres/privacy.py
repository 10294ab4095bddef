"""What the centres keep of a person: her places, bookings and calendar address (P8, P9)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from communities.accounts.models import User
from communities.centres.models import CalendarAddress, Enrolment, RoomUse
from communities.centres.services import cancel_booking, leave
from communities.residents.privacy import keeps


def register() -> None:
    """Tell the residents' room what is kept here; called once when the app is ready."""
    keeps("活动报名和场地预约", export=taken_part, erase=give_back)


def taken_part(person: User) -> dict[str, list[dict[str, Any]]]:
    places = Enrolment.objects.filter(person=person).select_related("activity").prefetch_related("attendances")
    rooms = RoomUse.objects.filter(person=person).select_related("room__centre").order_by("pk")
    return {
        "报名": [
            {
                "活动": row.activity.title,
                "谁来参加": row.get_attends_display(),
                "时间": row.at.isoformat(),
                "有名额": row.seat is not None,
                "取消时间": row.ended_at.isoformat() if row.ended_at else "",
                "签到": [each.at.isoformat() for each in row.attendances.all()],
            }
            for row in places.order_by("pk")
        ],
        "场地": [
            {
                "场地": f"{row.room.centre.name} {row.room.name}",
                "开始": row.starts_at.isoformat(),
                "结束": row.ends_at.isoformat(),
                "用途": row.purpose,
                "取消时间": row.cancelled_at.isoformat() if row.cancelled_at else "",
            }
            for row in rooms
        ],
    }


def give_back(person: User, *, now: datetime) -> None:
    """What lies ahead is free for others; what was stays as a count behind an account without a name."""
    ahead = Enrolment.objects.filter(person=person, ended_at=None, activity__sessions__starts_at__gt=now)
    for activity_id in sorted(set(ahead.values_list("activity_id", flat=True))):
        leave(activity_id=activity_id, by=person, now=now, always=True)
    for use_id in RoomUse.objects.filter(person=person, cancelled_at=None, starts_at__gt=now).values_list("pk", flat=True):
        cancel_booking(use_id=use_id, by=person, now=now, always=True)
    RoomUse.objects.filter(person=person).update(purpose="")
    CalendarAddress.objects.filter(person=person).delete()
