"""Micro-wishes: the need that everybody may read, apart from it the person; checks, claims, thanks."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.divisions.models import Division
from volunteers.teams.models import Team, Volunteer
from volunteers.wishes import rules


class Wish(models.Model):
    """The need. Nothing here tells whose it is; `made_by` is the resident or worker who wrote it down."""

    class State(models.TextChoices):
        COLLECTED = rules.COLLECTED, _("待审核")
        PUBLISHED = rules.PUBLISHED, _("等人认领")
        CLAIMED = rules.CLAIMED, _("已认领")
        FULFILLED = rules.FULFILLED, _("已圆梦")
        CLOSED = rules.CLOSED, _("未发布")

    class Whom(models.TextChoices):
        ELDER = "elder", _("长者")
        CHILD = "child", _("孩子")
        FAMILY = "family", _("家庭")
        DISABLED = "disabled", _("行动不便的邻居")
        OTHER = "other", _("其他邻居")

    number = models.CharField(_("编号"), max_length=20, unique=True, null=True)
    community = models.ForeignKey(Division, models.PROTECT, related_name="wishes")
    whom = models.CharField(_("为谁"), max_length=10, choices=Whom.choices)
    title = models.CharField(_("心愿"), max_length=30)
    need = models.CharField(_("说明"), max_length=300)
    state = models.CharField(max_length=10, choices=State.choices, default=State.COLLECTED)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("微心愿")
        indexes = [models.Index(fields=["state", "-published_at"]), models.Index(fields=["community", "state"])]

    def __str__(self) -> str:
        return self.title


class WishPerson(models.Model):
    """Who wishes: name, phone and address, encrypted; read by the community's workers alone, each time with a reason."""

    wish = models.OneToOneField(Wish, models.CASCADE, related_name="behind")
    cipher = models.BinaryField()


class WishCheck(models.Model):
    """A worker's word on a collected wish."""

    wish = models.OneToOneField(Wish, models.PROTECT, related_name="check_row")
    outcome = models.CharField(max_length=10)
    reason = models.CharField(_("理由"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Claim(models.Model):
    """A volunteer, alone or for her team, takes the wish on until a day. One claim stands at a time."""

    class Outcome(models.TextChoices):
        FULFILLED = rules.FULFILLED, _("已圆梦")
        LAPSED = rules.LAPSED, _("到期未完成")
        GIVEN_UP = rules.GIVEN_UP, _("已放弃")
        SENT_BACK = rules.SENT_BACK, _("由社区放回")

    wish = models.ForeignKey(Wish, models.PROTECT, related_name="claims")
    volunteer = models.ForeignKey(Volunteer, models.PROTECT, related_name="claims")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="claims")
    claimed_at = models.DateTimeField()
    due_on = models.DateField()
    reminded_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_text = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)

    class Meta:
        verbose_name = _("认领")
        indexes = [models.Index(fields=["due_on"], condition=models.Q(ended_at=None), name="claim_open")]
        constraints = [
            models.UniqueConstraint(fields=["wish"], condition=models.Q(ended_at=None), name="one_claim_per_wish"),
            models.CheckConstraint(
                condition=models.Q(ended_at=None, outcome="") | models.Q(ended_at__isnull=False, outcome__gt=""),
                name="an_ended_claim_says_how",
            ),
        ]


class Thanks(models.Model):
    """What the community tells when a wish has come true; the photo only when the person agrees (P11)."""

    claim = models.OneToOneField(Claim, models.PROTECT, related_name="thanks")
    text = models.CharField(_("感谢的话"), max_length=300)
    photo = models.FileField(upload_to="wishes/%Y/%m/", blank=True)
    caption = models.CharField(_("照片说明"), max_length=80, blank=True)
    agreed = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(photo="") | models.Q(agreed=True), name="no_photo_without_the_persons_word"
            ),
        ]
