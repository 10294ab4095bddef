"""The lists of a district: what its communities pick their services from."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.centres.models.described import Described
from communities.centres.rules import CATALOGUES
from communities.divisions.models import Division

LISTS = list(CATALOGUES.items())


class ListDraft(models.Model):
    """A file that the district handed in, as it was read: the preview shows it, taking it in changes the list."""

    district = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("区"))
    catalogue = models.CharField(_("目录"), max_length=10, choices=LISTS)
    source = models.CharField(_("出处"), max_length=120)
    title = models.CharField(_("文件名"), max_length=80)
    rows = models.JSONField(_("读到的事项"))
    bad = models.JSONField(_("有问题的行"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("上传时间"))
    taken_at = models.DateTimeField(_("导入时间"), null=True)

    class Meta:
        verbose_name = _("服务目录的导入")


class ListEntry(Described):
    """One kind of service on a district's list. What left the list stays as a row, for the services picked from it."""

    district = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("区"))
    catalogue = models.CharField(_("目录"), max_length=10, choices=LISTS)
    code = models.SlugField(_("编号"), max_length=20)
    source = models.CharField(_("出处"), max_length=120)
    place = models.PositiveSmallIntegerField(_("顺序"))
    dropped_at = models.DateTimeField(_("移出目录的时间"), null=True)

    class Meta:
        verbose_name = verbose_name_plural = _("区的服务目录")
        constraints = [
            models.UniqueConstraint(fields=["district", "catalogue", "code"], name="a_list_has_a_code_once"),
        ]
