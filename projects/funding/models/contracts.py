"""Who delivers a project, under which contract, paid in which instalments, and how its money is closed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from projects.funding.models.project import Project
from projects.funding.rules import INSTALMENTS, ROUTES, Instalment, Route


class Provider(models.Model):
    """承接主体: who may be contracted, with the public contact that it gives itself, and until when it is eligible."""

    name = models.CharField(_("单位名称"), max_length=80)
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, unique=True)
    contact = models.CharField(_("对外联系人"), max_length=50, blank=True)
    phone = models.CharField(_("对外电话"), max_length=30)
    address = models.CharField(_("地址"), max_length=120, blank=True)
    eligible_until = models.DateField(_("资格期限"))
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()

    class Meta:
        verbose_name = _("承接单位")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class CoFunding(models.Model):
    """社会资金: money that residents, a company or a community fund add to one project."""

    class Kind(models.TextChoices):
        RESIDENTS = "residents", _("居民自筹")
        COMPANY = "company", _("企业捐助")
        FUND = "fund", _("社区基金")
        OTHER = "other", _("其他社会资金")

    project = models.ForeignKey(Project, models.PROTECT, related_name="cofundings")
    kind = models.CharField(_("来源"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("出资方"), max_length=80)
    amount = models.BigIntegerField(_("金额（分）"))
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        verbose_name = _("社会资金")
        constraints = [models.CheckConstraint(condition=models.Q(amount__gt=0), name="a_cofunding_is_not_empty")]


class Contract(models.Model):
    """What a provider delivers for how much, and the people who answer for it (both sign in by phone)."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="contracts")
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="contracts")
    number = models.CharField(_("合同编号"), max_length=40)
    amount = models.BigIntegerField(_("合同金额（分）"))
    route = models.CharField(_("采购方式"), max_length=8, choices=[(key.value, ROUTES[key]) for key in Route])
    signed_on = models.DateField(_("签约日期"))
    starts_by = models.DateField(_("最迟开工日"), null=True, blank=True)
    responsible = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="contracts_answered_for")
    liaison = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="contracts_liaised"
    )
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        verbose_name = _("合同")
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="a_contract_has_an_amount"),
            models.UniqueConstraint(fields=["project", "number"], name="one_contract_per_project_and_number"),
        ]
        indexes = [models.Index(fields=["provider", "signed_on"])]

    def __str__(self) -> str:
        return self.number


class Payment(models.Model):
    """One instalment: asked for by one officer against a voucher, released or refused by another."""

    class State(models.TextChoices):
        REQUESTED = "requested", _("待批准")
        RELEASED = "released", _("已支付")
        REFUSED = "refused", _("已退回")

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="payments")
    instalment = models.CharField(
        _("款项"), max_length=10, choices=[(key.value, INSTALMENTS[key]) for key in Instalment]
    )
    amount = models.BigIntegerField(_("金额（分）"))
    voucher = models.CharField(_("凭证号"), max_length=40)
    purpose = models.CharField(_("用途"), max_length=120)
    state = models.CharField(max_length=10, choices=State.choices, default=State.REQUESTED)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    refuse_reason = models.TextField(blank=True)

    class Meta:
        verbose_name = _("付款")
        ordering = ["requested_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="a_payment_has_an_amount"),
            models.CheckConstraint(condition=~models.Q(voucher=""), name="a_payment_has_a_voucher"),
            models.CheckConstraint(
                condition=models.Q(decided_by=None) | ~models.Q(decided_by=models.F("requested_by")),
                name="two_people_release_a_payment",
            ),
            models.CheckConstraint(
                condition=models.Q(state="requested", decided_by=None, decided_at=None)
                | models.Q(~models.Q(state="requested"), decided_by__isnull=False, decided_at__isnull=False),
                name="a_decided_payment_says_who_and_when",
            ),
            models.UniqueConstraint(
                fields=["contract", "voucher"],
                condition=~models.Q(state="refused"),
                name="one_payment_per_contract_and_voucher",
            ),
        ]
        indexes = [models.Index(fields=["state", "requested_at"]), models.Index(fields=["state", "decided_at"])]


class BalanceRuling(models.Model):
    """What the concluded scores mean for the balance payment. Written by the evaluation room; lifted with a reason."""

    project = models.OneToOneField(Project, models.PROTECT, related_name="balance_ruling")
    holds = models.BooleanField()
    total = models.PositiveIntegerField()
    answers = models.PositiveIntegerField()
    at = models.DateTimeField()
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lift_reason = models.TextField(blank=True)

    class Meta:
        verbose_name = _("尾款与评价")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(lifted_by=None) | ~models.Q(lift_reason=""), name="a_lifted_hold_says_why"
            )
        ]


class Settlement(models.Model):
    """结算: the money of a project is closed; what was not spent went back to where it came from."""

    project = models.OneToOneField(Project, models.PROTECT, related_name="settlement")
    paid = models.BigIntegerField()
    returned = models.BigIntegerField()
    retained = models.BigIntegerField(_("留作质保金（分）"), default=0)
    note = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("结算")
