"""City, district, street, community, residents' committee, estate: one tree with the official codes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class Division(models.Model):
    """A place in the tree. `path` is the codes from the city down, each followed by "/".

    A community (社区) is not a residents' committee (居委会): one community may have several. The public register
    lists committees; a community's code is the lowest code among its committees with "C" in front.
    """

    class Level(models.TextChoices):
        CITY = "city", _("市")
        DISTRICT = "district", _("区")
        STREET = "street", _("街道")
        COMMUNITY = "community", _("社区")
        COMMITTEE = "committee", _("居委会")
        ESTATE = "estate", _("小区")

    code = models.CharField(_("代码"), max_length=20, unique=True)
    name = models.CharField(_("名称"), max_length=60)
    level = models.CharField(_("层级"), max_length=10, choices=Level.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("上级")
    )
    path = models.CharField(max_length=160, db_index=True, editable=False)
    pinyin = models.CharField(max_length=120, blank=True, editable=False)
    initials = models.CharField(max_length=40, blank=True, editable=False)
    residents_count = models.PositiveIntegerField(_("常住人口"), null=True, blank=True)
    abolished_on = models.DateField(_("撤销日期"), null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = _("区划")
        ordering = ["code"]
        indexes = [models.Index(fields=["level", "code"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(level="city") | models.Q(parent__isnull=False),
                name="every_division_below_the_city_has_a_parent",
            ),
        ]

    def __str__(self) -> str:
        return self.name
