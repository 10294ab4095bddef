"""The published tariff, and certificates that anybody can verify. These rows only grow."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.divisions.models import Division
from volunteers.teams.models import Volunteer


class Tariff(models.Model):
    """How many points an hour is worth in a district from a day on; the next tariff ends it."""

    district = models.ForeignKey(Division, models.PROTECT, related_name="tariffs")
    starts_on = models.DateField(_("起算日期"))
    per_hour = models.PositiveIntegerField(_("每小时积分"))
    lasts_years = models.PositiveSmallIntegerField(_("保留年数"), default=1)
    note = models.TextField(_("说明"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("积分标准")
        ordering = ["-starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["district", "starts_on"], name="one_tariff_per_district_and_day"),
            models.CheckConstraint(condition=models.Q(per_hour__lte=1000), name="a_tariff_is_not_out_of_bounds"),
        ]


class Certificate(models.Model):
    """Hours of a period as they stood on a day. The number is drawn by lot, so that nobody can count through them."""

    number = models.CharField(_("证书编号"), max_length=12, unique=True)
    volunteer = models.ForeignKey(Volunteer, models.PROTECT, related_name="certificates")
    first_on = models.DateField()
    last_on = models.DateField()
    scanned = models.PositiveIntegerField(_("扫码签到（分钟）"))
    by_hand = models.PositiveIntegerField(_("手工登记（分钟）"))
    services = models.PositiveIntegerField(_("服务次数"))
    issued_at = models.DateTimeField()

    class Meta:
        verbose_name = _("服务时长证书")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_on__gte=models.F("first_on")), name="a_certificate_has_a_period"
            ),
        ]
        indexes = [models.Index(fields=["volunteer", "-issued_at"])]
