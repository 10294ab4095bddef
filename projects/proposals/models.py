"""What residents propose, what they attach, and who supports it."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.divisions.models import Division
from projects.proposals.standings import TITLES, Standing
from projects.rounds.models import Round


class Category(models.TextChoices):
    SERVICES = "services", _("服务类")
    GOODS = "goods", _("货物类")
    WORKS = "works", _("工程类")


class ContentClass(models.TextChoices):
    CONVENIENCE = "convenience", _("便民利民")
    ACTIVITIES = "activities", _("群众活动")
    CIVIC = "civic", _("公益风尚")
    FACILITIES = "facilities", _("公共设施")
    OTHER = "other", _("其他")


class Origin(models.TextChoices):
    """来源: who proposed it."""

    RESIDENT = "resident", _("居民")
    COUNCIL = "council", _("居民议事会")
    COMMITTEE = "committee", _("居委会")
    STATION = "station", _("社区工作站")
    PARTY = "party", _("社区党委")
    DELEGATE = "delegate", _("两代表一委员")
    MANDATED = "mandated", _("必选项目")


class Proposal(models.Model):
    """What its author wrote. Decisions about it are rows of the rooms that decide.

    `number` (WSS-2026-000123) is given when it is lodged. `estimate` is in fen (分). `shuffle_key` is a random
    number per proposal for a stable random order. `bigrams` are the Chinese character pairs of title and text, for
    search. `standing` is written by services.settle alone. `correct_by` is the last day for the correction that
    screening asked for, while it stands at returned.
    """

    number = models.CharField(_("编号"), max_length=20, unique=True, null=True, blank=True)
    round = models.ForeignKey(Round, models.PROTECT, related_name="proposals")
    community = models.ForeignKey(Division, models.PROTECT, related_name="proposals")
    proposer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="proposals")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    paper_ref = models.CharField(_("纸质登记号"), max_length=40, blank=True)
    origin = models.CharField(_("来源"), max_length=10, choices=Origin.choices, default=Origin.RESIDENT)
    standing = models.CharField(
        max_length=12, choices=[(key.value, TITLES[key]) for key in Standing], default=Standing.DRAFT.value
    )
    standing_since = models.DateTimeField()
    title = models.CharField(_("提案名称"), max_length=40, blank=True)
    need = models.TextField(_("现在有什么不方便"), blank=True)
    wish = models.TextField(_("希望怎么办"), blank=True)
    place = models.CharField(_("地点"), max_length=80, blank=True)
    beneficiaries = models.CharField(_("受益的人"), max_length=80, blank=True)
    beneficiary_count = models.PositiveIntegerField(_("大约受益人数"), null=True, blank=True)
    category = models.CharField(_("类型"), max_length=10, choices=Category.choices, blank=True)
    content_class = models.CharField(_("内容类别"), max_length=12, choices=ContentClass.choices, blank=True)
    estimate = models.BigIntegerField(_("估算金额（分）"), null=True, blank=True)
    shuffle_key = models.FloatField(db_index=True)
    bigrams = ArrayField(models.CharField(max_length=2), default=list, editable=False)
    created_at = models.DateTimeField()
    lodged_at = models.DateTimeField(null=True)
    correct_by = models.DateField(_("补正期限"), null=True, blank=True)

    class Meta:
        verbose_name = _("提案")
        constraints = [
            models.UniqueConstraint(
                fields=["community", "paper_ref"],
                condition=~models.Q(paper_ref=""),
                name="a_paper_is_entered_once_in_a_community",
            ),
            models.CheckConstraint(
                condition=models.Q(standing="draft") | models.Q(number__isnull=False),
                name="a_lodged_proposal_has_a_number",
            ),
            models.CheckConstraint(
                condition=models.Q(estimate=None) | models.Q(estimate__gt=0), name="an_estimate_is_positive"
            ),
        ]
        indexes = [
            models.Index(fields=["round", "standing"]),
            models.Index(fields=["community", "standing", "-lodged_at"]),
            models.Index(fields=["proposer", "-created_at"]),
            models.Index(fields=["standing", "shuffle_key"]),
            GinIndex(fields=["bigrams"], name="proposal_bigrams"),
            models.Index(fields=["correct_by"], condition=models.Q(standing="returned"), name="proposal_to_correct"),
        ]

    def __str__(self) -> str:
        return self.title


class Edition(models.Model):
    """What the author's words were at a moment: when lodged, and after each change. Rows only grow."""

    class Why(models.TextChoices):
        LODGED = "lodged", _("提交")
        EDITED = "edited", _("修改")
        CORRECTED = "corrected", _("补正")
        SCREENED = "screened", _("初审核定")

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="editions")
    why = models.CharField(max_length=10, choices=Why.choices)
    words = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("提案版本")
        ordering = ["pk"]


class CostItem(models.Model):
    """One line of the author's estimate; amount = quantity × unit price, in fen (分)."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="cost_items")
    name = models.CharField(_("项目"), max_length=40)
    quantity = models.PositiveIntegerField(_("数量"))
    unit_price = models.BigIntegerField(_("单价（分）"))


class Attachment(models.Model):
    """A photo or document with its description; photos are re-encoded without EXIF (P15)."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="attachments")
    file = models.FileField(upload_to="proposals/%Y/%m/")
    caption = models.CharField(_("说明"), max_length=80)
    is_photo = models.BooleanField(default=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()


class Support(models.Model):
    """A resident backs a proposal, once."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="supports")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="supports")
    at = models.DateTimeField()
    moved_from = models.ForeignKey(Proposal, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "person"], name="one_support_per_proposal_and_person"),
        ]


class Follow(models.Model):
    """Somebody wants to hear when the proposal or its project moves."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="follows")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="follows")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "person"], name="one_follow_per_proposal_and_person"),
        ]
