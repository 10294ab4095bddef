"""Activities and courses: their sessions, who has a place, who waits, who came; and who uses a room when."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from communities.centres.models.places import Room, ServiceCentre
from communities.centres.rules.taking_part import CALLED_OFF, DRAFT, OPEN


class Activity(models.Model):
    """A course or an event of a centre, once or several times; a place counts for all its sessions."""

    class Kind(models.TextChoices):
        COURSE = "course", _("课程")
        EVENT = "event", _("活动")
        SERVICE = "service", _("服务日")

    class State(models.TextChoices):
        DRAFT = DRAFT, _("未发布")
        OPEN = OPEN, _("已发布")
        CALLED_OFF = CALLED_OFF, _("已取消")

    centre = models.ForeignKey(ServiceCentre, models.PROTECT, related_name="activities", verbose_name=_("服务中心"))
    kind = models.CharField(_("类型"), max_length=10, choices=Kind.choices)
    title = models.CharField(_("活动名称"), max_length=60)
    about = models.TextField(_("活动内容"), max_length=600)
    who = models.CharField(_("适合谁"), max_length=120)
    bring = models.CharField(_("要带什么"), max_length=200, blank=True)
    host = models.CharField(_("主办单位"), max_length=80, blank=True)
    fee = models.PositiveIntegerField(_("费用（分）"), default=0)
    room = models.ForeignKey(Room, models.PROTECT, null=True, blank=True, related_name="activities", verbose_name=_("场地"))
    places = models.PositiveSmallIntegerField(_("名额"))
    residents_only = models.BooleanField(_("只限本社区居民"), default=False)
    opens_at = models.DateTimeField(_("开始报名"))
    cancel_hours = models.PositiveSmallIntegerField(_("最晚提前几小时取消"), default=24)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.DRAFT)
    reason = models.CharField(_("取消原因"), max_length=200, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = _("活动")
        indexes = [models.Index(fields=["centre", "state"])]
        constraints = [
            models.CheckConstraint(condition=models.Q(places__gte=1), name="an_activity_has_places"),
            models.CheckConstraint(
                condition=~models.Q(state="called_off") | models.Q(reason__gt=""), name="who_calls_off_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Session(models.Model):
    """One time at which the activity takes place."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="sessions")
    starts_at = models.DateTimeField(_("开始"))
    ends_at = models.DateTimeField(_("结束"))

    class Meta:
        verbose_name = verbose_name_plural = _("场次")
        ordering = ["starts_at"]
        indexes = [models.Index(fields=["starts_at"])]
        constraints = [
            models.UniqueConstraint(fields=["activity", "starts_at"], name="one_session_begins_at_a_time"),
            models.CheckConstraint(
                condition=models.Q(starts_at__lt=models.F("ends_at")), name="a_session_ends_after_it_starts"
            ),
        ]


class RoomUse(models.Model):
    """A room taken for a time: by a session or by a resident. A database constraint keeps two from overlapping."""

    room = models.ForeignKey(Room, models.PROTECT, related_name="uses")
    starts_at = models.DateTimeField(_("开始"))
    ends_at = models.DateTimeField(_("结束"))
    session = models.OneToOneField(Session, models.CASCADE, null=True, related_name="room_use")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="room_uses")
    purpose = models.CharField(_("用途"), max_length=60, blank=True)
    made_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)
    missed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("场地使用")
        ordering = ["starts_at"]
        indexes = [models.Index(fields=["room", "starts_at"]), models.Index(fields=["person", "starts_at"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_at__lt=models.F("ends_at")), name="a_use_of_a_room_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=models.Q(session=None, person__isnull=False) | models.Q(session__isnull=False, person=None),
                name="a_room_is_used_by_a_session_or_a_person",
            ),
        ]


class Enrolment(models.Model):
    """Somebody's place in an activity, or her turn on the waiting list (no seat yet). Seats are numbered from 1."""

    class Attends(models.TextChoices):
        SELF = "self", _("我自己")
        CHILD = "child", _("我的孩子")
        ELDER = "elder", _("家里老人")

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="enrolments")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="enrolments")
    attends = models.CharField(_("谁来参加"), max_length=10, choices=Attends.choices, default=Attends.SELF)
    seat = models.PositiveSmallIntegerField(null=True)
    at = models.DateTimeField()
    placed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("报名")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "person"], condition=models.Q(ended_at=None), name="one_enrolment_per_person_and_activity"
            ),
            models.UniqueConstraint(
                fields=["activity", "seat"],
                condition=models.Q(ended_at=None, seat__isnull=False),
                name="a_seat_is_given_once",
            ),
            models.CheckConstraint(
                condition=models.Q(seat=None, placed_at=None) | models.Q(seat__gte=1, placed_at__isnull=False),
                name="a_seat_says_since_when",
            ),
        ]


class Attendance(models.Model):
    """Somebody came to a session: by the code on the wall, or marked in the list by `by`."""

    class Way(models.TextChoices):
        CODE = "code", _("扫码")
        LIST = "list", _("名单")

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="attendances")
    session = models.ForeignKey(Session, models.PROTECT, related_name="attendances")
    way = models.CharField(_("签到方式"), max_length=10, choices=Way.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = _("签到")
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "session"], name="one_attendance_per_place_and_session")
        ]


class CalendarAddress(models.Model):
    """A person's calendar has a secret address, made from her number and `serial`; another serial revokes the old one."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_address")
    serial = models.PositiveIntegerField(default=1)
    on = models.BooleanField(default=True)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = _("日历订阅")
