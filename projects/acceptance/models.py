"""The acceptance of a project: inspections, the panel, each member's mark, the proposer's signature or absence."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from projects.acceptance.rules import SEATS, Outcome, Seat
from projects.funding.models import Project

OUTCOMES = {Outcome.OPEN: _("验收中"), Outcome.MEETS: _("验收合格"), Outcome.REWORK: _("需要整改")}


class PanelMember(models.Model):
    """A seat on the panel of one project; it stays for every inspection until it is taken back."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="panel")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="panels")
    seat = models.CharField(_("席位"), max_length=10, choices=[(key.value, SEATS[key]) for key in Seat])
    skill = models.CharField(_("专业"), max_length=40, blank=True)
    appointed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    appointed_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    left_reason = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = _("验收小组成员")
        ordering = ["appointed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "person"],
                condition=models.Q(left_at=None),
                name="one_panel_seat_per_project_and_person",
            ),
        ]


class Inspection(models.Model):
    """One time that the panel looks. After a rework the project comes back to a new one."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="inspections")
    number = models.PositiveSmallIntegerField(_("第几次"))
    opened_at = models.DateTimeField()
    outcome = models.CharField(
        max_length=6, choices=[(key.value, OUTCOMES[key]) for key in Outcome], default=Outcome.OPEN
    )
    concluded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    concluded_at = models.DateTimeField(null=True)
    rework_by = models.DateField(_("整改期限"), null=True)
    reason = models.TextField(_("整改内容"), blank=True)

    class Meta:
        verbose_name = _("验收")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_inspection_per_project_and_number"),
            models.UniqueConstraint(
                fields=["project"], condition=models.Q(outcome="open"), name="one_open_inspection_per_project"
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome="rework") | models.Q(~models.Q(reason=""), rework_by__isnull=False),
                name="a_rework_has_its_reason_and_date",
            ),
        ]


class Mark(models.Model):
    """One member's own opinion in one inspection."""

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="marks")
    member = models.ForeignKey(PanelMember, models.PROTECT, related_name="marks")
    meets = models.BooleanField(_("结论"))
    text = models.TextField(_("意见"), blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("验收意见")
        constraints = [
            models.UniqueConstraint(fields=["inspection", "member"], name="one_mark_per_inspection_and_member"),
            models.CheckConstraint(
                condition=models.Q(meets=True) | ~models.Q(text=""), name="a_fault_says_what_is_wrong"
            ),
        ]


class SignOff(models.Model):
    """The proposer's signature under an inspection that meets, with how content she is (1–5)."""

    inspection = models.OneToOneField(Inspection, models.PROTECT, related_name="sign_off")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    satisfaction = models.PositiveSmallIntegerField(_("满意程度"))
    text = models.TextField(_("想说的话"), blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("点菜人签字")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(satisfaction__gte=1, satisfaction__lte=5), name="satisfaction_is_one_to_five"
            )
        ]


class Absence(models.Model):
    """The proposer could not be reached in her time: why, who recorded it, and a second person of the community."""

    inspection = models.OneToOneField(Inspection, models.PROTECT, related_name="absence")
    reason = models.TextField(_("缺席原因"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    cosigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    cosigned_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("点菜人缺席登记")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(cosigned_by=None) | ~models.Q(cosigned_by=models.F("recorded_by")),
                name="two_people_record_an_absence",
            )
        ]
