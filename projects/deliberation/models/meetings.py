"""Meetings of the residents' council: the call, who came, who stood aside, each vote, and what was resolved."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.councils.models import Council, Seat
from communities.divisions.models import Division
from projects.proposals.models import Proposal
from projects.rounds.models import Round

PERSON = settings.AUTH_USER_MODEL


class Meeting(models.Model):
    """One sitting of one community's council for one round.

    The charter's thresholds, the kind of vote and the number of filled seats are frozen: `marks` and `secret` when
    the meeting is called, `seats` when it is opened. It ends once: closed, or adjourned with a reason.
    """

    number = models.CharField(_("会议编号"), max_length=20, unique=True, null=True)
    round = models.ForeignKey(Round, models.PROTECT, related_name="meetings")
    community = models.ForeignKey(Division, models.PROTECT, related_name="meetings")
    council = models.ForeignKey(Council, models.PROTECT, related_name="meetings")
    starts_at = models.DateTimeField(_("开会时间"))
    place = models.CharField(_("地点"), max_length=80)
    marks = models.JSONField()
    secret = models.BooleanField(_("无记名"), default=False)
    convened_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    agenda_sent_at = models.DateTimeField()
    seats = models.PositiveSmallIntegerField(null=True)
    chair = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    adjourned_at = models.DateTimeField(null=True)
    adjourn_reason = models.TextField(blank=True)
    chair_signed_at = models.DateTimeField(null=True)
    clerk = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    clerk_signed_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("议事会会议")
        ordering = ["-starts_at", "-pk"]
        indexes = [models.Index(fields=["community", "-starts_at"]), models.Index(fields=["round", "community"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closed_at=None) | models.Q(adjourned_at=None), name="a_meeting_ends_once"
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at=None) | models.Q(opened_at__isnull=False, seats__isnull=False),
                name="a_closed_meeting_was_opened",
            ),
            models.CheckConstraint(
                condition=models.Q(published_at=None)
                | models.Q(chair_signed_at__isnull=False, clerk_signed_at__isnull=False),
                name="published_minutes_carry_two_signatures",
            ),
            models.CheckConstraint(
                condition=models.Q(clerk=None) | models.Q(chair=None) | ~models.Q(clerk=models.F("chair")),
                name="chair_and_clerk_are_two_people",
            ),
        ]

    def __str__(self) -> str:
        return self.number or ""


class AgendaItem(models.Model):
    """One proposal on the agenda of one meeting; `notes` is what the record says about the debate."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="agenda_items")
    position = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    notes = models.TextField(_("讨论记录"), blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "proposal"], name="a_proposal_is_once_on_an_agenda"),
            models.UniqueConstraint(
                fields=["meeting"],
                condition=models.Q(opened_at__isnull=False, closed_at=None),
                name="one_item_at_the_vote_at_a_time",
            ),
        ]


class Attendance(models.Model):
    """Whether the holder of a seat came, as the clerk entered it; `holder` is the member who votes in her stead."""

    class State(models.TextChoices):
        PRESENT = "present", _("到会")
        ABSENT = "absent", _("缺席")
        EXCUSED = "excused", _("请假")
        PROXY = "proxy", _("委托出席")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="attendances")
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="attendances")
    state = models.CharField(max_length=8, choices=State.choices)
    holder = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    entered_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["seat"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="one_attendance_per_meeting_and_person"),
            models.CheckConstraint(
                condition=models.Q(state="proxy", holder__isnull=False) | (~models.Q(state="proxy") & models.Q(holder=None)),
                name="who_is_represented_says_by_whom",
            ),
        ]


class Recusal(models.Model):
    """A member stands aside from an item (回避), for a published reason."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="recusals")
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="recusals")
    reason = models.CharField(_("回避原因"), max_length=120)
    entered_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "person"], name="one_recusal_per_item_and_member"),
        ]


class Choice(models.TextChoices):
    FOR = "for", _("同意")
    AGAINST = "against", _("反对")
    ABSTAIN = "abstain", _("弃权")


class MemberVote(models.Model):
    """That a member voted on an item; how, only where the vote is open; `holder` when another member voted in her stead.
    Unchangeable once the item is resolved."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="votes")
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="council_votes")
    holder = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    choice = models.CharField(max_length=8, choices=Choice.choices, blank=True)
    entered_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "person"], name="one_vote_per_item_and_member"),
        ]


class Slip(models.Model):
    """One secret vote. It has a random key and no time, so that nothing leads from it to a member."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="slips")
    choice = models.CharField(max_length=8, choices=Choice.choices)


class Resolution(models.Model):
    """What the council resolved on an item, with the figures it was computed from. Only grows."""

    class Outcome(models.TextChoices):
        PASSED = "passed", _("通过")
        REFUSED = "refused", _("不通过")
        DEFERRED = "deferred", _("下次再议")

    item = models.OneToOneField(AgendaItem, models.PROTECT, related_name="resolution")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="resolutions")
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    seats = models.PositiveSmallIntegerField()
    present = models.PositiveSmallIntegerField()
    represented = models.PositiveSmallIntegerField(default=0)
    recused = models.PositiveSmallIntegerField()
    in_favour = models.PositiveSmallIntegerField()
    against = models.PositiveSmallIntegerField()
    abstained = models.PositiveSmallIntegerField()
    needed = models.PositiveSmallIntegerField(null=True)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("决议")
        indexes = [models.Index(fields=["proposal", "at"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome="passed") | ~models.Q(reason=""), name="a_refusal_says_why"
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="deferred") | models.Q(needed__isnull=False),
                name="a_vote_says_how_many_were_needed",
            ),
        ]


class CarryOver(models.Model):
    """A proposal that the council's stage left undecided goes to the next batch; the reason is public."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="carry_overs")
    round = models.ForeignKey(Round, models.PROTECT, related_name="carry_overs")
    reason = models.TextField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("转入下一批次")
        constraints = [
            models.UniqueConstraint(fields=["proposal", "round"], name="one_carry_over_per_proposal_and_round"),
        ]
