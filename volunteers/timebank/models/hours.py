"""One service of one volunteer, its parts by day and band, and what was decided about them. These rows only grow."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from volunteers.teams.models import Volunteer
from volunteers.timebank.rules import BANDS, Band


class Origin(models.TextChoices):
    """How hours came in. The two are kept apart for ever: in rows, accounts, sums and exports."""

    SCANNED = "scanned", _("扫码签到")
    BY_HAND = "by_hand", _("手工登记")


class HourRecord(models.Model):
    """From when to when somebody served. Never edited: a wrong one is reversed, and written anew."""

    volunteer = models.ForeignKey(Volunteer, models.PROTECT, related_name="hours")
    origin = models.CharField(_("来源"), max_length=8, choices=Origin.choices)
    activity_ref = models.CharField(_("活动编号"), max_length=60, null=True)
    title = models.CharField(_("服务内容"), max_length=80)
    started_at = models.DateTimeField(_("开始时间"))
    ended_at = models.DateTimeField(_("结束时间"))
    minutes = models.PositiveIntegerField(_("时长（分钟）"))
    reason = models.TextField(_("手工登记的原因"), blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        verbose_name = _("服务时长")
        constraints = [
            models.UniqueConstraint(fields=["volunteer", "activity_ref"], name="one_record_per_volunteer_and_activity"),
            models.CheckConstraint(condition=models.Q(minutes__gt=0), name="a_record_has_minutes"),
            models.CheckConstraint(
                condition=models.Q(ended_at__gt=models.F("started_at")), name="a_service_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=models.Q(origin="scanned", activity_ref__isnull=False)
                | (models.Q(origin="by_hand", entered_by__isnull=False) & ~models.Q(reason="")),
                name="hours_by_hand_say_who_and_why",
            ),
        ]
        indexes = [models.Index(fields=["volunteer", "-started_at"])]


class Portion(models.Model):
    """The part of a record that lies on one day and in one band."""

    record = models.ForeignKey(HourRecord, models.PROTECT, related_name="portions")
    on = models.DateField()
    band = models.CharField(max_length=8, choices=[(band.value, BANDS[band]) for band in Band])
    minutes = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("分段时长")
        constraints = [
            models.UniqueConstraint(fields=["record", "on", "band"], name="one_portion_per_day_and_band"),
            models.CheckConstraint(condition=models.Q(minutes__gt=0), name="a_portion_has_minutes"),
        ]
        indexes = [
            models.Index(fields=["band", "on"], condition=~models.Q(band="at_once"), name="portion_for_review"),
        ]


class HourReview(models.Model):
    """What the street or the district decided about a part."""

    class Verdict(models.TextChoices):
        CONFIRM = "confirm", _("计入")
        REFUSE = "refuse", _("不计入")

    portion = models.OneToOneField(Portion, models.PROTECT, related_name="review")
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    reason = models.TextField(_("理由"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("时长复核")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(verdict="confirm") | ~models.Q(reason=""), name="refused_hours_say_why"
            ),
        ]


class Reversal(models.Model):
    """A record taken out again, with the reason. `points_short`: granted points that were already spent."""

    record = models.OneToOneField(HourRecord, models.PROTECT, related_name="reversal")
    reason = models.TextField(_("原因"))
    points_short = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("冲正")
        constraints = [models.CheckConstraint(condition=~models.Q(reason=""), name="a_reversal_says_why")]
