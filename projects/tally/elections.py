"""A slate and its counted ballots as the plain election that `projects.tally.count` counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Set
from dataclasses import dataclass
from fractions import Fraction

from projects.deliberation.models import Resolution
from projects.tally.count import Election, Minimums, Project, TieOrder, default_increment, named
from projects.voting.models import Candidate, CountedBallot, Slate

KINDS = {"approval": "approval", "knapsack": "approval", "points": "cumulative"}
FEN_PER_YUAN = 100
COUNCIL_RULE = "greedy_votes"


@dataclass(frozen=True)
class Poll:
    """An election with what names it: the candidates by public number, the tie order, ballots and blank ones.

    increment: yuan per voter and run for add1 rules, None for the others.
    """

    election: Election
    rule: str
    candidates: dict[str, Candidate]
    ties: TieOrder
    minimums: Minimums
    increment: Fraction | None
    ballots: int
    blank: int


def poll_of(slate: Slate, *, budget: int, without: Set[str]) -> Poll:
    """The poll of a slate over the candidates whose numbers are not in `without`; `budget` in fen (分).

    Blank ballots are withdrawals and not in n. A round without residents' vote counts the council's votes instead,
    each vote in favour as one ballot, and ranks them whatever the rule for residents' ballots: a member votes on every
    project for itself, so there is no share to follow.
    """
    rule = slate.round.rules["counting_rule"] if slate.roll_size else COUNCIL_RULE
    rows = Candidate.objects.filter(slate=slate).select_related("proposal").order_by("proposal__number")
    held = {each.proposal.number: each for each in rows if each.proposal.number not in without}
    number_of = {str(each.pk): number for number, each in held.items()}
    kind = KINDS[slate.round.rules["ballot"]] if slate.roll_size else "approval"
    cast, blank = (_cast(slate, number_of, kind)) if slate.roll_size else (_council(held), 0)
    election = Election.of(
        [Project(number, each.cost) for number, each in held.items()], budget, kind, cast, minor=FEN_PER_YUAN
    )
    return Poll(
        election=election,
        rule=rule,
        candidates=held,
        ties=TieOrder.parse("cost,votes,lot", round_id=slate.round.number, seed=slate.seed),
        minimums=Minimums(votes=slate.round.rules["least_votes"]),
        increment=default_increment(election) if named(rule).steps else None,
        ballots=sum(cast.values()) + blank,
        blank=blank,
    )


def _cast(slate: Slate, number_of: dict[str, str], kind: str) -> tuple[Counter, int]:
    cast: Counter = Counter()
    blank = 0
    rows = CountedBallot.objects.filter(slate=slate).values_list("choices", flat=True)
    for choices in rows.iterator(chunk_size=5000):
        if not choices:
            blank += 1
            continue
        listed = sorted((number_of[key], points) for key, points in choices.items() if key in number_of)
        cast[tuple(listed) if kind == "cumulative" else tuple(number for number, _points in listed)] += 1
    return cast, blank


def _council(held: dict[str, Candidate]) -> Counter:
    passed = Resolution.objects.filter(
        proposal__in=[each.proposal_id for each in held.values()], outcome=Resolution.Outcome.PASSED
    )
    in_favour = dict(passed.values_list("proposal", "in_favour"))
    return Counter({(number,): in_favour.get(each.proposal_id, 0) for number, each in held.items()})
