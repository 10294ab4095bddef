"""One phone acts for several people only by a recorded proxy (A20): who for whom, why, until when, witnessed by whom."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.divisions.models import Division


class Proxy(models.Model):
    """`person` lets `holder` act for her in the portal. It counts on each day from starts_on to ends_on, until revoked."""

    class Why(models.TextChoices):
        NO_PHONE = "no_phone", _("没有手机")
        OLD_PHONE = "old_phone", _("手机不能上网")
        CANNOT = "cannot", _("看不清或不会操作")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="proxies_given")
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="proxies_held")
    community = models.ForeignKey(Division, models.PROTECT, related_name="proxies")
    why = models.CharField(_("原因"), max_length=10, choices=Why.choices)
    paper_ref = models.CharField(_("委托书编号"), max_length=40)
    starts_on = models.DateField(_("起"))
    ends_on = models.DateField(_("止"))
    witnessed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    witnessed_at = models.DateTimeField(_("见证时间"))
    revoked_at = models.DateTimeField(_("撤销时间"), null=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("代办登记")
        indexes = [models.Index(fields=["community", "-witnessed_at"])]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(person=models.F("holder")), name="nobody_is_her_own_proxy"
            ),
            models.CheckConstraint(
                condition=~models.Q(witnessed_by=models.F("holder")) & ~models.Q(witnessed_by=models.F("person")),
                name="a_proxy_is_witnessed_by_a_third_person",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="a_proxy_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=models.Q(revoked_at=None, revoked_by=None)
                | models.Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="a_revoked_proxy_says_by_whom",
            ),
        ]  # and proxies_between_two_never_overlap, an exclusion over both people and the days, which the migration makes


class ProxyAct(models.Model):
    """One thing that was done by proxy; the rows only grow."""

    proxy = models.ForeignKey(Proxy, models.PROTECT, related_name="acts")
    act = models.CharField(max_length=60)
    path = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("代办记录")
        indexes = [models.Index(fields=["proxy", "-at"])]
