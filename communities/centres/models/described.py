"""What is said of a service, on a list and at a centre alike. The fields follow HSDS 3."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.centres.rules import CATEGORIES


class Described(models.Model):
    """Who may use it, what to bring, what it costs, how it goes."""

    category = models.CharField(_("类别"), max_length=20, choices=list(CATEGORIES.items()))
    name = models.CharField(_("服务名称"), max_length=60)
    about = models.CharField(_("服务内容"), max_length=300)
    who = models.CharField(_("服务对象"), max_length=120)
    bring = models.CharField(_("要带什么"), max_length=200, blank=True)
    cost = models.CharField(_("收费"), max_length=80)
    steps = models.TextField(_("办理步骤"), max_length=600, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name
