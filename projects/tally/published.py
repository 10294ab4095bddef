"""The published result of a slate, computed from its counted ballots: the same ballots give the same bytes (B9)."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Set
from fractions import Fraction

from projects.tally.count import Result, as_json, canonical, count, default_increment, explain, named
from projects.tally.count.explain import Reason
from projects.tally.elections import Poll, poll_of
from projects.tally.exported import ballots_digest
from projects.tally.rules import BESIDE, public_order
from projects.voting.models import Slate

HALF = Fraction(1, 2)


def published_of(slate: Slate, *, out: Set[str], kept: Set[str]) -> tuple[Poll, dict]:
    """Count by the frozen rule without the numbers in `out`, with those in `kept` paid already; and what is published."""
    costs = dict(slate.candidates.values_list("proposal__number", "cost"))
    poll = poll_of(slate, budget=slate.budget - sum(costs[number] for number in kept), without=out | kept)
    result = count(
        poll.election,
        poll.rule,
        ties=poll.ties,
        increment=poll.increment,
        minimums=poll.minimums,
    )
    reasons = explain(poll.election, result)
    lines = [_line(each.project, each.cost, each.votes, each.outcome, _left(each)) for each in reasons]
    lines += [_line(number, costs[number], poll.votes[number], "settled") for number in kept]
    lines += [_line(number, costs[number], poll.votes[number], "left_out") for number in out]
    beyond = poll.election.budget
    lines += [_line(number, costs[number], poll.votes[number], "too_dear", beyond) for number in poll.beyond]
    told = {
        "round": slate.round.number,
        "community": slate.community.code,
        "rule": result.rule,
        "increment": str(poll.increment) if poll.increment else None,
        "least_votes": poll.minimums.votes,
        "ties_by": ["cost", "votes", "lot"],
        "seed": slate.seed,
        "budget": slate.budget,
        "ballots": poll.ballots,
        "blank": poll.blank,
        "bare": poll.bare,
        "roll": slate.roll_size,
        "certified": result.certified,
        "spent": sum(line["cost"] for line in lines if line["chosen"]),
        "left_out": sorted(out),
        "settled": sorted(kept),
        "projects": public_order(lines),
        "why": {each.project: _why(each) for each in reasons},
        "beside": _beside(slate, poll),
        "ties": [
            {"at": tie.at, "among": list(tie.among), "broken_by": tie.broken_by, "decisive": tie.decisive}
            for tie in result.ties
        ],
        "log": (log := as_json(poll.election, result)),
        "log_sha256": digest_of(log),
        "rules_sha256": slate.round.digest,
        "slate_sha256": slate.digest,
        "ballots_sha256": ballots_digest(slate, poll, result.selected),
    }
    return poll, told


def text_of(published: dict) -> str:
    """Canonical JSON: what is served, digested and compared."""
    return canonical(published)


def digest_of(published: dict) -> str:
    return hashlib.sha256(text_of(published).encode()).hexdigest()


def _line(number: str, cost: int, votes: int, reason: str, left: int | None = None) -> dict:
    chosen = reason in ("chosen", "settled")
    return {"number": number, "cost": cost, "votes": votes, "chosen": chosen, "reason": reason, "left": left}


def _left(each: Reason) -> int | None:
    return each.step.left if each.step else None


def _why(each: Reason) -> dict:
    """The figures behind one line: money in fen, rounded to whole fen; shares in per cent with one decimal, as text."""
    step = each.step
    return {
        "step": step.at if step else None,
        "phase": step.phase if step else None,
        "price": _whole(step.price) if step else None,
        "effective": _decimals(step.effective, 2) if step else None,
        "held": _whole(each.held),
        "held_percent": None if each.held_share is None else _decimals(each.held_share * 100, 1),
        "spent_on": [[project, fen] for project, fen in each.spent_on],
    }


def _beside(slate: Slate, poll: Poll) -> dict | None:
    """What the other rule would have chosen from the same ballots: for comparison, never instead."""
    if not slate.roll_size or not poll.election.ballots.voters:
        return None
    rule = BESIDE[poll.rule]
    increment = default_increment(poll.election) if named(rule).steps else None
    result: Result = count(poll.election, rule, ties=poll.ties, increment=increment, minimums=poll.minimums)
    return {
        "rule": rule,
        "increment": str(increment) if increment else None,
        "selected": list(result.selected),
        "spent": int(result.total_cost),
    }


def _whole(value: Fraction | None) -> int | None:
    return None if value is None else math.floor(value + HALF)


def _decimals(value: Fraction | None, places: int) -> str | None:
    if value is None:
        return None
    whole = math.floor(value * 10**places + HALF)
    return f"{whole // 10**places}.{whole % 10**places:0{places}d}"
