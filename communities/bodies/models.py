"""The bodies of a community (党、站、居、经、社、服) and the people in office."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from communities.divisions.models import Division


class Body(models.Model):
    """A body that serves a community, or several (一委一站多居), with the public contact that it publishes itself."""

    class Kind(models.TextChoices):
        PARTY = "party", _("社区党委")
        STATION = "station", _("社区工作站")
        COMMITTEE = "committee", _("居民委员会")
        COMPANY = "company", _("股份合作公司")
        SOCIAL = "social", _("社会组织")
        SERVICE = "service", _("党群服务中心")
        PROPERTY = "property", _("物业服务企业")
        PARTNER = "partner", _("共建单位")

    kind = models.CharField(_("类别"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("名称"), max_length=80)
    community = models.ForeignKey(Division, models.PROTECT, related_name="bodies", verbose_name=_("社区"))
    also_serves = models.ManyToManyField(
        Division,
        related_name="shared_bodies",
        blank=True,
        verbose_name=_("还服务哪些社区"),
        help_text=_("一个党委、工作站、物业等服务几个社区的，在这里选其他社区。"),
    )
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    phone = models.CharField(_("公开电话"), max_length=30, blank=True)
    address = models.CharField(_("地址"), max_length=120, blank=True)
    hours = models.CharField(_("服务时间"), max_length=80, blank=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = _("机构")
        ordering = ["community", "kind", "name"]

    def __str__(self) -> str:
        return self.name


class Office(models.Model):
    """A person in office at a body for a term; the name is published, as offices publish it.

    Terms of one post in one body never overlap, unless several people hold that post; of one person never (two exclusion
    constraints, in the migration)."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="offices", verbose_name=_("机构"))
    title = models.CharField(_("职务"), max_length=40)
    name = models.CharField(_("姓名"), max_length=50)
    since = models.DateField(_("任职日期"))
    until = models.DateField(_("离任日期"), null=True, blank=True)
    several = models.BooleanField(_("同一职务可有几人"), default=False, help_text=_("例如委员、副主任。"))

    history = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = _("任职人员")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
                name="an_office_ends_after_it_begins",
            ),
        ]
