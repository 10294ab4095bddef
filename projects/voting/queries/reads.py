"""The slate, who is on the roll, and a voter's own ballot."""

from __future__ import annotations

from django.db.models import QuerySet

from communities.accounts.models import User
from communities.residents.models import Residency
from communities.residents.queries import residency_of
from portal.refusals import Refusal
from projects.rounds.calendar import Window
from projects.rounds.models import Round
from projects.rounds.queries import window_of as stage_window
from projects.voting import keys, rules
from projects.voting.models import Ballot, Candidate, Participation, RollEntry, Slate


def slate_of(round_number: str, person: User) -> Slate | None:
    """The slate on which this person may vote; without a roll entry the slate of her home community."""
    slates = Slate.objects.select_related("round", "community")
    entry = RollEntry.objects.filter(round__number=round_number, person_id=person.pk).first()
    if entry:
        return slates.get(pk=entry.slate_id)
    home = residency_of(person)
    return slates.filter(round__number=round_number, community=home.community if home else None).first()


def slates_of(batch: Round) -> QuerySet[Slate]:
    return Slate.objects.filter(round=batch).select_related("community").order_by("community__code")


def public_slates(round_number: str) -> QuerySet[Slate]:
    rows = Slate.objects.filter(round__number=round_number, roll_size__gt=0)
    return rows.select_related("round", "community").order_by("community__code")


def candidates_of(slate: Slate) -> list[Candidate]:
    """The candidates of a slate with their proposals and photos, by public number."""
    rows = Candidate.objects.filter(slate=slate).select_related("proposal").order_by("proposal__number")
    return list(rows.prefetch_related("proposal__attachments"))


def titles_on(slate: Slate) -> list[Candidate]:
    """The candidates as a form needs them: which there are, and their titles."""
    rows = Candidate.objects.filter(slate=slate).select_related("proposal")
    return list(rows.only("id", "slate_id", "cost", "proposal__title"))


def window_of(batch: Round) -> Window:
    """The poll's window as it really runs: a poll that began late keeps its promised days."""
    return stage_window(batch, "voting")


def why_not_vote(slate: Slate, person: User) -> Refusal | None:
    """Why this person is not on the slate's roll; None when she is."""
    if RollEntry.objects.filter(slate=slate, person=person).exists():
        return None
    home = residency_of(person)
    return rules.why_not_on_roll(
        home=home.community.code if home else "",
        proved=bool(home and home.proof != Residency.Proof.DECLARED),
        adult=bool(home and home.adult),
        here=slate.community.code,
        since=home.proved_at if home else None,
        frozen_at=slate.frozen_at,
    )


def participation_of(slate: Slate, person: User) -> Participation | None:
    return Participation.objects.filter(slate=slate, person=person).first()


def ballot_of(slate: Slate, person: User) -> Ballot | None:
    """Her own ballot while voting is open, found through the round's key; None before casting and after the count."""
    if slate.closed_at:
        return None
    return Ballot.objects.filter(link=keys.link_of(slate.round_id, person.pk)).first()


def votes_of(person: User) -> list[dict]:
    """The rounds in which this person is on the roll, and whether she took part: never what she chose."""
    entries = RollEntry.objects.filter(person=person).select_related("slate__round", "slate__community")
    took_part = dict(Participation.objects.filter(person=person).values_list("round_id", "channel"))
    return [
        {"round": entry.slate.round, "slate": entry.slate, "voted": entry.round_id in took_part}
        for entry in entries.order_by("-pk")[:50]
    ]
