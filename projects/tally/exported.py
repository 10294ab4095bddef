"""The counted ballots of a slate as a Pabulib file: from it anybody repeats the count, byte for byte (B9)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from fractions import Fraction

from projects.tally.elections import FEN_PER_YUAN, Poll
from projects.tally.pb import decimal, write
from projects.voting.models import Slate
from projects.voting.queries import window_of
from projects.voting.rules import too_few_to_publish


def ballots_text(slate: Slate, poll: Poll, selected: Sequence[str]) -> str:
    """The file. The order of its ballots follows from the slate's digest and the ballots alone, so it tells nothing."""
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
        "currency": "CNY",
        **_limits(slate, poll),
    }
    return write(
        poll.election,
        meta,
        rule=poll.rule,
        ties=poll.ties,
        increment=poll.increment,
        minimums=poll.minimums,
        shuffle=slate.digest,
        columns=names,
        selected=selected,
    )


def ballots_digest(slate: Slate, poll: Poll, selected: Sequence[str]) -> str | None:
    """SHA-256 (hex) of the file; None where it is not public.

    Of a small poll not even the digest is told: with the totals, somebody could try out which ballots fit it.
    """
    if not may_be_public(slate, poll.ballots) or not poll.election.ballots.voters:
        return None
    return hashlib.sha256(ballots_text(slate, poll, selected).encode()).hexdigest()


def may_be_public(slate: Slate, ballots: int) -> bool:
    """A long approval ballot is nearly a fingerprint: of small polls, and of a council's votes, totals only."""
    return bool(slate.roll_size) and not too_few_to_publish(ballots, most=slate.round.rules["max_choices"])


def _limits(slate: Slate, poll: Poll) -> dict[str, str]:
    """What one ballot could hold, in the words of the format."""
    rules = slate.round.rules
    if rules["ballot"] == "points":
        return {"max_sum_points": str(rules["points"])}
    if rules["ballot"] == "knapsack":
        return {"max_sum_cost": decimal(Fraction(slate.budget, FEN_PER_YUAN))}
    most = min(rules["max_choices"], len(poll.candidates))
    return {"max_length": str(most)} if most > 1 else {}
