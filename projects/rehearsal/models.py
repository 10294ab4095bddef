"""The rows of a rehearsal. Nothing else refers to them, and wiping deletes them all.

They copy what they need of the round (rules, envelope, names and costs of projects), so that nothing that happens here can
reach a slate, a roll, a register or a count. Test people are not residents: a place and a code.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.divisions.models import Division
from projects.rounds.models import Round


class Rehearsal(models.Model):
    """One community's vote, tried out on the round's rules. `result`: what the count gave, None before it."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    community = models.ForeignKey(Division, models.PROTECT, related_name="+")
    budget = models.BigIntegerField(_("资金额度（分）"))
    rules = models.JSONField()
    seed = models.CharField(max_length=64)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    result = models.JSONField(null=True)

    class Meta:
        verbose_name = _("投票演练")
        constraints = [
            models.UniqueConstraint(fields=["round", "community"], name="one_rehearsal_per_round_and_community"),
        ]


class RehearsalProject(models.Model):
    """What is voted on: a copy of a proposal's name and estimate, or an invented one (number begins with 演练)."""

    rehearsal = models.ForeignKey(Rehearsal, models.CASCADE, related_name="projects")
    number = models.CharField(max_length=30)
    title = models.CharField(max_length=120)
    need = models.TextField(blank=True)
    wish = models.TextField(blank=True)
    cost = models.BigIntegerField(_("金额（分）"))

    class Meta:
        verbose_name = _("演练项目")
        ordering = ["number"]


class RehearsalPerson(models.Model):
    """A test person: her code, and her ballot once she has tried. `choices`: {project id: points}."""

    rehearsal = models.ForeignKey(Rehearsal, models.CASCADE, related_name="people")
    place = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=8, unique=True)
    choices = models.JSONField(null=True)
    revision = models.PositiveSmallIntegerField(default=0)
    tracker = models.CharField(max_length=16, blank=True)

    class Meta:
        verbose_name = _("测试人员")
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["rehearsal", "place"], name="one_test_person_per_place")]
