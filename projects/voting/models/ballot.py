"""Who has taken part, and the ballots: two tables that no key joins.

Participation says that a person has voted, by which channel and on which day. Ballot says what was chosen, under a
link that only the holder of the round's key can compute (HMAC of the person). The key lies outside the database and
is destroyed after the count. No time finer than the day, no IP, nothing of a ballot in the log. What the order of
rows in a dump could tell is docs/decisions/secrecy.md.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.centres.models import ServiceCentre
from projects.rounds.models import Round
from projects.voting.models.slate import Slate


class Channel(models.TextChoices):
    ONLINE = "online", _("网上")
    KIOSK = "kiosk", _("服务中心")
    PAPER = "paper", _("纸质")


class Participation(models.Model):
    """The register of who has taken part, for all channels: one row per round and person (B1).

    centre: where, when she voted on a device of a service centre. The ballot knows nothing of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    slate = models.ForeignKey(Slate, models.PROTECT, related_name="participations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="participations")
    channel = models.CharField(max_length=6, choices=Channel.choices)
    day = models.DateField()
    centre = models.ForeignKey(ServiceCentre, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("参与登记")
        constraints = [
            models.UniqueConstraint(fields=["round", "person"], name="one_participation_per_round_and_person"),
        ]


FILLER = " " * 600


class CastBallots(models.Manager):
    """The slots that hold a ballot."""

    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().exclude(channel="")


class Ballot(models.Model):
    """A ballot while voting is open. Deleted at the close, when it is copied without its link.

    Before the first ballot one empty slot (channel "") lies there for everyone on the roll, in an order that the key
    alone explains, with its tracker drawn; casting fills the slot where it lies. `filler` and the table's fill factor
    let one slot have a page of its own, so that not even the order inside a page tells who came first.
    choices: {candidate id: points}; empty for a ballot that was withdrawn.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    slate = models.ForeignKey(Slate, models.PROTECT, related_name="ballots")
    link = models.BinaryField(max_length=32, unique=True)
    tracker = models.CharField(max_length=16, unique=True)
    choices = models.JSONField(default=dict)
    channel = models.CharField(max_length=6, choices=Channel.choices, default="", blank=True)
    revision = models.PositiveSmallIntegerField(default=0)
    filler = models.TextField(default=FILLER)

    objects = CastBallots()
    slots = models.Manager()  # noqa: DJ012 - it is a manager too


class CountedBallot(models.Model):
    """A ballot after the close: its choices, nothing else, under a random id."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    slate = models.ForeignKey(Slate, models.PROTECT, related_name="counted_ballots")
    choices = models.JSONField()
    channel = models.CharField(max_length=6, choices=Channel.choices)


class CountedTracker(models.Model):
    """The trackers of the ballots that were counted, published sorted: everyone finds hers, nobody learns a choice."""

    slate = models.ForeignKey(Slate, models.PROTECT, related_name="counted_trackers")
    tracker = models.CharField(max_length=16, primary_key=True)
