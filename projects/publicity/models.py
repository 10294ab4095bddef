"""The public notice (公示) of what was chosen, and residents' objections with their answers."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.divisions.models import Division
from projects.proposals.models import Proposal
from projects.rounds.models import Round

PERSON = settings.AUTH_USER_MODEL


class PublicNotice(models.Model):
    """One sheet on one community's board: numbered by street and year, with the chosen items as they stood.

    `entries` is frozen: number, title, category, place, amount (fen). A later notice of the same round names only
    the items that were chosen after a recount.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="public_notices")
    community = models.ForeignKey(Division, models.PROTECT, related_name="public_notices")
    street = models.ForeignKey(Division, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    starts_on = models.DateField(_("公示起"))
    ends_on = models.DateField(_("公示止"))
    days = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=8)
    entries = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("公示")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["round", "community"]), models.Index(fields=["community", "-at"])]
        constraints = [
            models.UniqueConstraint(fields=["street", "year", "serial"], name="one_notice_number_per_street_and_year"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="a_notice_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"公示〔{self.year}〕{self.serial}号"


class Objection(models.Model):
    """A resident's written objection to one chosen item; nothing passes while one is unanswered."""

    class Outcome(models.TextChoices):
        OPEN = "open", _("待答复")
        ANSWERED = "answered", _("已答复")
        UPHELD = "upheld", _("异议成立")

    number = models.CharField(_("异议编号"), max_length=20, unique=True, null=True)
    notice = models.ForeignKey(PublicNotice, models.PROTECT, related_name="objections")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="objections")
    objector = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="objections")
    entered_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    paper_ref = models.CharField(_("纸质登记号"), max_length=40, blank=True)
    text = models.TextField(_("异议内容"))
    at = models.DateTimeField()
    due_on = models.DateField(_("答复期限"))
    outcome = models.CharField(max_length=8, choices=Outcome.choices, default=Outcome.OPEN)
    answer = models.TextField(_("答复"), blank=True)
    answered_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    comment = models.TextField(_("点菜人说明"), blank=True)
    commented_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("异议")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["outcome", "due_on"]), models.Index(fields=["proposal", "at"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(objector__isnull=False) | ~models.Q(paper_ref=""),
                name="an_objection_has_a_person_or_a_paper",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="open") | models.Q(answered_at__isnull=False) & ~models.Q(answer=""),
                name="an_answered_objection_has_an_answer",
            ),
            models.CheckConstraint(
                condition=models.Q(objector=None)
                | models.Q(answered_by=None)
                | ~models.Q(objector=models.F("answered_by")),
                name="nobody_answers_his_own_objection",
            ),
            models.UniqueConstraint(
                fields=["proposal", "objector"],
                condition=models.Q(outcome="open"),
                name="one_open_objection_per_person_and_item",
            ),
        ]

    def __str__(self) -> str:
        return self.number or ""
