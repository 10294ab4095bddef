"""Counting a round: every slate, by its frozen rule, from the counted ballots; written once, with its digest."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from portal import locks, log, notices
from portal.refusals import gettext_noop as _
from projects.deliberation.queries import unfinished_in
from projects.proposals.models import Proposal
from projects.proposals.queries import audience_of
from projects.proposals.services import settle
from projects.proposals.standings import Standing
from projects.rounds.models import Round
from projects.rounds.rules import CONFIRM
from projects.tally.elections import Poll
from projects.tally.models import Outcome, Tally
from projects.tally.published import digest_of, published_of
from projects.tally.queries import refused_in_force
from projects.voting.models import Slate

OUT = (Standing.STRUCK, Standing.DECLINED, Standing.REFUSED)
TOLD = {
    Standing.CHOSEN: _("“%(title)s”入选了，接下来公示。"),
    Standing.ELECTED: _("“%(title)s”得票入选了，等居民议事会确认。"),
    Standing.NOT_CHOSEN: _("“%(title)s”这次没有入选，点开看原因。"),
}


def count_refused(*, now: datetime) -> int:
    """Once a minute: where the council refused what residents chose, count the same ballots again without it.

    Not while a meeting is still on. Answers how many rounds were counted; a repeat finds nothing.
    """
    refused = Outcome.objects.filter(chosen=True, proposal__standing=Standing.REFUSED)
    rounds = Round.objects.filter(stage="tally", cancelled_at=None, slates__tallies__outcomes__in=refused).distinct()
    return sum(_count_again(batch, now=now) for batch in rounds)


@transaction.atomic
def _count_again(batch: Round, *, now: datetime) -> bool:
    locks.hold_alone("round", batch.pk)
    if Round.objects.get(pk=batch.pk).stage != "tally" or unfinished_in(batch)["live"]:
        return False
    if not refused_in_force(batch):
        return False
    count_round(batch, now=now)
    return True


@transaction.atomic
def count_round(batch: Round, *, now: datetime) -> list[Tally]:
    """Count every slate of the round and settle its proposals. The caller holds the round alone.

    A repeat with nothing struck or refused in between writes the same result again under a new row only when it
    differs; otherwise the tally in force stays.
    """
    locks.hold_alone("round", batch.pk)
    slates = Slate.objects.filter(round=batch).select_related("round", "community").order_by("pk")
    return [_count_slate(slate, now=now) for slate in slates]


def _count_slate(slate: Slate, *, now: datetime) -> Tally:
    proposals = {each.number: each for each in _locked(slate)}
    out = {number for number, each in proposals.items() if each.standing in OUT}
    kept = {number for number, each in proposals.items() if each.standing == Standing.APPROVED}
    poll, published = published_of(slate, out=out, kept=kept)
    tally = _write(slate, poll, published, proposals, now=now)
    _settle(tally, proposals, published["projects"], now=now)
    return tally


def _write(slate: Slate, poll: Poll, published: dict, proposals: dict[str, Proposal], *, now: datetime) -> Tally:
    digest = digest_of(published)
    standing = Tally.objects.filter(slate=slate).first()
    if standing and standing.digest == digest:
        return standing
    tally = Tally.objects.create(
        slate=slate,
        rule=published["rule"],
        budget=slate.budget,
        left_out=published["left_out"],
        settled=published["settled"],
        ballots=poll.ballots,
        blank=poll.blank,
        spent=published["spent"],
        result=published,
        digest=digest,
        at=now,
    )
    Outcome.objects.bulk_create(
        [
            Outcome(
                tally=tally,
                proposal=proposals[line["number"]],
                place=place,
                votes=line["votes"],
                cost=line["cost"],
                chosen=line["chosen"],
                reason=line["reason"],
                left=line["left"],
            )
            for place, line in enumerate(published["projects"], start=1)
        ]
    )
    log.record("tally.count_slate", by=None, about=tally, now=now, digest=digest, ballots=poll.ballots)
    return tally


def _settle(tally: Tally, proposals: dict[str, Proposal], lines: list[dict], *, now: datetime) -> None:
    """Where the council confirms, what won waits for it; what it has confirmed before stays confirmed."""
    won = Standing.ELECTED if tally.slate.round.rules.get("combine") == CONFIRM else Standing.CHOSEN
    for line in lines:
        proposal = proposals[line["number"]]
        to = won if line["chosen"] else Standing.NOT_CHOSEN
        confirmed = line["chosen"] and proposal.standing == Standing.CHOSEN
        if line["reason"] in ("settled", "left_out") or proposal.standing == to or confirmed:
            continue
        settle(proposal, to=to, now=now)
        notices.owe(
            audience_of(proposal),
            kind="tally.outcome",
            key=f"tally-{tally.pk}-{proposal.pk}",
            text=TOLD[to],
            now=now,
            url=reverse("tally:result", args=[tally.slate.round.number]),
            title=proposal.title,
        )


def _locked(slate: Slate) -> list[Proposal]:
    return list(Proposal.objects.select_for_update(of=("self",)).filter(candidacies__slate=slate).order_by("pk"))
