"""What was counted, when and why, and what each project's outcome was. Rows that only grow."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from projects.proposals.models import Proposal
from projects.voting.models import Slate


class Tally(models.Model):
    """One count of one slate. The newest is in force; earlier ones stay.

    rule: a name of projects.tally.count. left_out: numbers of proposals that this count passes over (an objection was
    upheld, the street refused). settled: numbers that were approved before and keep their money. result: the
    published JSON; digest: its SHA-256 (hex). Money in fen (分).
    """

    slate = models.ForeignKey(Slate, models.PROTECT, related_name="tallies")
    rule = models.CharField(max_length=40)
    budget = models.BigIntegerField()
    left_out = models.JSONField(default=list)
    settled = models.JSONField(default=list)
    ballots = models.PositiveIntegerField()
    blank = models.PositiveIntegerField()
    spent = models.BigIntegerField()
    result = models.JSONField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("计票")
        ordering = ["-pk"]


class Outcome(models.Model):
    """One project's line of a count: votes, place, chosen or not, and the reason in a code of `REASONS`."""

    tally = models.ForeignKey(Tally, models.PROTECT, related_name="outcomes")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="outcomes")
    place = models.PositiveSmallIntegerField()
    votes = models.PositiveIntegerField()
    cost = models.BigIntegerField()
    chosen = models.BooleanField()
    reason = models.CharField(max_length=20)
    left = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("计票结果")
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["tally", "proposal"], name="one_outcome_per_tally_and_proposal"),
        ]
