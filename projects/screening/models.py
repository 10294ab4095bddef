"""What screening decides from, and what it decided: the lists, findings, cap overrides, appeals, notes."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from projects.proposals.models import Proposal


class Basis(models.TextChoices):
    """Where a line of a list comes from: a public source, or the portal's default."""

    SOURCE = "S", _("有公开出处")
    DEFAULT = "D", _("平台默认，可按区调整")


class ExclusionReason(models.Model):
    """负面清单: why a proposal cannot be taken up. `text` is what the resident reads; codes are never used again."""

    code = models.CharField(_("编号"), max_length=4, unique=True)
    title = models.CharField(_("名称"), max_length=40)
    text = models.CharField(_("给居民的说明"), max_length=200)
    basis = models.CharField(_("依据"), max_length=1, choices=Basis.choices)
    by_hand = models.BooleanField(_("可由初审人员选用"), default=True)
    active = models.BooleanField(_("启用"), default=True)

    class Meta:
        verbose_name = _("负面清单")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class PositiveKind(models.Model):
    """正面清单: the kinds of need that the programme is for."""

    code = models.CharField(_("编号"), max_length=4, unique=True)
    title = models.CharField(_("名称"), max_length=40)
    basis = models.CharField(_("依据"), max_length=1, choices=Basis.choices)
    active = models.BooleanField(_("启用"), default=True)

    class Meta:
        verbose_name = _("正面清单")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.title


class Outcome(models.TextChoices):
    ACCEPTED = "accepted", _("通过初审")
    RETURNED = "returned", _("退回补正")
    REJECTED = "rejected", _("不予通过")
    REDIRECTED = "redirected", _("转其他部门")
    MERGED = "merged", _("与另一提案合并")


class CapOverride(models.Model):
    """The street lets one proposal pass above the cap ("原则上"), with a name and a public reason. Rows only grow."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="cap_overrides")
    estimate = models.BigIntegerField(_("准许的金额（分）"))
    cap = models.BigIntegerField(_("上限（分）"))
    reason = models.TextField(_("理由"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("超限额准许")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(estimate__gt=models.F("cap")), name="an_override_is_for_more_than_the_cap"
            ),
        ]


class Finding(models.Model):
    """What screening found about a proposal. Rows only grow; the last one is the one that counts.

    `by` is empty only where time decided: a correction that never came. `estimate` is the amount that was screened.
    """

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="findings")
    outcome = models.CharField(_("结论"), max_length=10, choices=Outcome.choices)
    reason = models.TextField(_("公开的理由"), blank=True)
    codes = ArrayField(models.CharField(max_length=4), default=list, blank=True)
    positive = models.CharField(max_length=4, blank=True)
    estimate = models.BigIntegerField(null=True)
    cap = models.BigIntegerField(null=True)
    override = models.ForeignKey(CapOverride, models.PROTECT, null=True, related_name="findings")
    correct_by = models.DateField(_("补正期限"), null=True)
    department = models.CharField(_("转给哪个部门"), max_length=60, blank=True)
    merged_into = models.ForeignKey(Proposal, models.PROTECT, null=True, related_name="merged_findings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("初审结论")
        ordering = ["pk"]
        indexes = [models.Index(fields=["proposal", "-id"])]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(outcome="rejected") | (~models.Q(codes=[]) & ~models.Q(reason="")),
                name="a_rejection_names_its_reasons",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="returned") ^ models.Q(correct_by=None),
                name="a_return_says_until_when",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="redirected") ^ models.Q(department=""),
                name="a_redirection_names_the_department",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="merged") ^ models.Q(merged_into=None),
                name="a_merger_names_the_other_proposal",
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into=None) | ~models.Q(merged_into=models.F("proposal")),
                name="nothing_is_merged_into_itself",
            ),
            models.CheckConstraint(
                condition=models.Q(by__isnull=False) | models.Q(codes=["N90"]),
                name="time_decides_only_what_is_overdue",
            ),
        ]


class Appeal(models.Model):
    """复核申请: the proposer asks once that somebody else looks at a rejection."""

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="appeal")
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="+")
    reason = models.TextField(_("申请理由"))
    answer_by = models.DateField(_("答复期限"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("复核申请")


class AppealDecision(models.Model):
    """The street's answer to an appeal; the screener never decides it."""

    appeal = models.OneToOneField(Appeal, models.PROTECT, related_name="decision")
    upheld = models.BooleanField(_("复核结果"))
    reason = models.TextField(_("理由"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("复核决定")


class Note(models.Model):
    """A staff member's internal note; never public, never changed."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="notes")
    text = models.TextField(_("内部备注"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("内部备注")
        ordering = ["pk"]


class ReplyTemplate(models.Model):
    """Words that screeners often need, to start from."""

    outcome = models.CharField(_("用于"), max_length=10, choices=Outcome.choices)
    title = models.CharField(_("名称"), max_length=40)
    text = models.TextField(_("内容"))
    active = models.BooleanField(_("启用"), default=True)

    class Meta:
        verbose_name = _("答复模板")
        ordering = ["outcome", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["outcome", "title"], name="one_reply_template_per_outcome_and_title"),
        ]


class Assignment(models.Model):
    """Who looks at a proposal first; anybody of the community's workers may still screen it. The last one counts."""

    proposal = models.OneToOneField(Proposal, models.CASCADE, related_name="assignment")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("初审分工")


class Escalation(models.Model):
    """The street was told that screening is late: once for each time that a proposal waits."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="escalations")
    waits_since = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("超期督办")
        constraints = [
            models.UniqueConstraint(fields=["proposal", "waits_since"], name="one_escalation_per_wait"),
        ]


class SavedFilter(models.Model):
    """A filter of the queue under a name of one's own."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="screening_filters")
    title = models.CharField(_("名称"), max_length=20)
    asked = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("常用筛选")
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(fields=["person", "title"], name="one_filter_per_person_and_title"),
        ]
