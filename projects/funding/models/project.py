"""An approved project."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.divisions.models import Division
from projects.pipeline import DONE, PROJECT, stages_of
from projects.proposals.models import Category, ContentClass, Proposal
from projects.rounds.models import Round

STAGES = [(row.key, row.title) for row in stages_of(PROJECT)] + [(DONE, "已办结")]


class Project(models.Model):
    """An approved proposal on its way alone. `.stage` is written by the engine alone. `budget` is in fen (分).

    community, category and content_class are as approved: the street may have corrected the author's. `paid` is the sum of the
    released payments; the database alone adds to it (docs/decisions/stored-sums.md).
    """

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="project")
    round = models.ForeignKey(Round, models.PROTECT, related_name="projects")
    community = models.ForeignKey(Division, models.PROTECT, related_name="projects")
    title = models.CharField(_("项目名称"), max_length=40)
    category = models.CharField(_("类型"), max_length=10, choices=Category.choices)
    content_class = models.CharField(_("内容类别"), max_length=12, choices=ContentClass.choices)
    budget = models.BigIntegerField(_("批准金额（分）"))
    paid = models.BigIntegerField(_("已支付（分）"), default=0, editable=False)
    stage = models.CharField(max_length=14, choices=STAGES, default="funding", editable=False)
    stage_since = models.DateTimeField(editable=False)
    approved_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("项目")
        constraints = [
            models.CheckConstraint(condition=models.Q(budget__gt=0), name="a_project_has_a_budget"),
        ]
        indexes = [
            models.Index(fields=["community", "stage"]),
            models.Index(fields=["stage", "stage_since"]),
            models.Index(fields=["round", "stage"]),
        ]

    def __str__(self) -> str:
        return self.title
