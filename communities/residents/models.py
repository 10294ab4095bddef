"""Who lives where, since when, and how that was shown."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.divisions.models import Division


class Residency(models.Model):
    """A person's home community for a time. Declared by the person, proved by staff, roster or letter."""

    class Proof(models.TextChoices):
        DECLARED = "declared", _("本人申报，待核实")
        ROSTER = "roster", _("与居民名册核对")
        VOUCHED = "vouched", _("社区工作者当面核实")
        LETTER = "letter", _("纸质验证码")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="residencies")
    community = models.ForeignKey(Division, models.PROTECT, related_name="residencies")
    estate = models.CharField(_("小区或城中村"), max_length=60, blank=True)
    since = models.DateField(_("起始日期"))
    until = models.DateField(_("迁出日期"), null=True, blank=True)
    proof = models.CharField(_("核实方式"), max_length=10, choices=Proof.choices, default=Proof.DECLARED)
    proved_at = models.DateTimeField(_("核实时间"), null=True, blank=True)
    proved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    adult = models.BooleanField(_("已满18周岁"), default=True)

    class Meta:
        verbose_name = _("居住登记")
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(until=None), name="one_home_community_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(proof="declared") | models.Q(proved_at__isnull=False),
                name="a_proved_residency_says_when",
            ),
        ]
        indexes = [models.Index(fields=["community", "until", "proof"])]


class ResidencyCheck(models.Model):
    """On what a declared residency was confirmed, or why not: seen by a worker, found on a roster, a code from a letter.

    `by` answers for the evidence: the worker who looked, who brought the roster in, who gave the letters out; `reference`
    names that roster or letter. Only the kind of paper is kept, never its number or a copy (P5).
    """

    class Outcome(models.TextChoices):
        CONFIRMED = "confirmed", _("已核实")
        REFUSED = "refused", _("未通过")

    class Evidence(models.TextChoices):
        IDENTITY = "identity", _("身份证或户口簿")
        PERMIT = "permit", _("居住证")
        LEASE = "lease", _("租赁合同或租赁凭证")
        DEED = "deed", _("房产证明")
        BILL = "bill", _("水电燃气缴费单")
        VISIT = "visit", _("上门走访核实")
        KNOWN = "known", _("网格或楼栋长当面证明")
        ROSTER = "roster", _("与居民名册核对一致")
        LETTER = "letter", _("输入了纸质验证码")

    residency = models.ForeignKey(Residency, models.PROTECT, related_name="checks")
    outcome = models.CharField(_("结果"), max_length=10, choices=Outcome.choices)
    evidence = models.CharField(_("核实依据"), max_length=10, choices=Evidence.choices, blank=True)
    reason = models.CharField(_("理由"), max_length=200, blank=True)
    reference = models.CharField(_("凭据"), max_length=60, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("居住核实记录")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome="confirmed", evidence__gt="") | models.Q(outcome="refused", reason__gt=""),
                name="a_check_says_on_what_or_why_not",
            ),
        ]


class ProofTry(models.Model):
    """Somebody tried a roster or a letter's code: the rows of a day are the limit, swept after that."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    proof = models.CharField(max_length=10, choices=Residency.Proof.choices)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person", "proof", "at"])]
