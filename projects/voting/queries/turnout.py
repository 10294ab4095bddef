"""How many took part; never a running count of choices."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from projects.rounds.models import Round
from projects.voting.models import Channel, Participation, Slate
from projects.voting.queries.reads import slates_of


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many took part, against the frozen roll and against the community's residents (None when unknown)."""

    voted: int
    roll: int
    residents: int | None

    @property
    def of_roll(self) -> str:
        return share(self.voted, self.roll)

    @property
    def of_residents(self) -> str:
        return share(self.voted, self.residents) if self.residents else ""


def share(part: int, whole: int) -> str:
    """A percentage with one decimal, as text; a dash when there is nothing to divide by."""
    return f"{part * 100 / whole:.1f}%" if whole else "–"


def turnout_of(slate: Slate) -> Turnout:
    voted = Participation.objects.filter(slate=slate).count()
    return Turnout(voted=voted, roll=slate.roll_size, residents=slate.community.residents_count)


def progress_on(batch: Round) -> list[dict]:
    """For the round's desk: per community how many of the roll have taken part; no counts of choices."""
    rows = slates_of(batch).annotate(voted=Count("participations", filter=Q(participations__isnull=False)))
    return [{"community": slate.community, "voted": slate.voted, "roll": slate.roll_size} for slate in rows]


def watched(batch: Round) -> list[dict]:
    """What an observer may follow while voting is open: how many, by which channel. Never a choice, a change or a withdrawal."""
    counted = {f"by_{channel}": Count("participations", filter=Q(participations__channel=channel)) for channel in Channel.values}
    rows = slates_of(batch).filter(roll_size__gt=0).annotate(voted=Count("participations"), **counted)
    return [
        {"slate": slate, "voted": slate.voted, "channels": [getattr(slate, name) for name in counted]} for slate in rows
    ]
