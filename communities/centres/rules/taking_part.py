"""Signing up, waiting, leaving, checking in; borrowing a room. Plain Python.

The numbers are the portal's own defaults; no source names them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from communities.centres.rules import DayHours
from portal.refusals import Refusal
from portal.refusals import gettext_noop as _

DRAFT, OPEN, CALLED_OFF = "draft", "open", "called_off"
CODE_BEFORE = timedelta(minutes=30)  # the code on the wall counts from so long before the session until its end
LIST_AFTER = timedelta(days=7)  # the list may be filled in so long afterwards
MOST_BOOKINGS = 2  # open bookings of rooms that a person may hold
MOST_MISSED, MISSED_WITHIN = 3, timedelta(days=90)
STEP = 30  # bookings begin on the half hour


def objection_to_signing_up(
    *,
    state: str,
    opens_at: datetime,
    first_starts_at: datetime | None,
    now: datetime,
    is_staff: bool,
    residents_only: bool,
    is_resident: bool,
    held: bool,
    missed: int,
) -> Refusal | None:
    """May this person ask for a place? Whether one is free is another question: without one she waits."""
    if is_staff:
        return Refusal("staff_account", _("工作账号不能报名，请用自己的手机号另行登录。"), status=403)
    if state == CALLED_OFF:
        return Refusal("called_off", _("这个活动已经取消。"))
    if held:
        return Refusal("signed_up", _("您已经报过名了，不用再报。"))
    if now < opens_at:
        return Refusal("not_open_yet", _("还没有开始报名。"), until=opens_at)
    if first_starts_at is None or now >= first_starts_at:
        return Refusal("begun", _("活动已经开始，不再接受网上报名。"), next=_("想参加请打电话问服务中心。"))
    if residents_only and not is_resident:
        return Refusal(
            "not_resident",
            _("这个活动面向已核实的本社区居民。"),
            next=_("请先在“我的资料”里登记居住社区，由社区核实。"),
            status=403,
        )
    return objection_to_missing(missed)


def objection_to_missing(missed: int) -> Refusal | None:
    """Who did not come three times within three months, without saying so, asks at the desk."""
    if missed < MOST_MISSED:
        return None
    return Refusal(
        "missed_often",
        _("近三个月有 %(missed)d 次约了没有来，暂时不能在网上预约。"),
        {"missed": missed},
        next=_("需要的话请打电话或到服务中心前台登记。"),
    )


def free_seat(taken: Collection[int], places: int) -> int | None:
    """The lowest free seat; None when all are taken."""
    held = set(taken)
    return next((seat for seat in range(1, places + 1) if seat not in held), None)


def objection_to_leaving(*, placed: bool, ended: bool, first_starts_at: datetime, cancel_hours: int, now: datetime) -> Refusal | None:
    """A place is given back in time for the next one; who only waits may leave at any moment."""
    if ended:
        return Refusal("left", _("这次报名已经取消过了。"))
    last = first_starts_at - timedelta(hours=cancel_hours)
    if placed and now > last:
        return Refusal("too_late", _("已经过了网上取消的时间。"), next=_("来不了请打电话告诉服务中心。"), until=last)
    return None


def objection_to_check_in(*, placed: bool, starts_at: datetime, ends_at: datetime, now: datetime, by_list: bool) -> Refusal | None:
    if not placed:
        return Refusal("no_place", _("没有找到您在这个活动的名额。"), next=_("请找现场工作人员登记。"))
    if now < starts_at - CODE_BEFORE:
        return Refusal("too_early", _("签到在开始前半小时开放。"), until=starts_at - CODE_BEFORE)
    if now > (ends_at + LIST_AFTER if by_list else ends_at):
        return Refusal("too_late", _("这一次活动的签到已经结束。"))
    return None


def objection_to_sessions(spans: Sequence[tuple[datetime, datetime]], *, now: datetime) -> Refusal | None:
    """Sessions lie ahead, end after they begin, on the same day, and do not overlap."""
    last = None
    for starts, ends in sorted(spans):
        if starts <= now:
            return Refusal("past", _("时间已经过去，请选今后的时间。"), field="on")
        if ends <= starts or ends - starts > timedelta(hours=12):
            return Refusal("ends_first", _("结束时间要晚于开始时间，一次最长 12 小时。"), field="ends")
        if last and starts < last:
            return Refusal("sessions_overlap", _("和这个活动的另一次时间重叠了。"), field="on")
        last = ends
    return None


def objection_to_booking(
    *,
    starts_at: datetime,
    ends_at: datetime,
    hours: DayHours,
    now: datetime,
    lends: bool,
    is_resident: bool,
    most_hours: int,
    days_ahead: int,
    open_bookings: int,
    missed: int,
) -> Refusal | None:
    """May this person borrow the room then? `starts_at` and `ends_at` are local times. Whether it is free is the row's."""
    if not lends:
        return Refusal("not_lent", _("这个场地不外借。"))
    if not is_resident:
        return Refusal(
            "not_resident", _("场地供已核实的本社区居民预约。"),
            next=_("请先在“我的资料”里登记居住社区，由社区核实。"), status=403,
        )  # fmt: skip
    if starts_at <= now:
        return Refusal("past", _("这个时间已经过去，请选今后的时间。"), field="at")
    if starts_at.date() > now.date() + timedelta(days=days_ahead):
        return Refusal("too_far", _("最多提前 %(days)d 天预约。"), {"days": days_ahead}, field="on")
    if starts_at.minute % STEP or not timedelta() < ends_at - starts_at <= timedelta(hours=most_hours):
        return Refusal("wrong_length", _("每次最长 %(hours)d 小时。"), {"hours": most_hours}, field="hours")
    if ends_at.date() != starts_at.date() or not hours.covers(starts_at.time(), ends_at.time()):
        return Refusal("closed_then", _("这段时间中心不开放，请换一个时间。"), field="at")
    if open_bookings >= MOST_BOOKINGS:
        return Refusal(
            "enough", _("您已有 %(count)d 个还没用的预约。"), {"count": open_bookings}, next=_("用过或取消一个再约。")
        )
    return objection_to_missing(missed)


def room_taken() -> Refusal:
    return Refusal("room_taken", _("这个时间刚被别人约走了，请换一个时间。"), field="at")


def objection_to_giving_back(*, cancelled: bool, starts_at: datetime, cancel_hours: int, now: datetime) -> Refusal | None:
    if cancelled:
        return Refusal("left", _("这个预约已经取消过了。"))
    last = starts_at - timedelta(hours=cancel_hours)
    if now > last:
        return Refusal("too_late", _("已经过了网上取消的时间。"), next=_("来不了请打电话告诉服务中心。"), until=last)
    return None
