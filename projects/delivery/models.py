"""How a project is carried out: plan, reports, evidence, stops and changes, problems, and the word that it is done."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from projects.delivery.rules import EVIDENCE, EvidenceKind
from projects.funding.models import Project


class Milestone(models.Model):
    """One step of the plan. `planned_amount` is what should be spent by then, in fen (分). `mends` marks a rework."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="milestones")
    title = models.CharField(_("节点"), max_length=40)
    due_on = models.DateField(_("计划完成日"))
    planned_amount = models.BigIntegerField(_("计划用款（分）"), null=True, blank=True)
    mends = models.BooleanField(default=False)
    done_on = models.DateField(_("完成日期"), null=True, blank=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        verbose_name = _("计划节点")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(planned_amount=None) | models.Q(planned_amount__gte=0),
                name="a_planned_amount_is_not_negative",
            )
        ]
        indexes = [models.Index(fields=["project", "done_on", "due_on"]), models.Index(fields=["due_on"])]


class PlanChange(models.Model):
    """A date of the plan that moved, or a step that was dropped, and why."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="plan_changes")
    milestone = models.CharField(max_length=40)
    was = models.DateField()
    becomes = models.DateField(null=True)
    reason = models.TextField(_("原因"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("计划调整")
        ordering = ["at", "pk"]


class ProgressReport(models.Model):
    """月报: how far the work is, in per cent and words."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="reports")
    percent = models.PositiveSmallIntegerField(_("进度（%）"))
    text = models.TextField(_("进展说明"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("进度报告")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(percent__lte=100), name="progress_ends_at_a_hundred"),
        ]
        indexes = [models.Index(fields=["project", "-at"]), models.Index(fields=["at"])]


class Evidence(models.Model):
    """A photo or sheet with the time at which, and the person by whom, it came in."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="evidence")
    report = models.ForeignKey(ProgressReport, models.PROTECT, null=True, related_name="evidence")
    kind = models.CharField(_("类别"), max_length=10, choices=[(key.value, EVIDENCE[key]) for key in EvidenceKind])
    file = models.FileField(upload_to="delivery/%Y/%m/")
    caption = models.CharField(_("说明"), max_length=80)
    is_photo = models.BooleanField(default=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("过程资料")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["project", "kind"])]


class Stop(models.Model):
    """A stop with its reason; over when it is resumed. `ended_at`: it is for good, the project is given up (终止)."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="stops")
    reason = models.TextField(_("暂停原因"))
    stopped_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    stopped_at = models.DateTimeField()
    resumed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    resumed_at = models.DateTimeField(null=True)
    resume_note = models.TextField(blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(_("终止时间"), null=True)
    end_reason = models.TextField(_("终止原因"), blank=True)

    class Meta:
        verbose_name = _("暂停")
        ordering = ["stopped_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project"], condition=models.Q(resumed_at=None), name="one_open_stop_per_project"
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="a_stop_says_why"),
            models.CheckConstraint(
                condition=models.Q(ended_at=None) | models.Q(~models.Q(end_reason=""), resumed_at=None, ended_by__isnull=False),
                name="what_is_given_up_says_why_and_is_not_resumed",
            ),
        ]


class ProblemReport(models.Model):
    """“这里有问题”: what a resident or a supervisor found wrong, with a number, and what was answered."""

    class Source(models.TextChoices):
        RESIDENT = "resident", _("居民反映")
        SUPERVISOR = "supervisor", _("监督意见")

    class Aspect(models.TextChoices):
        CONTENT = "content", _("实施内容")
        SITE = "site", _("现场管理")
        BUDGET = "budget", _("资金使用")
        QUALITY = "quality", _("质量安全")
        OTHER = "other", _("其他")

    number = models.CharField(_("编号"), max_length=20, unique=True, null=True)
    project = models.ForeignKey(Project, models.PROTECT, related_name="problems")
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.RESIDENT)
    aspect = models.CharField(_("哪方面"), max_length=8, choices=Aspect.choices, default=Aspect.OTHER)
    text = models.TextField(_("问题说明"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="problem_reports")
    at = models.DateTimeField()
    answer_by = models.DateField()
    answer = models.TextField(_("答复"), blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("问题反映")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_by=None) | ~models.Q(answered_by=models.F("by")),
                name="nobody_answers_her_own_report",
            ),
            models.CheckConstraint(
                condition=models.Q(answer="", answered_at=None)
                | models.Q(~models.Q(answer=""), answered_at__isnull=False),
                name="an_answer_has_its_time",
            ),
        ]
        indexes = [
            models.Index(fields=["answer_by"], condition=models.Q(answered_at=None), name="problem_unanswered"),
            models.Index(fields=["project", "-at"]),
        ]


class Finish(models.Model):
    """The provider says that it is done. Counts when it was said since the project last came to this stage."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="finishes")
    text = models.TextField(_("完工说明"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("完工申报")
        ordering = ["at", "pk"]
