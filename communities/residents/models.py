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
