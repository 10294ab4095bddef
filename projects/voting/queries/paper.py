"""Reads of the paper channel: the roll at the counter, envelopes and how far they are, the account, the sample."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from communities.accounts import phones
from communities.accounts.models import User
from communities.roles.queries import roles_anywhere, within
from communities.roles.rules import Role
from portal.masking import mask_name, mask_phone
from portal.refusals import Refusal
from projects.items import Task
from projects.rounds.models import Round
from projects.voting import paper
from projects.voting.models import (
    Candidate,
    Channel,
    Keying,
    PaperBatch,
    PaperSheet,
    Participation,
    RollEntry,
    SampleCheck,
    Slate,
    SpoiltSheet,
)
from projects.voting.queries.reads import candidates_of, window_of

MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class OnRoll:
    """A roll entry as the counter sees it: masked."""

    entry: int
    name: str
    phone: str
    channel: str


def paper_slate(round_number: str, community_code: str) -> Slate | None:
    rows = Slate.objects.filter(round__number=round_number, community__code=community_code, roll_size__gt=0)
    return rows.select_related("round", "community__parent").first()


def found_on_roll(slate: Slate, text: str) -> list[OnRoll]:
    """People on the frozen roll by whole phone, by the last four digits, or by a part of the name; at most 20."""
    rows = RollEntry.objects.filter(slate=slate).select_related("person").order_by("person__name", "pk")
    typed = text.strip()[:40]
    if phone := phones.normalised(typed):
        rows = rows.filter(person__phone_index=phones.index_of(phone))
    elif typed.isascii() and typed.isdigit() and len(typed) == 4:
        return _seen(slate, [row for row in rows.iterator(2000) if _phone(row.person).endswith(typed)][:MOST_FOUND])
    elif not typed or not typed.isprintable():
        return []
    else:
        rows = rows.filter(person__name__contains=typed)
    return _seen(slate, list(rows[:MOST_FOUND]))


def entry_on_roll(slate: Slate, number: int) -> OnRoll | None:
    rows = RollEntry.objects.filter(slate=slate, pk=number).select_related("person")
    return next(iter(_seen(slate, list(rows))), None)


def final_on_paper(slate: Slate, person: User) -> Refusal | None:
    """Who took a paper ballot votes on it and nowhere else."""
    took = Participation.objects.filter(slate=slate, person_id=person.pk, channel=Channel.PAPER).exists()
    return paper.IS_FINAL if took else None


def candidates_on_paper(slate: Slate) -> list[Candidate]:
    """The candidates in the order of the sheet: number 1 first."""
    rows = {each.proposal.number: each for each in candidates_of(slate)}
    return [rows[number] for number in paper.order_on_paper(rows, seed=slate.seed)]


def batches_of(slate: Slate) -> QuerySet[PaperBatch]:
    return PaperBatch.objects.filter(slate=slate).order_by("envelope")


def batch_in_slate(slate: Slate, envelope: int) -> PaperBatch | None:
    row = PaperBatch.objects.filter(slate=slate, envelope=envelope).first()
    if row:
        row.slate = slate
    return row


def pending_void(batch: PaperBatch):
    return batch.voids.filter(attempt=batch.attempt, agreed_at=None).first()


def keyed_by(batch: PaperBatch, person: User) -> int:
    return Keying.objects.filter(sheet__batch=batch, attempt=batch.attempt, by=person, turn__lt=3).count()


def unfinished(rows: QuerySet[PaperBatch]) -> QuerySet[PaperBatch]:
    """Envelopes that are not accepted, or whose voiding waits for its second person."""
    asked = Q(voids__agreed_at=None, voids__attempt=F("attempt"), voids__isnull=False)
    return rows.filter(Q(accepted_at=None) | asked).distinct()


def unfinished_in(batch: Round) -> int:
    return unfinished(PaperBatch.objects.filter(slate__round=batch)).count()


def sample_of(slate: Slate) -> list[PaperSheet]:
    """The sheets to hold against the record; none until every envelope is accepted."""
    batches = list(batches_of(slate))
    if not batches or any(each.accepted_at is None for each in batches):
        return []
    keyed = Keying.objects.filter(sheet__batch__slate=slate, attempt=F("sheet__batch__attempt"), turn=1)
    serials = keyed.values_list("sheet__serial", flat=True)
    chosen = paper.sample_of(serials, seed=slate.seed, digests=[each.digest for each in batches])
    return list(PaperSheet.objects.filter(serial__in=chosen).select_related("batch").order_by("batch", "serial"))


def unchecked_in(slate: Slate) -> list[PaperSheet]:
    """Sampled sheets that two people have not found alike."""
    sample = sample_of(slate)
    agreed = checks_of(sample)
    return [each for each in sample if sum(agreed[each.pk].values()) < 2 or not all(agreed[each.pk].values())]


def checks_of(sheets: Iterable[PaperSheet]) -> dict[int, dict[int, bool]]:
    """sheet → person → whether it agreed."""
    found: dict[int, dict[int, bool]] = defaultdict(dict)
    rows = SampleCheck.objects.filter(sheet__in=[each.pk for each in sheets], attempt=F("sheet__batch__attempt"))
    for sheet, person, agrees in rows.values_list("sheet", "by", "agrees"):
        found[sheet][person] = agrees
    return found


def kept_from_checking(sheets: Iterable[PaperSheet]) -> dict[int, set[int]]:
    """sheet → who keyed it and may not say that it agrees, because somebody who keyed it said so already."""
    keyed: dict[int, set[int]] = defaultdict(set)
    rows = Keying.objects.filter(sheet__in=[each.pk for each in sheets], attempt=F("sheet__batch__attempt"))
    for sheet, person in rows.values_list("sheet", "by"):
        keyed[sheet].add(person)
    checked = checks_of(sheets)
    return defaultdict(set, {sheet: people for sheet, people in keyed.items() if people & checked[sheet].keys()})


def spoilt_of(slate: Slate) -> QuerySet[SpoiltSheet]:
    return SpoiltSheet.objects.filter(slate=slate).order_by("tracker")


def people_by_channel(slate: Slate) -> tuple[int, int]:
    """How many took part without paper, and with it."""
    rows = Participation.objects.filter(slate=slate)
    counts = dict(rows.values_list("channel").annotate(Count("pk")))
    return sum(counts.values()) - counts.get(Channel.PAPER, 0), counts.get(Channel.PAPER, 0)


def awaiting_paper(person: User, *, today: date) -> list[Task]:
    """Envelopes of her communities that are counted and wait for keying, for a third person, or for a second one."""
    staff = frozenset({Role.COMMUNITY_WORKER, Role.STREET_OFFICER})
    if not staff & roles_anywhere(person, today):
        return []
    rows = PaperBatch.objects.filter(within(person, staff, today, "slate__community"), slate__round__stage="voting")
    rows = unfinished(rows.exclude(sealed_at=None)).select_related("slate__round", "slate__community")
    return [
        Task(
            stage="voting",
            title=_("纸质选票第 %(envelope)s 个信封") % {"envelope": batch.envelope},
            text=_("录入、核对或确认作废"),
            url=reverse("voting:paper_desk", args=[batch.slate.round.number, batch.slate.community.code]),
            community=batch.slate.community.name,
            since=batch.sealed_at,
        )
        for batch in rows.order_by("sealed_at")[:20]
    ]


def poll_is_over(slate: Slate, now: datetime) -> bool:
    return now >= window_of(slate.round).closes_at


def _seen(slate: Slate, rows: list[RollEntry]) -> list[OnRoll]:
    took = Participation.objects.filter(slate=slate, person__in=[row.person_id for row in rows])
    channels = dict(took.values_list("person", "channel"))
    return [
        OnRoll(row.pk, mask_name(row.person.name), mask_phone(_phone(row.person)), channels.get(row.person_id, ""))
        for row in rows
    ]


def _phone(person: User) -> str:
    return phones.unseal(person.phone_cipher) if person.phone_cipher else ""
