"""Reads of the count: the tally in force, its lines, what may be published of the ballots."""

from __future__ import annotations

import random
from datetime import date, datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from communities.accounts.models import User
from projects.items import Chapter, Offer, Task
from projects.proposals.models import Proposal
from projects.rounds.models import Round
from projects.tally.elections import poll_of
from projects.tally.models import Outcome, Tally
from projects.tally.pb import write
from projects.tally.rules import REASONS
from projects.voting.models import Slate
from projects.voting.queries import window_of
from projects.voting.rules import too_few_to_publish


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


def lines_of(tally: Tally) -> QuerySet[Outcome]:
    return Outcome.objects.filter(tally=tally).select_related("proposal").order_by("place")


def earlier_tallies(tally: Tally) -> QuerySet[Tally]:
    return Tally.objects.filter(slate=tally.slate, pk__lt=tally.pk)


def chosen_of(tally: Tally) -> QuerySet[Outcome]:
    return lines_of(tally).filter(chosen=True)


def ballots_may_be_published(tally: Tally) -> bool:
    """A long approval ballot is nearly a fingerprint: small polls publish totals only.

    Under 200 votes, or under 1,000 with more than 5 choices allowed, the ballots go to observers under a pledge.
    """
    return not too_few_to_publish(tally.ballots, most=tally.slate.round.rules["max_choices"])


def ballots_file(tally: Tally) -> str:
    """The counted ballots as a Pabulib file, in an order that tells nothing and is the same at each download."""
    slate = tally.slate
    poll = poll_of(slate, budget=slate.budget, without=set(tally.left_out))
    window = window_of(slate.round)
    names = {
        number: {"name": each.proposal.title, "category": each.proposal.category}
        for number, each in poll.candidates.items()
    }
    meta = {
        "description": slate.round.title,
        "country": "China",
        "unit": slate.community.name,
        "instance": slate.round.number,
        "date_begin": window.opens_at.strftime("%d.%m.%Y"),
        "date_end": window.closes_at.strftime("%d.%m.%Y"),
        "language": "zh",
    }
    return write(
        poll.election,
        meta,
        rule=tally.rule,
        ties=poll.ties,
        increment=poll.increment,
        minimums=poll.minimums,
        shuffle=random.Random(tally.digest),  # noqa: S311 - the order only has to be even and repeatable
        columns=names,
        selected=[line["number"] for line in tally.result["projects"] if line["chosen"]],
    )


def outcome_of(proposal: Proposal) -> Outcome | None:
    """The proposal's line in the tally in force."""
    rows = Outcome.objects.filter(proposal=proposal).select_related("tally__slate__round", "tally__slate__community")
    return rows.order_by("-tally").first()


def awaiting(person: User, *, today: date) -> list[Task]:
    return []


def chapters(proposal: Proposal) -> list[Chapter]:
    """Each count in which the proposal stood, with its votes and the reason."""
    rows = Outcome.objects.filter(proposal=proposal).select_related("tally").order_by("tally")
    return [
        Chapter(
            at=row.tally.at,
            stage="tally",
            title=_("计票：入选") if row.chosen else _("计票：未入选"),
            text=_("得 %(votes)s 票，排第 %(place)s。") % {"votes": row.votes, "place": row.place},
            reason="" if row.chosen else _(REASONS[row.reason]),
            by=_("系统按冻结的规则计票"),
        )
        for row in rows
    ]


def offers(proposal: Proposal, *, person: User, parties: frozenset, now: datetime) -> list[Offer]:
    if proposal.standing not in ("chosen", "not_chosen", "approved"):
        return []
    return [Offer(_("看计票结果"), reverse("tally:result", args=[proposal.round.number]))]


def slates_counted(batch: Round) -> bool:
    return Slate.objects.filter(round=batch, tallies__isnull=False).exists()
