"""What proves the vote to everybody: the daily chain, and the end of the round's key."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from projects.rounds.models import Round
from projects.voting.models.slate import Slate


class DaySeal(models.Model):
    """One day of a community's vote in the public chain. Rows that only grow.

    The figures are totals up to the end of the day. digest: SHA-256 (hex) over the digest before it (the slate's for
    the first day) and the figures as canonical JSON.
    """

    slate = models.ForeignKey(Slate, models.PROTECT, related_name="seals")
    day = models.DateField()
    cast = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    paper = models.PositiveIntegerField()
    withdrawn = models.PositiveIntegerField()
    final = models.BooleanField(default=False)
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("每日存证")
        ordering = ["day", "final"]
        constraints = [models.UniqueConstraint(fields=["slate", "day", "final"], name="one_seal_per_slate_and_day")]


class KeySignature(models.Model):
    """One of the two people who order the round's key destroyed."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="key_signatures")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("销毁密钥确认")
        ordering = ["at"]
        constraints = [models.UniqueConstraint(fields=["round", "person"], name="one_key_signature_per_person")]


class KeyEnd(models.Model):
    """The round's key is gone. by_people: two people signed; otherwise the portal destroyed it when the notice ended."""

    round = models.OneToOneField(Round, models.PROTECT, related_name="key_end", primary_key=True)
    by_people = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("密钥已销毁")


class StartedBallot(models.Model):
    """Somebody has ticked and not yet cast: that she began, and the day; never what she ticked."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="started_ballots")
    day = models.DateField()

    class Meta:
        verbose_name = _("未完成的选票")
        constraints = [models.UniqueConstraint(fields=["round", "person"], name="one_started_ballot_per_person")]
