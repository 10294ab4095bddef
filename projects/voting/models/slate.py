"""What is voted on and who may vote, frozen when voting opens."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.divisions.models import Division
from projects.proposals.models import Proposal
from projects.rounds.models import Round


class Slate(models.Model):
    """What one community votes on in a round, frozen with its digest (SHA-256 of candidates, prices, seed, rules)."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="slates")
    community = models.ForeignKey(Division, models.PROTECT, related_name="slates")
    budget = models.BigIntegerField(_("资金额度（分）"))
    seed = models.CharField(max_length=64)
    roll_size = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("选票项目表")
        constraints = [
            models.UniqueConstraint(fields=["round", "community"], name="one_slate_per_round_and_community"),
        ]


class Candidate(models.Model):
    """A project on the slate with its frozen price (分)."""

    slate = models.ForeignKey(Slate, models.PROTECT, related_name="candidates")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="candidacies")
    cost = models.BigIntegerField(_("金额（分）"))

    class Meta:
        verbose_name = _("候选项目")
        constraints = [
            models.UniqueConstraint(fields=["slate", "proposal"], name="one_candidacy_per_slate_and_proposal"),
        ]


class RollEntry(models.Model):
    """A resident who may vote, as the roll stood when voting opened (B2)."""

    slate = models.ForeignKey(Slate, models.PROTECT, related_name="roll")
    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="roll_entries")

    class Meta:
        verbose_name = _("选民名册")
        constraints = [
            models.UniqueConstraint(fields=["round", "person"], name="one_roll_entry_per_round_and_person"),
        ]
