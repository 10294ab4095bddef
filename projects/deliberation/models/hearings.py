"""Public hearings (听证会) on one proposal: the notice, who asked for a place, the record that two people sign."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from projects.proposals.models import Proposal

PERSON = settings.AUTH_USER_MODEL


class Hearing(models.Model):
    """Called with a public notice; called off with a reason, or ended by a record (笔录) with two signatures."""

    number = models.CharField(_("听证会编号"), max_length=20, unique=True, null=True)
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="hearings")
    subject = models.TextField(_("听证事项"))
    starts_at = models.DateTimeField(_("听证时间"))
    place = models.CharField(_("地点"), max_length=80)
    places = models.PositiveSmallIntegerField(_("旁听和发言席位"))
    register_until = models.DateField(_("报名截止"))
    convened_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    convened_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.TextField(blank=True)
    came = models.PositiveSmallIntegerField(_("到场人数"), null=True)
    record = models.TextField(_("笔录"), blank=True)
    outcome = models.TextField(_("意见采纳情况"), blank=True)
    chair = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    chair_signed_at = models.DateTimeField(null=True)
    clerk = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    clerk_signed_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("听证会")
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(cancelled_at=None) | ~models.Q(cancel_reason=""), name="a_hearing_called_off_says_why"
            ),
            models.CheckConstraint(
                condition=models.Q(published_at=None)
                | models.Q(chair_signed_at__isnull=False, clerk_signed_at__isnull=False, came__isnull=False),
                name="a_published_hearing_carries_two_signatures",
            ),
            models.CheckConstraint(
                condition=models.Q(clerk=None) | models.Q(chair=None) | ~models.Q(clerk=models.F("chair")),
                name="a_hearing_is_signed_by_two_people",
            ),
        ]

    def __str__(self) -> str:
        return self.number or ""


class HearingPlace(models.Model):
    """Somebody who asked for a place; the order decides who has one and who waits.

    Who came or called is entered by a worker: as `person` where she is known, by name where she is not. Ninety days after
    the hearing the name is empty; the row stays, as the number of those who asked.
    """

    hearing = models.ForeignKey(Hearing, models.CASCADE, related_name="asked")
    person = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="hearing_places")
    guest_name = models.CharField(_("姓名"), max_length=40, blank=True)
    entered_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    speaks = models.BooleanField(_("要发言"), default=False)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("听证会报名")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["hearing", "person"], name="one_place_per_hearing_and_person"),
            models.UniqueConstraint(
                fields=["hearing", "guest_name"],
                condition=~models.Q(guest_name=""),
                name="one_place_per_hearing_and_guest",
            ),
            models.CheckConstraint(
                condition=models.Q(person=None) | models.Q(guest_name=""), name="a_guest_is_nobody_with_an_account"
            ),
            models.CheckConstraint(
                condition=models.Q(person__isnull=False) | models.Q(entered_by__isnull=False),
                name="a_guest_was_entered_by_a_worker",
            ),
        ]
