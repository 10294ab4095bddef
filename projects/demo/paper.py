"""The demo's paper channel: an envelope that was counted with all its cases, and one that is being handed out."""

from __future__ import annotations

from datetime import datetime, timedelta

from portal import clock
from projects.demo.walk import Walk, daytime
from projects.rounds.queries import window_of
from projects.voting import queries, services
from projects.voting.models import PaperBatch, PaperSheet, Participation, RollEntry, Slate

SHEETS = 20
MISSING = "一位居民领走后没有交回，电话联系过，已经回老家。"


def counted(walk: Walk, place: str) -> None:
    """Fourteen residents on paper: one wrote wrong and got another sheet, one sheet is unreadable, one never came back,
    and one was read differently by the two clerks until a third person looked at it."""
    slate, first, second, third = _who(walk, place)
    closes = window_of(walk.round, "voting").closes_at
    with clock.pretend(daytime(closes - timedelta(days=3))) as now:
        batch = _handed(slate, first, people=14, now=now)
        old = _sheets(batch)[-1]
        entry = RollEntry.objects.filter(slate=slate, person__participations__channel="paper").order_by("pk").first()
        services.replace_sheet(entry_id=entry.pk, serial=old.serial, reason="miswritten", by=first, now=now)
    with clock.pretend(daytime(closes - timedelta(days=1))) as now:
        services.seal_batch(
            batch_id=batch.pk, left_over=SHEETS - 15, returned=13, why_missing=MISSING, by=first, now=now
        )
        _key(batch, first, second, third, now=now)
    with clock.pretend(closes + timedelta(seconds=20)) as now:
        for sheet in queries.sample_of(slate):
            for clerk in (first, walk.town.officers[walk.street][1]):
                services.check_sample(sheet_id=sheet.pk, agrees=True, by=clerk, now=now)


def going_on(walk: Walk, place: str, *, now: datetime) -> None:
    """An envelope of twenty, all handed out, waiting to be counted."""
    slate, first, _second, _third = _who(walk, place)
    with clock.pretend(now - timedelta(hours=5)) as then:
        _handed(slate, first, people=SHEETS, now=then)


def _who(walk: Walk, place: str) -> tuple:
    slate = Slate.objects.get(round=walk.round, community__name=place)
    first, second = walk.town.workers[place][:2]
    return slate, first, second, walk.town.officers[walk.street][0]


def _handed(slate: Slate, clerk, *, people: int, now: datetime) -> PaperBatch:
    batch = services.print_sheets(slate_id=slate.pk, count=SHEETS, by=clerk, now=now)
    voted = Participation.objects.filter(slate=slate).values("person")
    for entry in RollEntry.objects.filter(slate=slate).exclude(person__in=voted).order_by("pk")[:people]:
        services.hand_out_paper(entry_id=entry.pk, by=clerk, now=now)
    return PaperBatch.objects.get(pk=batch.pk)


def _sheets(batch: PaperBatch) -> list[PaperSheet]:
    return list(PaperSheet.objects.filter(batch=batch, replaced="").order_by("pk"))


def _key(batch: PaperBatch, first, second, third, *, now: datetime) -> None:
    """Thirteen sheets, twice each; the fifth is read differently, the last is unreadable."""
    numbers = [each.pk for each in queries.candidates_on_paper(batch.slate)]
    for place, sheet in enumerate(_sheets(batch)[:13]):
        given = {"batch_id": batch.pk, "serial": sheet.serial, "now": now}
        read = {"choices": {}, "spoilt": "unreadable"}
        if place < 12:
            ticked = {numbers[(place + step) % len(numbers)] for step in (0, 1, 3)}
            read = {"choices": dict.fromkeys(sorted(ticked), 1), "spoilt": ""}
        services.key_sheet(**given, **read, by=first)
        if place != 4:
            services.key_sheet(**given, **read, by=second)
            continue
        services.key_sheet(**given, choices={numbers[0]: 1}, spoilt="", by=second)
        services.settle_sheet(**given, **read, by=third)
    services.accept_batch(batch_id=batch.pk, by=second, now=now)
