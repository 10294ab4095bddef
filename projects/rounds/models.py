"""A round (项目批次): its rules, calendar and envelopes, and each move that it made."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.divisions.models import Division
from projects import pipeline
from projects.rounds.terms import VOCABULARY_TITLES

STAGES = [(row.key, row.title) for row in pipeline.PIPELINE] + [(pipeline.DONE, "结束")]


class Round(models.Model):
    """One batch of one or more communities under a street.

    `rules` holds the frozen settings (caps, thresholds, ballot, counting rule, notice days …); until the call opens
    they may be edited, then `digest` (SHA-256, hex) is published and nothing in them changes. `.stage` is written
    by the engine alone.
    """

    number = models.CharField(_("批次编号"), max_length=30, unique=True)
    title = models.CharField(_("批次名称"), max_length=80)
    street = models.ForeignKey(Division, models.PROTECT, related_name="rounds", verbose_name=_("街道"))
    intro = models.TextField(_("说明"), blank=True)
    stage = models.CharField(max_length=14, choices=STAGES, default="rounds", editable=False)
    stage_since = models.DateTimeField(editable=False)
    unused_stages = ArrayField(models.CharField(max_length=14), default=list, blank=True)
    rules = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    frozen_at = models.DateTimeField(null=True, editable=False)
    repeats = models.ForeignKey("self", models.PROTECT, null=True, blank=True, verbose_name=_("重办的批次"))
    cancelled_at = models.DateTimeField(null=True, editable=False)
    cancel_reason = models.TextField(blank=True, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("批次")
        indexes = [models.Index(fields=["stage", "street"])]

    def __str__(self) -> str:
        return self.title


class Envelope(models.Model):
    """What one community may spend in a round, in fen (分)."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="envelopes")
    community = models.ForeignKey(Division, models.PROTECT, related_name="envelopes")
    amount = models.BigIntegerField(_("资金额度（分）"))

    class Meta:
        verbose_name = _("社区额度")
        constraints = [
            models.UniqueConstraint(fields=["round", "community"], name="one_envelope_per_round_and_community"),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="an_envelope_is_not_empty"),
        ]


class StageWindow(models.Model):
    """The calendar of a round: first and last day of each stage in use, as frozen and published."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="windows")
    stage = models.CharField(max_length=14, choices=STAGES)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "stage"], name="one_window_per_round_and_stage"),
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")), name="a_window_closes_after_it_opens"
            ),
        ]
        indexes = [models.Index(fields=["stage", "closes_at"])]


class StageMove(models.Model):
    """One move on the wall chart. `project` is empty while the round travels."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="moves")
    project = models.ForeignKey("projects.Project", models.PROTECT, null=True, related_name="moves")
    left = models.CharField(max_length=14)
    entered = models.CharField(max_length=14)
    passed = ArrayField(models.CharField(max_length=14), default=list)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("流转记录")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["entered", "at"])]


class Wording(models.Model):
    """The words of a district: which vocabulary, and single words that it replaces."""

    district = models.OneToOneField(Division, models.PROTECT, related_name="wording", verbose_name=_("区"))
    vocabulary = models.CharField(_("用语"), max_length=10, choices=list(VOCABULARY_TITLES.items()), default="dishes")
    words = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("用语设置")

    def __str__(self) -> str:
        return f"{self.district_id}: {self.vocabulary}"
