"""A rehearsal's ballot as the real ballot page takes it: stand-ins with the same names, never rows of the vote."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from projects.rehearsal.models import Rehearsal, RehearsalPerson
from projects.voting import rules
from projects.voting.pages import Sheet


@dataclass(frozen=True)
class StandInRound:
    number: str
    title: str
    rules: dict[str, Any]


@dataclass(frozen=True)
class StandInSlate:
    round: StandInRound
    community: object
    budget: int
    roll_size: int


@dataclass(frozen=True)
class StandInProposal:
    """No number and no attachments: nothing leads from here to a real proposal."""

    title: str
    need: str
    wish: str
    number: str = ""
    place: str = ""
    beneficiaries: str = ""
    attachments: None = None


@dataclass(frozen=True)
class StandIn:
    pk: int
    cost: int
    proposal: StandInProposal


def sheet_for(person: RehearsalPerson) -> Sheet:
    held: Rehearsal = person.rehearsal
    rows = {
        each.pk: StandIn(each.pk, each.cost, StandInProposal(each.title, each.need, each.wish))
        for each in held.projects.all()
    }
    order = rules.personal_order(rows, seed=held.seed, person=person.pk)
    batch = StandInRound(held.round.number, held.round.title, held.rules)
    return Sheet(
        slate=StandInSlate(batch, held.community, held.budget, roll_size=0),
        window=None,
        candidates=[rows[pk] for pk in order],
        choices={int(key): points for key, points in (person.choices or {}).items()},
        cast_before=person.choices is not None,
    )
