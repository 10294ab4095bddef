"""A round on notice, for tests: the council passed everything, the count chose what the envelope bears."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from communities.accounts.models import User
from communities.divisions.models import Division
from projects import engine
from projects.models import Envelope, Proposal, Round
from projects.publicity import services
from projects.publicity.models import Objection, PublicNotice
from tests import factories
from tests.factories import NOON
from tests.projects.deliberation.council import DAY, world

POSTED = DAY + timedelta(hours=1)


@dataclass
class Board:
    home: Division
    batch: Round
    worker: User
    officer: User
    neighbour: User
    proposals: list[Proposal]

    @property
    def sheet(self) -> PublicNotice:
        return PublicNotice.objects.filter(round=self.batch).order_by("-pk").first()

    def chosen(self) -> list[str]:
        return list(
            Proposal.objects.filter(round=self.batch, standing="chosen")
            .order_by("number")
            .values_list("title", flat=True)
        )

    def standing(self, place: int) -> str:
        return Proposal.objects.get(pk=self.proposals[place].pk).standing

    def object(
        self, place: int = 0, by: User | None = None, text: str = "坡道会挡住消防通道。", now=POSTED
    ) -> Objection:
        return services.lodge_objection(
            proposal_id=self.proposals[place].pk, text=text, by=by or self.neighbour, now=now
        )

    def stage(self) -> str:
        return Round.objects.get(pk=self.batch.pk).stage

    def move(self, leaving: str, now) -> bool:
        return engine.advance(self.batch, leaving=leaving, now=now)


def board(proposals: int = 3, envelope: int = 170_000_00, **rules: object) -> Board:
    """Every item costs 80,000 元: an envelope of 170,000 元 bears two. Item n has n more votes against."""
    w = world(seats=5, proposals=proposals, **rules)
    w.batch.unused_stages = ["voting"]
    w.batch.save()
    Envelope.objects.filter(round=w.batch).update(amount=envelope)
    meeting = w.opened()
    for place, item in enumerate(meeting.items.all()):
        w.resolve(item, in_favour=5 - min(place, 2))
    w.finished(meeting)
    engine.advance(w.batch, leaving="deliberation", now=POSTED)
    engine.advance(w.batch, leaving="tally", now=POSTED)
    officer = User.objects.get(pk=w.batch.created_by_id)
    neighbour = factories.resident(w.home, "王建国")
    return Board(w.home, w.batch, w.worker, officer, neighbour, w.proposals)


__all__ = ["DAY", "NOON", "POSTED", "Board", "board"]
