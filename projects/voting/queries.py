"""Reads of the vote: the slate, who is on the roll, turnout; never a running count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.accounts.models import User
from communities.residents.models import Residency
from communities.residents.queries import residency_of
from portal.refusals import Refusal
from portal.web import words
from projects.items import Chapter, Offer, Task
from projects.proposals.models import Proposal
from projects.rounds.calendar import Window
from projects.rounds.models import Round
from projects.rounds.queries import window_of as stage_window
from projects.voting import keys, rules
from projects.voting.models import Ballot, Candidate, Participation, RollEntry, Slate


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


def turnout_of(slate: Slate) -> Turnout:
    voted = Participation.objects.filter(slate=slate).count()
    return Turnout(voted=voted, roll=slate.roll_size, residents=slate.community.residents_count)


def votes_of(person: User) -> list[dict]:
    """The rounds in which this person is on the roll, and whether she took part: never what she chose."""
    entries = RollEntry.objects.filter(person=person).select_related("slate__round", "slate__community")
    took_part = dict(Participation.objects.filter(person=person).values_list("round_id", "channel"))
    return [
        {"round": entry.slate.round, "slate": entry.slate, "voted": entry.round_id in took_part}
        for entry in entries.order_by("-pk")[:50]
    ]


def awaiting(person: User, *, today: date) -> list[Task]:
    """Rounds in which this person may vote and has not yet."""
    if not person.is_authenticated:
        return []
    open_entries = (
        RollEntry.objects.filter(person=person, slate__closed_at=None, round__stage="voting")
        .exclude(round__in=Participation.objects.filter(person=person).values("round"))
        .select_related("slate__round", "slate__community")
    )
    return [
        Task(
            stage="voting",
            title=entry.slate.round.title,
            text=_("请您投票"),
            url=reverse("voting:ballot", args=[entry.slate.round.number]),
            due_on=timezone.localdate(window_of(entry.slate.round).closes_at),
            community=entry.slate.community.name,
        )
        for entry in open_entries[:20]
    ]


def chapters(proposal: Proposal) -> list[Chapter]:
    candidacy = Candidate.objects.filter(proposal=proposal).select_related("slate").first()
    if candidacy is None or not candidacy.slate.roll_size:
        return []
    return [
        Chapter(
            at=candidacy.slate.frozen_at,
            stage="voting",
            title=_("列入选票"),
            text=_("选民名册 %(roll)s 人，投票期间不公布票数。") % {"roll": candidacy.slate.roll_size},
        )
    ]


def offers(proposal: Proposal, *, person: User, parties: frozenset, now: datetime) -> list[Offer]:
    if proposal.round.stage != "voting" or proposal.standing != "shortlisted":
        return []
    slate = Slate.objects.filter(round=proposal.round, community=proposal.community).first()
    if slate is None:
        return []
    window = window_of(proposal.round)
    url = reverse("voting:ballot", args=[proposal.round.number])
    if not person.is_authenticated:
        return [Offer(_("去投票"), url, primary=True, until=window.closes_at)]
    why = why_not_vote(slate, person) or rules.objection_to_time(now, window.opens_at, window.closes_at)
    text = _("修改选票") if participation_of(slate, person) else _("去投票")
    return [Offer(text, url, primary=True, why_not=words(why) if why else "", until=window.closes_at)]


def progress_on(batch: Round) -> list[dict]:
    """For the round's desk: per community how many of the roll have taken part; no counts of choices."""
    rows = slates_of(batch).annotate(voted=Count("participations", filter=Q(participations__isnull=False)))
    return [{"community": slate.community, "voted": slate.voted, "roll": slate.roll_size} for slate in rows]
