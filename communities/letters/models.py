"""Batches of one-time codes on paper, posted or handed out by a community."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.divisions.models import Division
from communities.residents.models import Residency
from portal.models import Job


class CodeBatch(models.Model):
    """One print: whose letters, how many, how they reach people, until when. The file goes after three days (P10)."""

    class Way(models.TextChoices):
        POSTED = "posted", _("邮寄")
        DOORS = "doors", _("上门发放")
        BOXES = "boxes", _("投入信箱")
        COUNTER = "counter", _("柜台领取")

    community = models.ForeignKey(Division, models.PROTECT, related_name="code_batches")
    estate = models.CharField(_("小区或城中村"), max_length=60, blank=True)
    count = models.PositiveSmallIntegerField(_("封数"))
    way = models.CharField(_("怎样送达"), max_length=10, choices=Way.choices)
    last_day = models.DateField(_("有效期到"))
    address = models.CharField(max_length=120)
    file = models.FileField(upload_to="paper/%Y/%m/", blank=True)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("印制时间"))
    stopped_at = models.DateTimeField(null=True)
    stopped_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    stop_reason = models.CharField(_("作废原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("纸质验证码批次")
        indexes = [models.Index(fields=["community", "-at"])]


class PaperCode(models.Model):
    """One letter's code: only a keyed digest is kept; who used it is known by the home that it proved."""

    batch = models.ForeignKey(CodeBatch, models.CASCADE, related_name="codes")
    serial = models.PositiveSmallIntegerField()
    code_hash = models.CharField(max_length=64, unique=True)
    residency = models.OneToOneField(Residency, models.PROTECT, null=True, related_name="+")
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "serial"], name="one_code_per_letter"),
            models.CheckConstraint(
                condition=models.Q(used_at=None, residency=None)
                | models.Q(used_at__isnull=False, residency__isnull=False),
                name="a_used_code_says_whose_home_it_proved",
            ),
        ]
