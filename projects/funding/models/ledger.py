"""The ledger: double-entry, in fen (分), and only growing.

Each Posting moves an amount from one account (its credit entry) to another (its debit entry). Triggers of the database
deny a change, an unbalanced posting and an overdrawn account.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from projects.funding.models.contracts import CoFunding, Contract, Payment
from projects.funding.models.project import Project
from projects.rounds.models import Envelope


class Account(models.Model):
    """Where money is. `grant` and `source` lie outside (their balance is below zero: what they gave); the rest never
    fall below zero. `source` is set for money that is not from the envelope.
    """

    class Kind(models.TextChoices):
        GRANT = "grant", _("财政下达")
        SOURCE = "source", _("社会资金来源")
        ENVELOPE = "envelope", _("社区额度")
        ALLOTTED = "allotted", _("已下达项目")
        CONTRACTED = "contracted", _("已签合同")
        PAID = "paid", _("已支付")

    OUTSIDE = (Kind.GRANT, Kind.SOURCE)

    kind = models.CharField(max_length=10, choices=Kind.choices)
    envelope = models.ForeignKey(Envelope, models.PROTECT, related_name="accounts")
    project = models.ForeignKey(Project, models.PROTECT, null=True, related_name="accounts")
    source = models.ForeignKey(CoFunding, models.PROTECT, null=True, related_name="accounts")

    class Meta:
        verbose_name = _("账户")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "envelope", "project", "source"],
                nulls_distinct=False,
                name="one_account_per_kind_and_owner",
            ),
        ]


class Posting(models.Model):
    """One movement of money. The same key is posted once, so that a repeated act moves nothing twice."""

    class Kind(models.TextChoices):
        GRANT = "grant", _("额度下达")
        COFUND = "cofund", _("社会资金到位")
        ALLOT = "allot", _("下达项目")
        CONTRACT = "contract", _("签订合同")
        PAY = "pay", _("支付")
        REDUCE = "reduce", _("合同核减")
        RETURN = "return", _("结余退回")
        FORFEIT = "forfeit", _("扣留质保金")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    key = models.CharField(max_length=60, unique=True)
    project = models.ForeignKey(Project, models.PROTECT, null=True, related_name="postings")
    contract = models.ForeignKey(Contract, models.PROTECT, null=True, related_name="postings")
    payment = models.ForeignKey(Payment, models.PROTECT, null=True, related_name="postings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("记账")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind="pay") | models.Q(payment__isnull=False, contract__isnull=False),
                name="money_is_paid_for_a_payment_under_a_contract",
            ),
        ]
        indexes = [models.Index(fields=["kind", "at"])]


class LedgerEntry(models.Model):
    """One side of a posting, in fen (分)."""

    class Side(models.TextChoices):
        DEBIT = "debit", _("借")
        CREDIT = "credit", _("贷")

    posting = models.ForeignKey(Posting, models.PROTECT, related_name="entries")
    account = models.ForeignKey(Account, models.PROTECT, related_name="entries")
    side = models.CharField(max_length=6, choices=Side.choices)
    amount = models.BigIntegerField()

    class Meta:
        verbose_name = _("分录")
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="an_entry_has_an_amount"),
            models.UniqueConstraint(fields=["posting", "side"], name="one_debit_and_one_credit_per_posting"),
        ]
        indexes = [models.Index(fields=["account", "side"])]
