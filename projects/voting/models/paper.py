"""Paper ballots: envelopes of sheets, what two people keyed, and the envelope's totals.

Nothing here names a voter. Handing a sheet out writes her participation and raises the envelope's count; which sheet
she took is never known. At the close the sheets and everything keyed are deleted: envelopes keep numbers only, and
spoilt sheets their tracker with the reason.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from projects.voting.models.slate import Slate


class Spoilt(models.TextChoices):
    """Why a sheet that came back does not count. The same words on every page."""

    OVER_LIMIT = "over_limit", _("超过可选的项数或金额")
    UNREADABLE = "unreadable", _("看不清选了什么")


class Replaced(models.TextChoices):
    """Why a voter got another sheet before her envelope was counted; the sheet she had never counts."""

    MISWRITTEN = "miswritten", _("填错了，已换新")
    DAMAGED = "damaged", _("污损了，已换新")
    LOST = "lost", _("遗失了，已换新")


class PaperBatch(models.Model):
    """An envelope of numbered sheets, printed together, handed out, counted and keyed together.

    `attempt` rises when two people void what was keyed; then the whole envelope is keyed again.
    """

    slate = models.ForeignKey(Slate, models.PROTECT, related_name="paper_batches")
    envelope = models.PositiveSmallIntegerField(_("信封号"))
    printed = models.PositiveSmallIntegerField(_("印制"))
    handed_out = models.PositiveSmallIntegerField(_("发出"), default=0)
    replaced = models.PositiveSmallIntegerField(_("换新"), default=0)
    left_over = models.PositiveSmallIntegerField(_("剩余"), null=True)
    returned = models.PositiveSmallIntegerField(_("收回"), null=True)
    why_missing = models.TextField(_("未收回的说明"), blank=True)
    attempt = models.PositiveSmallIntegerField(default=1)
    spoilt = models.PositiveSmallIntegerField(_("作废"), default=0)
    digest = models.CharField(max_length=64, blank=True)
    printed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    printed_at = models.DateTimeField()
    sealed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    sealed_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("纸质选票信封")
        constraints = [
            models.UniqueConstraint(fields=["slate", "envelope"], name="one_envelope_number_per_slate"),
            models.CheckConstraint(condition=Q(handed_out__lte=F("printed")), name="no_sheet_is_handed_out_twice"),
            models.CheckConstraint(
                condition=Q(sealed_at=None)
                | Q(returned__lte=F("handed_out") - F("replaced"), printed=F("handed_out") + F("left_over")),
                name="a_sealed_envelope_adds_up",
            ),
        ]

    @property
    def missing(self) -> int:
        """Sheets handed out that never came back and were not replaced; 0 while the envelope is open."""
        return self.handed_out - self.replaced - self.returned if self.returned is not None else 0

    @property
    def counted(self) -> int:
        return (self.returned or 0) - self.spoilt if self.accepted_at else 0


class PaperSheet(models.Model):
    """A sheet with its random serial and the tracker on its tear-off. Deleted at the close.

    `replaced`: its voter gave it back or lost it and took another one; from then on it can never be keyed.
    """

    batch = models.ForeignKey(PaperBatch, models.PROTECT, related_name="sheets")
    serial = models.CharField(max_length=9, unique=True)
    tracker = models.CharField(max_length=16, unique=True)
    replaced = models.CharField(max_length=10, choices=Replaced.choices, blank=True)
    replaced_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("纸质选票")


class Keying(models.Model):
    """What one person read on a sheet: choices, or why it is spoilt. Turn 1 and 2 are blind, 3 settles. Deleted at
    the close."""

    sheet = models.ForeignKey(PaperSheet, models.CASCADE, related_name="keyings")
    attempt = models.PositiveSmallIntegerField()
    turn = models.PositiveSmallIntegerField()
    choices = models.JSONField(default=dict)
    spoilt = models.CharField(max_length=10, choices=Spoilt.choices, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("纸质选票录入")
        constraints = [
            models.UniqueConstraint(fields=["sheet", "attempt", "turn"], name="one_keying_per_sheet_and_turn"),
            models.UniqueConstraint(fields=["sheet", "attempt", "by"], name="nobody_keys_a_sheet_twice"),
            models.CheckConstraint(condition=Q(turn__in=(1, 2, 3)), name="a_sheet_is_keyed_three_times_at_most"),
        ]


class PaperVoid(models.Model):
    """Two people void what was keyed of an envelope, with a reason; it stands once the second one agreed."""

    batch = models.ForeignKey(PaperBatch, models.PROTECT, related_name="voids")
    attempt = models.PositiveSmallIntegerField()
    reason = models.TextField(_("理由"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("信封作废")
        constraints = [
            models.UniqueConstraint(fields=["batch", "attempt"], name="an_attempt_is_voided_once"),
            models.CheckConstraint(
                condition=Q(agreed_by=None) | ~Q(agreed_by=F("asked_by")), name="two_people_void_an_envelope"
            ),
        ]


class SampleCheck(models.Model):
    """One person held a sampled sheet against what was accepted. Deleted with the sheets at the close."""

    sheet = models.ForeignKey(PaperSheet, models.CASCADE, related_name="checks")
    attempt = models.PositiveSmallIntegerField()
    agrees = models.BooleanField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("纸质选票抽查")
        constraints = [
            models.UniqueConstraint(fields=["sheet", "attempt", "by"], name="nobody_checks_a_sheet_twice"),
        ]


class SpoiltSheet(models.Model):
    """A sheet that does not count, by its tracker, published after the close: spoilt, or replaced by another one."""

    slate = models.ForeignKey(Slate, models.PROTECT, related_name="spoilt_sheets")
    tracker = models.CharField(max_length=16, primary_key=True)
    reason = models.CharField(max_length=10, choices=[*Spoilt.choices, *Replaced.choices])

    class Meta:
        verbose_name = _("作废的纸质选票")
