"""What proves the vote: the daily chain, and what became of the round's key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from communities.accounts.models import User
from communities.roles.queries import within
from communities.roles.rules import Role
from portal.refusals import Refusal
from portal.refusals import gettext_noop as _
from projects.rounds.models import Round
from projects.voting.models import CountedBallot, DaySeal, KeyEnd, KeySignature, Participation, Slate

AFTER = ("tally", "publicity", "approval", "done")


@dataclass(frozen=True)
class Ceremony:
    """How far the end of a round's key is."""

    round: Round
    signatures: list[KeySignature]
    end: KeyEnd | None
    ballots: int
    people: int

    @property
    def signers(self) -> list[int]:
        return [each.person_id for each in self.signatures]


def seals_of(slate: Slate) -> QuerySet[DaySeal]:
    return DaySeal.objects.filter(slate=slate).order_by("day", "final")


def rounds_with_closed_key() -> QuerySet[Round]:
    """Rounds whose residents voted, all of whose ballots are closed, and whose key is not known to be gone."""
    polls = Slate.objects.filter(roll_size__gt=0)
    waiting = Round.objects.filter(stage__in=AFTER, key_end=None, pk__in=polls.values("round"))
    return waiting.exclude(pk__in=polls.filter(closed_at=None).values("round"))


def ceremony_of(batch: Round) -> Ceremony:
    return Ceremony(
        round=batch,
        signatures=list(KeySignature.objects.filter(round=batch).select_related("person")),
        end=KeyEnd.objects.filter(round=batch).first(),
        ballots=CountedBallot.objects.filter(slate__round=batch).count(),
        people=Participation.objects.filter(round=batch).count(),
    )


def objection_to_key_end(batch: Round) -> Refusal | None:
    """Why the key of this round cannot be signed away now."""
    if batch.stage not in AFTER or not CountedBallot.objects.filter(slate__round=batch).exists():
        return Refusal("not_counted", _("计票以后才能销毁密钥。"))
    return None


def keys_to_sign(person: User, *, today: date) -> QuerySet[Round]:
    """Rounds of this officer's streets whose key waits for her signature."""
    mine = within(person, frozenset({Role.STREET_OFFICER}), today, "street")
    waiting = rounds_with_closed_key().filter(mine).exclude(key_signatures__person=person.pk)
    return waiting.select_related("street").order_by("pk")
