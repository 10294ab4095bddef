"""What the sample page and the public account of the paper print."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from communities.accounts.models import User
from projects.voting import paper
from projects.voting.models import PaperSheet, Slate, Spoilt, SpoiltSheet
from projects.voting.queries.paper import (
    batches_of,
    candidates_on_paper,
    checks_of,
    kept_from_checking,
    people_by_channel,
    sample_of,
    spoilt_of,
)
from projects.voting.queries.paper_desk import readings_of


@dataclass(frozen=True, slots=True)
class Account:
    """The paper of a community after the close: sheets printed = counted + spoilt + replaced + missing + left over.

    spoilt, replaced: the sheets that came back and do not count, and those whose voters took another one.
    """

    slate: Slate
    printed: int
    handed_out: int
    left_over: int
    counted: int
    spoilt: list[SpoiltSheet]
    replaced: list[SpoiltSheet]
    missing: int
    reasons: list[str]


def account_of(slate: Slate) -> Account:
    rows = list(batches_of(slate))
    void = list(spoilt_of(slate))
    return Account(
        slate=slate,
        printed=sum(row.printed for row in rows),
        handed_out=people_by_channel(slate)[1] + sum(row.replaced for row in rows),
        left_over=sum(row.left_over or 0 for row in rows),
        counted=sum(row.counted for row in rows),
        spoilt=[each for each in void if each.reason in Spoilt.values],
        replaced=[each for each in void if each.reason not in Spoilt.values],
        missing=sum(row.missing for row in rows),
        reasons=[row.why_missing for row in rows if row.why_missing],
    )


def sample_rows(slate: Slate, person: User) -> list[dict]:
    """Each sampled sheet: serial, envelope, what was accepted in words, who has looked, whether this person has."""
    sheets = sample_of(slate)
    seen, kept = checks_of(sheets), kept_from_checking(sheets)
    places = {str(each.pk): place for place, each in enumerate(candidates_on_paper(slate), start=1)}
    readings = readings_of({each.batch for each in sheets})
    return [
        {
            "sheet": each,
            "serial": paper.grouped(each.serial),
            "accepted": _words(paper.settled(readings[each.batch_id][each.serial]), places),
            "agreed": sum(seen[each.pk].values()),
            "wrong": not all(seen[each.pk].values()),
            "mine": person.pk in seen[each.pk],
            "kept": person.pk in kept[each.pk],
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
