"""What a centre offers: services picked from the two catalogues, or its own. The fields follow HSDS 3."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from communities.centres.models.places import ServiceCentre
from communities.centres.rules import ADDED, BASIC, CATEGORIES


class Service(models.Model):
    """A service at a centre: who may use it, what to bring, what it costs, how it goes."""

    CATALOGUES = [(BASIC, _("基本服务")), (ADDED, _("增值服务"))]

    centre = models.ForeignKey(ServiceCentre, models.CASCADE, related_name="services", verbose_name=_("服务中心"))
    key = models.SlugField(_("目录编号"), max_length=40, blank=True)
    catalogue = models.CharField(_("目录"), max_length=10, choices=CATALOGUES, default=BASIC)
    category = models.CharField(_("类别"), max_length=20, choices=[(key, title) for key, title in CATEGORIES.items()])
    name = models.CharField(_("服务名称"), max_length=60)
    about = models.CharField(_("服务内容"), max_length=300)
    who = models.CharField(_("服务对象"), max_length=120)
    bring = models.CharField(_("要带什么"), max_length=200, blank=True)
    cost = models.CharField(_("收费"), max_length=80)
    steps = models.TextField(_("办理步骤"), max_length=600, blank=True)
    times = models.CharField(_("办理时间"), max_length=80, blank=True)
    ended_on = models.DateField(_("停办日期"), null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = _("服务事项")
        ordering = ["centre", "catalogue", "category", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "key"],
                condition=~models.Q(key="") & models.Q(ended_on=None),
                name="a_centre_picks_a_catalogue_entry_once",
            ),
            models.UniqueConstraint(
                fields=["centre", "name"], condition=models.Q(ended_on=None), name="one_service_of_a_name_in_a_centre"
            ),
        ]

    def __str__(self) -> str:
        return self.name
