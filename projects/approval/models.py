"""The street's decisions on the chosen items, their second signatures, the district's filing, and 递补."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from projects.proposals.models import Proposal
from projects.rounds.models import Round

PERSON = settings.AUTH_USER_MODEL


class ApprovalDecision(models.Model):
    """One officer's decision on one item. Only grows: one that the second signature rejects stays on record.

    `gates` answers the checklist: scope, project, procedure, each "yes" or "no". `amount` is in fen (分), 0 for a
    refusal. The latest decision counts.
    """

    class Verdict(models.TextChoices):
        APPROVE = "approve", _("批准")
        CONDITIONS = "conditions", _("有条件批准")
        LOWER = "lower", _("核减金额后批准")
        REFUSE = "refuse", _("不批准")

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="approval_decisions")
    round = models.ForeignKey(Round, models.PROTECT, related_name="approval_decisions")
    verdict = models.CharField(_("决定"), max_length=10, choices=Verdict.choices)
    amount = models.BigIntegerField(_("批准金额（分）"))
    asked = models.BigIntegerField()
    conditions = models.TextField(_("条件"), blank=True)
    reason = models.TextField(_("理由"), blank=True)
    gates = models.JSONField()
    needs_second = models.BooleanField(default=False)
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("审批决定")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["round", "proposal"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(verdict="refuse", amount=0) | ~models.Q(verdict="refuse") & models.Q(amount__gt=0),
                name="an_approval_has_an_amount_and_a_refusal_none",
            ),
            models.CheckConstraint(
                condition=models.Q(amount__lte=models.F("asked")), name="no_approval_above_what_was_asked"
            ),
            models.CheckConstraint(
                condition=~models.Q(verdict__in=["refuse", "lower"]) | ~models.Q(reason=""),
                name="less_than_asked_says_why",
            ),
        ]


class SecondSignature(models.Model):
    """Another street officer agrees with a decision on a large amount, or sends it back to be decided anew."""

    decision = models.OneToOneField(ApprovalDecision, models.PROTECT, related_name="second")
    agrees = models.BooleanField()
    reason = models.TextField(blank=True)
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("复核签字")
        constraints = [
            models.CheckConstraint(condition=models.Q(agrees=True) | ~models.Q(reason=""), name="a_no_says_why"),
        ]


class RefillAnswer(models.Model):
    """Whether the money of refused items goes to the next in line (递补). `declined` are the items it answers for."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="refill_answers")
    refill = models.BooleanField()
    declined = ArrayField(models.BigIntegerField())
    reason = models.TextField()
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("递补决定")


class Filing(models.Model):
    """The district has the approved list on file (备案): its reference, and the digest of the list as it was."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="filings")
    reference = models.CharField(_("备案号"), max_length=40)
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("备案")
        constraints = [
            models.UniqueConstraint(fields=["round", "digest"], name="one_filing_per_list"),
        ]
