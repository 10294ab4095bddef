"""What the proposer, the residents and the supervisors think of a finished project."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.divisions.models import Division
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


class Indicator(models.Model):
    """One line of a district's table: what is looked at, how many points it gives at most, how they are given.

    A line that was scored stays as it was; it is retired and another one written.
    """

    class Of(models.TextChoices):
        PROJECT = "project", _("项目")
        COMMUNITY = "community", _("社区")

    district = models.ForeignKey(Division, models.PROTECT, related_name="indicators")
    of = models.CharField(_("评什么"), max_length=10, choices=Of.choices)
    group = models.CharField(_("维度"), max_length=20)
    title = models.CharField(_("指标"), max_length=40)
    means = models.CharField(_("评分标准"), max_length=200)
    most = models.PositiveSmallIntegerField(_("满分"))
    place = models.PositiveSmallIntegerField(_("序号"))
    retired_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("指标")
        ordering = ["of", "place", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(most__range=(1, 100)), name="an_indicator_gives_one_to_a_hundred_points"),
            models.UniqueConstraint(
                fields=["district", "of", "title"], condition=models.Q(retired_at=None), name="one_living_indicator_per_title"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class IndicatorScore(models.Model):
    """Points with the evidence for them: of one project, or of one community in one year."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="scores")
    project = models.ForeignKey(Project, models.PROTECT, null=True, related_name="indicator_scores")
    community = models.ForeignKey(Division, models.PROTECT, null=True, related_name="indicator_scores")
    year = models.PositiveSmallIntegerField(null=True)
    points = models.PositiveSmallIntegerField(_("得分"))
    evidence = models.CharField(_("依据"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("指标得分")
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "project"], condition=models.Q(project__isnull=False), name="one_score_per_indicator_and_project"
            ),
            models.UniqueConstraint(
                fields=["indicator", "community", "year"],
                condition=models.Q(community__isnull=False),
                name="one_score_per_indicator_community_and_year",
            ),
            models.CheckConstraint(
                condition=models.Q(project__isnull=False, community=None, year=None)
                | models.Q(project=None, community__isnull=False, year__isnull=False),
                name="a_score_is_of_a_project_or_of_a_community_in_a_year",
            ),
            models.CheckConstraint(condition=~models.Q(evidence=""), name="points_have_their_evidence"),
        ]
