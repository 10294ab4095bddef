"""Whether a person may vote in a round, with the reason: from the frozen roll, or before it from what is known of her."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from communities.accounts.models import User
from communities.divisions.models import Division
from communities.residents.models import Residency
from communities.residents.queries import residency_of
from portal.web import words
from projects.rounds.calendar import Window
from projects.rounds.models import Envelope, Round
from projects.voting import queries, rules


@dataclass(frozen=True, slots=True)
class Eligibility:
    window: Window | None
    home: Division | None = None
    on_roll: bool = False
    why_not: str = ""


def eligibility_of(batch: Round, person: User, *, now: datetime) -> Eligibility:
    """Before the roll is frozen it says what would be so today."""
    window = queries.window_of(batch)
    if not person.is_authenticated:
        return Eligibility(window)
    if slate := queries.slate_of(batch.number, person):
        why = queries.why_not_vote(slate, person)
        return Eligibility(window, slate.community, on_roll=why is None, why_not=words(why) if why else "")
    home = residency_of(person)
    taking_part = home and Envelope.objects.filter(round=batch, community=home.community).exists()
    why = rules.why_not_on_roll(
        home=home.community.code if home else "",
        proved=bool(home and home.proof != Residency.Proof.DECLARED),
        adult=bool(home and home.adult),
        here=home.community.code if taking_part else "",
        since=None,
        frozen_at=now,
    )
    fine = why is None or why.code == "not_on_roll"
    return Eligibility(window, home.community if home else None, why_not="" if fine else words(why))
