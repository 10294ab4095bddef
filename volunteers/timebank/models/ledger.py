"""The ledger of hours (minutes) and points: double-entry and only growing.

A Posting has two or more entries that sum to zero, all of one unit and one origin. Triggers of the database deny a change,
an unbalanced posting, a mixture of scanned hours with others, and a balance below zero.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from volunteers.teams.models import Volunteer
from volunteers.timebank.models.hours import Origin, Portion


class Account(models.Model):
    """Where minutes or points are. Without a volunteer it lies outside and only gives or takes.

    `balance` is kept by the database as entries come in; nothing else can write it. Points of one expiry are one account.
    """

    class Kind(models.TextChoices):
        SERVICE = "service", _("服务")
        COUNTED = "counted", _("已计入时长")
        WAITING = "waiting", _("待复核时长")
        TARIFF = "tariff", _("积分发放")
        FREE = "free", _("可用积分")
        HELD = "held", _("占用积分")
        REDEEMED = "redeemed", _("已兑换积分")
        EXPIRED = "expired", _("已过期积分")

    HOURS = (Kind.SERVICE, Kind.COUNTED, Kind.WAITING)
    INSIDE = (Kind.COUNTED, Kind.WAITING, Kind.FREE, Kind.HELD)

    kind = models.CharField(max_length=8, choices=Kind.choices)
    origin = models.CharField(max_length=8, choices=Origin.choices, blank=True)
    volunteer = models.ForeignKey(Volunteer, models.PROTECT, null=True, related_name="accounts")
    expires_on = models.DateField(null=True)
    balance = models.BigIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("时间银行账户")
        constraints = [
            models.UniqueConstraint(
                fields=["volunteer", "kind", "origin", "expires_on"],
                nulls_distinct=False,
                name="one_account_per_volunteer_kind_and_lot",
            ),
            models.CheckConstraint(condition=models.Q(balance__gte=0), name="no_balance_below_zero"),
            models.CheckConstraint(
                condition=models.Q(volunteer=None, kind__in=["service", "tariff", "redeemed", "expired"])
                | models.Q(volunteer__isnull=False, kind__in=["counted", "waiting", "free", "held"]),
                name="what_is_inside_is_somebodys",
            ),
            models.CheckConstraint(
                condition=(models.Q(kind__in=["service", "counted", "waiting"]) & ~models.Q(origin=""))
                | models.Q(kind__in=["tariff", "free", "held", "redeemed", "expired"], origin=""),
                name="hours_say_how_they_came_in",
            ),
            models.CheckConstraint(
                condition=models.Q(expires_on=None) | models.Q(kind__in=["free", "held"]), name="hours_never_expire"
            ),
        ]
        indexes = [
            models.Index(
                fields=["expires_on"], condition=models.Q(kind="free", balance__gt=0), name="points_that_will_expire"
            ),
        ]


class Posting(models.Model):
    """One movement. The same key is posted once, so that a repeated act moves nothing twice."""

    class Kind(models.TextChoices):
        EARN = "earn", _("登记时长")
        CONFIRM = "confirm", _("复核计入")
        REFUSE = "refuse", _("复核不计入")
        REVERSE = "reverse", _("冲正")
        GRANT = "grant", _("发放积分")
        TAKE_BACK = "take_back", _("收回积分")
        HOLD = "hold", _("占用积分")
        RELEASE = "release", _("退回积分")
        REDEEM = "redeem", _("兑换")
        EXPIRE = "expire", _("积分到期")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    key = models.CharField(max_length=60, unique=True)
    volunteer = models.ForeignKey(Volunteer, models.PROTECT, related_name="postings")
    portion = models.ForeignKey(Portion, models.PROTECT, null=True, related_name="postings")
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("时间银行记账")
        indexes = [models.Index(fields=["volunteer", "-at"])]


class Entry(models.Model):
    """One side of a posting: minutes or points that come (above zero) or go (below)."""

    posting = models.ForeignKey(Posting, models.PROTECT, related_name="entries")
    account = models.ForeignKey(Account, models.PROTECT, related_name="entries")
    amount = models.BigIntegerField()

    class Meta:
        verbose_name = _("时间银行分录")
        constraints = [
            models.UniqueConstraint(fields=["posting", "account"], name="one_entry_per_posting_and_account"),
            models.CheckConstraint(condition=~models.Q(amount=0), name="an_entry_moves_something"),
        ]
