"""Party-mass service centres (党群服务中心)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from communities.divisions.models import Division


class ServiceCentre(models.Model):
    """Where people come in person: to ask, to hand in a paper proposal, to vote at the kiosk."""

    community = models.ForeignKey(Division, models.PROTECT, related_name="centres")
    name = models.CharField(_("名称"), max_length=80)
    address = models.CharField(_("地址"), max_length=120)
    phone = models.CharField(_("电话"), max_length=30, blank=True)
    hours = models.CharField(_("开放时间"), max_length=120, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = _("党群服务中心")

    def __str__(self) -> str:
        return self.name
