"""A count as JSON, for whoever checks it by machine. The same count gives the same bytes, however its rows are ordered.

Money is in currency units, exact, written `a` or `a/b`. Figures that follow from others are rounded: effective votes
(cost / price) to 0.01, what supporters held to the minor unit, its share of the cost to 0.0001.
"""

import json
import math
from collections.abc import Mapping
from fractions import Fraction

from projects.tally.count.election import Election
from projects.tally.count.explain import Reason, Share, explain, follow
from projects.tally.count.result import Result, Step

HALF = Fraction(1, 2)


def as_json(election: Election, result: Result) -> dict:
    """The whole log: figures of the election, every step, tie and reason. Only strings, integers, booleans and None."""

    def money(value: Fraction | int | None) -> str | None:
        return None if value is None else str(Fraction(value) / election.minor)

    def step(line: Step) -> dict:
        return {
            "step": line.at,
            "phase": line.phase,
            "project": line.project,
            "cost": money(line.cost),
            "left": money(line.left),
            "taken": line.taken,
            "price_per_point": money(line.price),
            "effective_votes": _rounded(line.effective, 2),
        }

    def reason(line: Reason) -> dict:
        return {
            "project": line.project,
            "cost": money(line.cost),
            "votes": line.votes,
            "points": str(line.points),
            "outcome": line.outcome,
            "step": line.step.at if line.step else None,
            "missed": line.missed,
            "supporters_held": None if line.held is None else money(math.floor(line.held + HALF)),
            "supporters_held_share": _rounded(line.held_share, 4),
            "supporters_spent_on": [{"project": project, "amount": money(paid)} for project, paid in line.spent_on],
        }

    return {
        "rule": result.rule,
        "vote_type": election.ballots.kind,
        "voters": election.ballots.voters,
        "budget": money(election.budget),
        "selected": list(result.selected),
        "order": list(result.order),
        "total_cost": money(result.total_cost),
        "completed": list(result.completed),
        "excluded": dict(result.excluded or {}),
        "endowment": money(result.endowment),
        "runs": result.runs,
        "certified": result.certified,
        "steps": [step(line) for line in result.steps],
        "ties": ties_as_json(result),
        "projects": [reason(line) for line in sorted(explain(election, result), key=lambda line: line.project)],
    }


def canonical(told: dict) -> str:
    """The same object as the same text: keys sorted, no blanks. What is published, digested and compared."""
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def share_in(log: Mapping, weights: Mapping[str, Fraction | int]) -> Share | None:
    """One voter's share as a published log tells it, in currency units; None where the log has no Equal Shares."""
    if log["endowment"] is None:
        return None
    prices = [(step["project"], Fraction(step["price_per_point"])) for step in log["steps"] if step["price_per_point"]]
    return follow(Fraction(log["endowment"]), prices, weights)


def ties_as_json(result: Result) -> list[dict]:
    """Every tie: the step it belongs to, the equal projects in the order taken up, and the key that broke it."""
    return [
        {
            "step": tie.at,
            "phase": tie.phase,
            "among": list(tie.among),
            "broken_by": tie.broken_by,
            "decisive": tie.decisive,
        }
        for tie in result.ties
    ]


def _rounded(value: Fraction | None, places: int) -> str | None:
    if value is None:
        return None
    whole, part = divmod(math.floor(value * 10**places + HALF), 10**places)
    return f"{whole}.{part:0{places}}"
