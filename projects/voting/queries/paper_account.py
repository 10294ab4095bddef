"""What the paper desk, the sample page and the public account print."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from communities.accounts.models import User
from portal.models import Job
from projects.voting import paper
from projects.voting.models import PaperBatch, PaperSheet, Slate, SpoiltSheet
from projects.voting.queries.paper import (
    Progress,
    batches_of,
    candidates_on_paper,
    checks_of,
    pending_void,
    people_by_channel,
    progress_of,
    readings_of,
    sample_of,
    spoilt_of,
)


@dataclass(frozen=True, slots=True)
class Envelope:
    """An envelope on the desk: its row, how far it is, whether its PDF is ready, whether a voiding waits."""

    batch: PaperBatch
    progress: Progress
    file_ready: bool
    void_asked: bool


@dataclass(frozen=True, slots=True)
class Account:
    """The paper of a community after the close: sheets printed = counted + spoilt + missing + left over."""

    slate: Slate
    printed: int
    handed_out: int
    left_over: int
    counted: int
    spoilt: list[SpoiltSheet]
    missing: int
    reasons: list[str]


def envelope_of(batch: PaperBatch) -> Envelope:
    job = Job.objects.filter(key=f"paper-{batch.pk}").first()
    return Envelope(batch, progress_of(batch), bool(job and job.file), pending_void(batch) is not None)


def account_of(slate: Slate) -> Account:
    rows = list(batches_of(slate))
    return Account(
        slate=slate,
        printed=sum(row.printed for row in rows),
        handed_out=people_by_channel(slate)[1],
        left_over=sum(row.left_over or 0 for row in rows),
        counted=sum(row.counted for row in rows),
        spoilt=list(spoilt_of(slate)),
        missing=sum(row.missing for row in rows),
        reasons=[row.why_missing for row in rows if row.why_missing],
    )


def sample_rows(slate: Slate, person: User) -> list[dict]:
    """Each sampled sheet: serial, envelope, what was accepted in words, who has looked, whether this person has."""
    sheets = sample_of(slate)
    seen = checks_of(sheets)
    places = {str(each.pk): place for place, each in enumerate(candidates_on_paper(slate), start=1)}
    readings = {batch.pk: readings_of(batch) for batch in {each.batch for each in sheets}}
    return [
        {
            "sheet": each,
            "serial": paper.grouped(each.serial),
            "accepted": _words(paper.settled(readings[each.batch_id][each.serial]), places),
            "agreed": sum(seen[each.pk].values()),
            "wrong": not all(seen[each.pk].values()),
            "mine": person.pk in seen[each.pk],
        }
        for each in sheets
    ]


def sheet_in(slate: Slate, number: int) -> PaperSheet | None:
    return PaperSheet.objects.filter(batch__slate=slate, pk=number).first()


def _words(reading: paper.Reading, places: dict[str, int]) -> str:
    if reading.spoilt:
        return _("作废")
    marks = sorted((places[key], points) for key, points in reading.choices.items())
    plain = all(points == 1 for _place, points in marks)
    return " ".join(str(place) if plain else f"{place}:{points}" for place, points in marks) or _("空白")
