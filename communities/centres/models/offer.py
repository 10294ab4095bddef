"""What a centre offers: services picked from the catalogues, or its own. The fields follow HSDS 3."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from communities.centres.models.described import Described
from communities.centres.models.places import ServiceCentre
from communities.centres.rules import BASIC, CATALOGUES


class Service(Described):
    """A service at a centre: who may use it, what to bring, what it costs, how it goes."""

    CATALOGUES = list(CATALOGUES.items())

    centre = models.ForeignKey(ServiceCentre, models.CASCADE, related_name="services", verbose_name=_("服务中心"))
    key = models.SlugField(_("目录编号"), max_length=40, blank=True)
    catalogue = models.CharField(_("目录"), max_length=10, choices=CATALOGUES, default=BASIC)
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
