"""What the paper desk prints: the polls whose paper a person has in hand, envelopes and how far each is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet

from communities.accounts.models import User
from communities.roles.queries import within
from communities.roles.rules import Role
from portal.models import Job
from projects.rounds.models import Round
from projects.voting import paper
from projects.voting.models import Keying, PaperBatch, PaperSheet, PaperVoid, Slate
from projects.voting.queries.paper import unfinished

Readings = dict[str, dict[int, paper.Reading]]
MOST_DESKS = 50


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the keying of an envelope is: sheets keyed once, serials that differ, sheets that stand."""

    once: int
    differing: tuple[str, ...]
    settled: int


@dataclass(frozen=True, slots=True)
class Envelope:
    """An envelope on the desk: its row, how far it is, whether its PDF is ready, whether a voiding waits."""

    batch: PaperBatch
    progress: Progress
    file_ready: bool
    void_asked: bool


@dataclass(frozen=True, slots=True)
class Desk:
    """A community's open poll as its workers see it: envelopes so far, and how many are not accepted."""

    slate: Slate
    envelopes: int
    unfinished: int


def readings_of(batches: Collection[PaperBatch]) -> Mapping[int, Readings]:
    """envelope → serial → turn → what was read, in each envelope's present attempt. One query for all of them."""
    found: dict[int, Readings] = defaultdict(lambda: defaultdict(dict))
    rows = Keying.objects.filter(sheet__batch__in=[each.pk for each in batches], attempt=F("sheet__batch__attempt"))
    wanted = ("sheet__batch", "sheet__serial", "turn", "choices", "spoilt")
    for batch, serial, turn, choices, spoilt in rows.values_list(*wanted):
        found[batch][serial][turn] = paper.Reading(choices, spoilt)
    return found


def progress_in(readings: Readings) -> Progress:
    return Progress(
        once=sum(2 not in turns for turns in readings.values()),
        differing=tuple(sorted(serial for serial, turns in readings.items() if paper.differs(turns))),
        settled=sum(paper.settled(turns) is not None for turns in readings.values()),
    )


def progress_of(batch: PaperBatch) -> Progress:
    return progress_in(readings_of([batch])[batch.pk])


def envelopes_of(batches: Collection[PaperBatch]) -> list[Envelope]:
    """A page of envelopes, in three queries however many there are."""
    readings = readings_of(batches)
    keys = [f"paper-{each.pk}" for each in batches]
    printed = set(Job.objects.filter(key__in=keys).exclude(file="").values_list("key", flat=True))
    waiting = PaperVoid.objects.filter(batch__in=[each.pk for each in batches], attempt=F("batch__attempt"))
    asked = set(waiting.filter(agreed_at=None).values_list("batch", flat=True))
    return [
        Envelope(each, progress_in(readings[each.pk]), f"paper-{each.pk}" in printed, each.pk in asked)
        for each in batches
    ]


def desks_of(person: User, *, today: date, of: Round | None = None) -> list[Desk]:
    """The open polls (of one round) of the communities where this person works, in three queries."""
    mine = within(person, frozenset({Role.COMMUNITY_WORKER, Role.STREET_OFFICER}), today, "community")
    rows = Slate.objects.filter(mine, round__stage="voting", round__cancelled_at=None, closed_at=None, roll_size__gt=0)
    rows = rows.filter(round=of) if of else rows
    slates = list(rows.select_related("round", "community").order_by("round", "community__code")[:MOST_DESKS])
    held: dict[int, int] = defaultdict(int)
    for slate in PaperBatch.objects.filter(slate__in=slates).values_list("slate", flat=True):
        held[slate] += 1
    open_ones: dict[int, int] = defaultdict(int)
    for slate, _batch in unfinished(PaperBatch.objects.filter(slate__in=slates)).values_list("slate", "pk"):
        open_ones[slate] += 1
    return [Desk(each, held[each.pk], open_ones[each.pk]) for each in slates]


def replaced_in(batch: PaperBatch) -> QuerySet[PaperSheet]:
    """Sheets of the envelope whose voters took another one: they belong in a bag of their own, not in the count."""
    return batch.sheets.exclude(replaced="").order_by("serial")
