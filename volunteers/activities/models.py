"""Calls for helpers, their shifts, who holds or waits for a place, who came, and what is told afterwards."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.centres.models import ServiceCentre
from communities.divisions.models import Division
from projects.delivery.models import Milestone
from projects.funding.models import Project
from volunteers.activities import rules
from volunteers.teams.models import Skill, Team, Volunteer


class Call(models.Model):
    """What helpers are called for: by a service centre, by a team, or for a step of a project."""

    class Kind(models.TextChoices):
        SERVICE = "service", _("便民服务")
        CARE = "care", _("探访陪伴")
        GREEN = "green", _("清洁环保")
        WATCH = "watch", _("看工地")
        OPEN_DAY = "open_day", _("开放日")
        EVENT = "event", _("文体活动")

    number = models.CharField(_("编号"), max_length=20, unique=True, null=True)
    title = models.CharField(_("活动名称"), max_length=40)
    kind = models.CharField(_("类别"), max_length=10, choices=Kind.choices)
    community = models.ForeignKey(Division, models.PROTECT, related_name="calls")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="calls")
    centre = models.ForeignKey(ServiceCentre, models.PROTECT, null=True, blank=True, related_name="calls")
    project = models.ForeignKey(Project, models.PROTECT, null=True, blank=True, related_name="+")
    milestone = models.ForeignKey(Milestone, models.SET_NULL, null=True, blank=True, related_name="+")
    about = models.TextField(_("做什么"))
    place = models.CharField(_("地点"), max_length=80)
    brings = models.CharField(_("要求"), max_length=200, blank=True)
    skills = models.ManyToManyField(Skill, related_name="calls", blank=True)
    adults_only = models.BooleanField(_("只限成年人"), default=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(_("发布时间"), null=True)
    cancelled_at = models.DateTimeField(_("取消时间"), null=True)
    cancel_reason = models.CharField(_("取消原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("志愿活动")
        indexes = [models.Index(fields=["community", "-made_at"]), models.Index(fields=["project", "cancelled_at"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(cancelled_at=None) | ~models.Q(cancel_reason=""), name="a_cancelled_call_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Shift(models.Model):
    """A span of time with places. `taken` counts who holds one; the database never lets it pass `places`."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="shifts")
    starts_at = models.DateTimeField(_("开始"))
    ends_at = models.DateTimeField(_("结束"))
    places = models.PositiveSmallIntegerField(_("名额"))
    taken = models.PositiveSmallIntegerField(default=0)
    secret = models.CharField(max_length=64, editable=False)

    class Meta:
        verbose_name = _("班次")
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["starts_at"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="a_shift_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=models.Q(taken__lte=models.F("places")), name="no_place_is_given_twice"),
        ]


class SignUp(models.Model):
    """A volunteer on a place or on the waiting list of a shift. `swap_since`: she looks for somebody to take over."""

    class State(models.TextChoices):
        HELD = rules.HELD, _("已报上")
        WAITING = rules.WAITING, _("候补中")
        GIVEN_UP = rules.GIVEN_UP, _("已放弃")
        RELEASED = rules.RELEASED, _("已由队长放出")
        SWAPPED = rules.SWAPPED, _("已有人替班")

    shift = models.ForeignKey(Shift, models.PROTECT, related_name="sign_ups")
    volunteer = models.ForeignKey(Volunteer, models.PROTECT, related_name="sign_ups")
    state = models.CharField(max_length=10, choices=State.choices)
    asked_at = models.DateTimeField(_("报名时间"))
    moved_at = models.DateTimeField()
    swap_since = models.DateTimeField(null=True)
    code_tries = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("报名")
        indexes = [models.Index(fields=["shift", "state", "asked_at"]), models.Index(fields=["volunteer", "state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["shift", "volunteer"],
                condition=models.Q(state__in=(rules.HELD, rules.WAITING)),
                name="one_standing_sign_up_per_shift_and_volunteer",
            ),
            models.CheckConstraint(
                condition=models.Q(swap_since=None) | models.Q(state=rules.HELD), name="only_a_held_place_is_swapped"
            ),
        ]


class Presence(models.Model):
    """When a volunteer came and left, and how that is known. `hours_at`: since when the hours stand in the time bank."""

    class Via(models.TextChoices):
        QR = rules.QR, _("扫码")
        CODE = rules.CODE, _("输入签到码")
        LIST = rules.LIST, _("队长登记")

    sign_up = models.OneToOneField(SignUp, models.PROTECT, related_name="presence")
    came_at = models.DateTimeField(_("签到"))
    came_via = models.CharField(max_length=4, choices=Via.choices)
    came_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    left_at = models.DateTimeField(_("签退"), null=True)
    left_via = models.CharField(max_length=4, choices=Via.choices, blank=True)
    left_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    hours_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("签到记录")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(left_at=None) | models.Q(left_at__gt=models.F("came_at")),
                name="nobody_leaves_before_she_came",
            ),
        ]
        indexes = [
            models.Index(fields=["left_at"], condition=models.Q(hours_at=None), name="presence_without_hours"),
        ]


class Invitation(models.Model):
    """A volunteer whom a shift would suit was asked once."""

    shift = models.ForeignKey(Shift, models.PROTECT, related_name="invitations")
    volunteer = models.ForeignKey(Volunteer, models.PROTECT, related_name="invitations")
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shift", "volunteer"], name="one_invitation_per_shift_and_volunteer"),
        ]


class CallReport(models.Model):
    """What was done, told afterwards by the leader."""

    call = models.OneToOneField(Call, models.PROTECT, related_name="report")
    text = models.TextField(_("活动小结"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("活动小结")


class CallPhoto(models.Model):
    """A photo of the report."""

    report = models.ForeignKey(CallReport, models.PROTECT, related_name="photos")
    file = models.FileField(upload_to="activities/%Y/%m/")
    caption = models.CharField(_("照片说明"), max_length=80)

    class Meta:
        ordering = ["pk"]
