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

    increment: yuan per voter and run for add1 rules, None for the others. votes: ballots that list each candidate of
    the slate, also of those that do not stand. beyond: candidates that cost more than the whole budget; they cannot
    be chosen and do not stand. bare: ballots that list only candidates that do not stand; they are not in n.
    """

    election: Election
    rule: str
    candidates: dict[str, Candidate]
    ties: TieOrder
    minimums: Minimums
    increment: Fraction | None
    ballots: int
    blank: int
    bare: int
    votes: Counter[str]
    beyond: frozenset[str]


def poll_of(slate: Slate, *, budget: int, without: Set[str]) -> Poll:
    """The poll of a slate over the candidates whose numbers are not in `without`; `budget` in fen (分).

    Blank ballots are withdrawals and not in n. A round without residents' vote counts the council's votes instead,
    each vote in favour as one ballot, and ranks them whatever the rule for residents' ballots: a member votes on every
    project for itself, so there is no share to follow.
    """
    rules = slate.round.rules
    rule = rules["counting_rule"] if slate.roll_size else COUNCIL_RULE
    rows = Candidate.objects.filter(slate=slate).select_related("proposal").order_by("proposal__number")
    everybody = {each.proposal.number: each for each in rows}
    named_ones = {number: each for number, each in everybody.items() if number not in without}
    held = {number: each for number, each in named_ones.items() if each.cost <= budget}
    kind = KINDS[rules["ballot"]] if slate.roll_size else "approval"
    raw = _cast(slate, everybody) if slate.roll_size else _council(everybody)
    ballots, blank, votes = sum(raw.values()), raw[()], _votes(raw)
    cast = _standing(raw, held, kind)
    bare = ballots - blank - sum(cast.values())
    election = Election.of(
        [Project(number, each.cost) for number, each in held.items()], budget, kind, cast, minor=FEN_PER_YUAN
    )
    return Poll(
        election=election,
        rule=rule,
        candidates=held,
        ties=TieOrder.parse("cost,votes,lot", round_id=slate.round.number, seed=slate.seed),
        minimums=Minimums(votes=rules["least_votes"]),
        increment=default_increment(election) if named(rule).steps else None,
        ballots=ballots,
        blank=blank,
        bare=bare,
        votes=votes,
        beyond=frozenset(named_ones.keys() - held.keys()),
    )


def _cast(slate: Slate, everybody: dict[str, Candidate]) -> Counter:
    """Ballots as (number, points) pairs by number; a blank one is empty."""
    pairs = _Pairs({str(each.pk): number for number, each in everybody.items()})
    cast: Counter = Counter()
    rows = CountedBallot.objects.filter(slate=slate).values_list("choices", flat=True)
    for choices in rows.iterator(chunk_size=5000):
        cast[tuple(sorted(map(pairs.__getitem__, choices.items())))] += 1
    return cast


class _Pairs(dict):
    """(candidate, points) as it lies in a ballot → (number, points): one object for all ballots that say the same."""

    def __init__(self, number_of: dict[str, str]):
        super().__init__()
        self.number_of = number_of

    def __missing__(self, item: tuple[str, int]) -> tuple[str, int]:
        made = self[item] = (self.number_of[item[0]], item[1])
        return made


def _council(everybody: dict[str, Candidate]) -> Counter:
    passed = Resolution.objects.filter(
        proposal__in=[each.proposal_id for each in everybody.values()], outcome=Resolution.Outcome.PASSED
    )
    in_favour = dict(passed.values_list("proposal", "in_favour"))
    return Counter({((number, 1),): in_favour.get(each.proposal_id, 0) for number, each in everybody.items()})


def _standing(raw: Counter, held: dict[str, Candidate], kind: str) -> Counter:
    """The ballots with only what stands on them, as `Election.of` reads them; those left empty are out. Uses `raw` up:
    of a city's ballots there is no room for two."""
    cast: Counter = Counter()
    while raw:
        listed, times = raw.popitem()
        if rest := tuple(pair for pair in listed if pair[0] in held):
            cast[rest if kind == "cumulative" else tuple(number for number, _points in rest)] += times
    return cast


def _votes(raw: Counter) -> Counter[str]:
    votes: Counter[str] = Counter()
    for listed, times in raw.items():
        for number, _points in listed:
            votes[number] += times
    return votes
