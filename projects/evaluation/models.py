"""What the proposer, the residents and the supervisors think of a finished project."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from projects.funding.models import Project


class RatingWindow(models.Model):
    """When ratings are taken, and how many proved residents the community had when it opened."""

    project = models.OneToOneField(Project, models.PROTECT, related_name="rating_window")
    opened_at = models.DateTimeField()
    closes_on = models.DateField(_("评价截止日"))
    residents = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("评价期")


class Rating(models.Model):
    """One person's score of one project; may change until the window closes."""

    class Kind(models.TextChoices):
        PROPOSER = "proposer", _("点菜人")
        RESIDENT = "resident", _("居民")

    project = models.ForeignKey(Project, models.PROTECT, related_name="ratings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="ratings")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    score = models.PositiveSmallIntegerField(_("评分"))
    text = models.TextField(_("想说的话"), blank=True)
    at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("居民评价")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "person"], name="one_rating_per_project_and_person"),
            models.CheckConstraint(condition=models.Q(score__gte=1, score__lte=5), name="a_score_is_one_to_five"),
        ]


class SupervisorRating(models.Model):
    """A supervisor's four scores: content, site, budget, quality."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="supervisor_ratings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    content = models.PositiveSmallIntegerField(_("实施内容"))
    site = models.PositiveSmallIntegerField(_("现场管理"))
    budget = models.PositiveSmallIntegerField(_("资金使用"))
    quality = models.PositiveSmallIntegerField(_("质量安全"))
    text = models.TextField(_("监督意见"), blank=True)
    at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("监督评价")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "person"], name="one_rating_per_project_and_supervisor"),
            models.CheckConstraint(
                condition=models.Q(
                    content__range=(1, 5), site__range=(1, 5), budget__range=(1, 5), quality__range=(1, 5)
                ),
                name="supervisors_scores_are_one_to_five",
            ),
        ]


class ProposerAbsence(models.Model):
    """The proposer gave no score in the window, and why."""

    project = models.OneToOneField(Project, models.PROTECT, related_name="rating_absence")
    reason = models.TextField(_("缺席原因"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("点菜人未评价登记")
