"""Reads of the count: the tally in force, its lines, what may be published of the ballots."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from communities.accounts.models import User
from projects.items import Chapter, Offer, Task, Traces
from projects.proposals.models import Proposal
from projects.proposals.standings import Standing
from projects.rounds.models import Round
from projects.rounds.rules import CONFIRM
from projects.tally.elections import poll_of
from projects.tally.exported import ballots_text, may_be_public
from projects.tally.models import Outcome, Tally
from projects.tally.rules import REASONS
from projects.voting.models import Candidate, CountedTracker, Slate, SpoiltSheet
from projects.voting.queries import Ceremony, ceremony_of


def tallies_in_force(batch: Round) -> list[Tally]:
    """The newest tally of each slate of the round, by community."""
    rows = Tally.objects.filter(slate__round=batch).select_related("slate__community", "slate__round")
    newest: dict[int, Tally] = {}
    for tally in rows.order_by("pk"):
        newest[tally.slate_id] = tally
    return sorted(newest.values(), key=lambda tally: tally.slate.community.code)


def tally_in_force(round_number: str, community_code: str) -> Tally | None:
    rows = Tally.objects.filter(slate__round__number=round_number, slate__community__code=community_code)
    return rows.select_related("slate__round", "slate__community").first()


def refused_in_force(batch: Round) -> int:
    """Projects that the tallies in force have chosen and that the council has refused since."""
    rows = Outcome.objects.filter(tally__in=[tally.pk for tally in tallies_in_force(batch)], chosen=True)
    return rows.filter(proposal__standing=Standing.REFUSED).count()


def confirmation_of(tally: Tally) -> dict[str, int]:
    """How many of the chosen the council has confirmed, and how many wait; empty in rounds without that step."""
    if tally.slate.round.rules.get("combine") != CONFIRM:
        return {}
    waiting = chosen_of(tally).filter(proposal__standing=Standing.ELECTED).count()
    return {"waiting": waiting, "confirmed": chosen_of(tally).count() - waiting}


def lines_of(tally: Tally) -> QuerySet[Outcome]:
    return Outcome.objects.filter(tally=tally).select_related("proposal").order_by("place")


def earlier_tallies(tally: Tally) -> QuerySet[Tally]:
    return Tally.objects.filter(slate=tally.slate, pk__lt=tally.pk)


def chosen_of(tally: Tally) -> QuerySet[Outcome]:
    return lines_of(tally).filter(chosen=True)


def ballots_may_be_published(tally: Tally) -> bool:
    """Small polls, and a council's votes, publish totals only; observers see the ballots under a pledge."""
    return may_be_public(tally.slate, tally.ballots)


def ballots_file(tally: Tally) -> str:
    """The ballots of this very count as a Pabulib file, the same at each download."""
    slate, settled = tally.slate, set(tally.settled)
    paid = Candidate.objects.filter(slate=slate, proposal__number__in=settled).aggregate(fen=Sum("cost"))["fen"] or 0
    poll = poll_of(slate, budget=slate.budget - paid, without=set(tally.left_out) | settled)
    return ballots_text(
        slate, poll, [line["number"] for line in tally.result["projects"] if line["reason"] == "chosen"]
    )


def key_of(batch: Round) -> Ceremony | None:
    """How far the end of the round's key is; None where residents did not vote."""
    return ceremony_of(batch) if Slate.objects.filter(round=batch, roll_size__gt=0).exists() else None


def counted_slate(batch: Round, tracker: str) -> Slate | None:
    """The slate among whose counted ballots the tracker is."""
    row = CountedTracker.objects.filter(slate__round=batch, tracker=tracker).select_related("slate__community").first()
    return row.slate if row else None


def why_spoilt(batch: Round, tracker: str) -> str:
    """Why the paper ballot with this tracker does not count; "" when it is not one of the void ones."""
    row = SpoiltSheet.objects.filter(slate__round=batch, tracker=tracker).first()
    return row.get_reason_display() if row else ""


def outcome_of(proposal: Proposal) -> Outcome | None:
    """The proposal's line in the tally in force."""
    rows = Outcome.objects.filter(proposal=proposal).select_related("tally__slate__round", "tally__slate__community")
    return rows.order_by("-tally").first()


def awaiting(person: User, *, today: date) -> list[Task]:
    return []


def traces(proposal: Proposal) -> Traces:
    return {"outcomes": Outcome.objects.filter(proposal=proposal).select_related("tally").order_by("tally")}


def chapters(proposal: Proposal, kept: Traces | None = None) -> list[Chapter]:
    """Each count in which the proposal stood, with its votes and the reason."""
    return [
        Chapter(
            at=row.tally.at,
            stage="tally",
            title=_("计票：入选") if row.chosen else _("计票：未入选"),
            text=_("得 %(votes)s 票，排第 %(place)s。") % {"votes": row.votes, "place": row.place},
            reason="" if row.chosen else _(REASONS[row.reason]),
            by=_("系统按冻结的规则计票"),
        )
        for row in (kept or traces(proposal))["outcomes"]
    ]


def offers(proposal: Proposal, *, person: User, parties: frozenset, now: datetime) -> list[Offer]:
    if proposal.standing not in ("elected", "chosen", "not_chosen", "approved"):
        return []
    return [Offer(_("看计票结果"), reverse("tally:result", args=[proposal.round.number]))]


def slates_counted(batch: Round) -> bool:
    return Slate.objects.filter(round=batch, tallies__isnull=False).exists()
