"""Merchants, what they offer for points, each redemption; what public bodies grant for hours."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.divisions.models import Division
from volunteers.teams.models import Volunteer


class Merchant(models.Model):
    """A partner merchant (爱心商家), registered by its street."""

    class Kind(models.TextChoices):
        FOOD = "food", _("餐饮")
        SHOP = "shop", _("超市便利")
        CARE = "care", _("理发洗护")
        HEALTH = "health", _("药店健康")
        LEARN = "learn", _("书店培训")
        REPAIR = "repair", _("维修家政")
        OTHER = "other", _("其他")

    name = models.CharField(_("商家名称"), max_length=60)
    kind = models.CharField(_("类别"), max_length=8, choices=Kind.choices)
    community = models.ForeignKey(Division, models.PROTECT, related_name="merchants", verbose_name=_("所在社区"))
    address = models.CharField(_("地址"), max_length=120)
    phone = models.CharField(_("对外电话"), max_length=30, blank=True)
    about = models.CharField(_("简介"), max_length=200, blank=True)
    joined_on = models.DateField(_("加入日期"))
    left_on = models.DateField(_("退出日期"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("爱心商家")
        constraints = [
            models.UniqueConstraint(
                fields=["community", "name"],
                condition=models.Q(left_on=None),
                name="one_merchant_per_name_and_community",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MerchantTerm(models.Model):
    """Who acts for a merchant, from when to when; appointed by the street. ends_on counts; empty means open."""

    merchant = models.ForeignKey(Merchant, models.PROTECT, related_name="terms")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="merchant_terms")
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"), null=True, blank=True)
    appointed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("商家经办人")
        constraints = [
            models.UniqueConstraint(
                fields=["merchant", "person"],
                condition=models.Q(ends_on=None),
                name="one_open_term_per_merchant_and_person",
            ),
        ]


class Offer(models.Model):
    """Something a merchant gives for points. `left` falls when somebody takes one and rises when it lapses."""

    merchant = models.ForeignKey(Merchant, models.PROTECT, related_name="offers")
    title = models.CharField(_("礼遇名称"), max_length=40)
    about = models.CharField(_("使用说明"), max_length=200, blank=True)
    points = models.PositiveIntegerField(_("所需积分"))
    stock = models.PositiveIntegerField(_("总数"))
    left = models.PositiveIntegerField(_("剩余"))
    per_person = models.PositiveSmallIntegerField(_("每人最多"), default=1)
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"))
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("商家礼遇")
        constraints = [
            models.CheckConstraint(condition=models.Q(left__lte=models.F("stock")), name="no_more_left_than_there_was"),
            models.CheckConstraint(condition=models.Q(points__gt=0), name="an_offer_has_a_price"),
            models.CheckConstraint(condition=models.Q(ends_on__gte=models.F("starts_on")), name="an_offer_has_days"),
        ]
        indexes = [models.Index(fields=["merchant", "ends_on"]), models.Index(fields=["ends_on"])]


class Redemption(models.Model):
    """One taking of an offer: its points are held, then spent once or given back. An ended one never changes."""

    class State(models.TextChoices):
        HELD = "held", _("待使用")
        REDEEMED = "redeemed", _("已兑换")
        LAPSED = "lapsed", _("已过时")
        CANCELLED = "cancelled", _("已取消")

    offer = models.ForeignKey(Offer, models.PROTECT, related_name="redemptions")
    volunteer = models.ForeignKey(Volunteer, models.PROTECT, related_name="redemptions")
    points = models.PositiveIntegerField()
    code = models.CharField(max_length=8, unique=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.HELD)
    held_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("兑换")
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "volunteer"],
                condition=models.Q(state="held"),
                name="one_open_code_per_offer_and_volunteer",
            ),
            models.CheckConstraint(
                condition=models.Q(state="held", ended_at=None)
                | (~models.Q(state="held") & models.Q(ended_at__isnull=False)),
                name="an_ended_redemption_says_when",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="redeemed") | models.Q(confirmed_by__isnull=False),
                name="a_redemption_was_confirmed_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["volunteer", "-held_at"]),
            models.Index(fields=["offer", "ended_at"], condition=models.Q(state="redeemed"), name="redeemed_by_month"),
            models.Index(fields=["expires_at"], condition=models.Q(state="held"), name="codes_that_lapse"),
        ]


class Benefit(models.Model):
    """What a public body grants (礼遇) to whoever has served so many hours; nobody is named or compared."""

    place = models.ForeignKey(Division, models.PROTECT, related_name="benefits")
    title = models.CharField(_("礼遇名称"), max_length=40)
    granted_by_body = models.CharField(_("提供单位"), max_length=60)
    about = models.CharField(_("怎么使用"), max_length=200)
    hours_needed = models.PositiveIntegerField(_("需要时长（小时）"))
    scanned_only = models.BooleanField(_("只算扫码签到的时长"), default=False)
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"), null=True, blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        verbose_name = _("志愿者礼遇")
        indexes = [models.Index(fields=["place", "hours_needed"])]
