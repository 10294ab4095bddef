"""Where one voter's part of the money went, from what she says she chose: computed for the page and kept nowhere."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from projects.tally import queries
from projects.tally.count import share_in
from projects.tally.models import Tally
from projects.tally.rules import REASONS

HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Pick:
    """One project that she chose: what her part paid of it (fen), None where the rule has no parts."""

    title: str
    number: str
    cost: int
    votes: int
    chosen: bool
    paid: int | None
    reason: str


@dataclass(frozen=True)
class OwnShare:
    """Money in fen, rounded to whole fen. `share` is None under a rule without parts."""

    picks: list[Pick]
    share: int | None
    left: int | None

    @property
    def strip(self) -> list[dict[str, object]]:
        """Rows for the chart of her part; what is left over is the chart's rest."""
        return [{"label": each.title, "value": each.paid} for each in self.picks if each.paid]

    @property
    def won(self) -> int:
        return sum(each.chosen for each in self.picks)


def own_share_of(tally: Tally, chosen: Mapping[int, int]) -> OwnShare:
    """`chosen`: candidate id → points, as on the ballot."""
    numbers = dict(tally.slate.candidates.values_list("pk", "proposal__number"))
    points = {numbers[key]: given for key, given in chosen.items()}
    log = tally.result.get("log")
    found = share_in(log, points) if log else None
    paid = {number: _fen(amount) for number, amount in found.paid} if found else {}
    picks = [
        Pick(
            row.proposal.title,
            row.proposal.number,
            row.cost,
            row.votes,
            row.chosen,
            paid.get(row.proposal.number, 0) if found else None,
            _(REASONS[row.reason]),
        )
        for row in queries.lines_of(tally)
        if row.proposal.number in points
    ]
    if found is None:
        return OwnShare(picks, None, None)
    share = _fen(found.share)
    return OwnShare(picks, share, share - sum(paid.values()))


def _fen(yuan: Fraction) -> int:
    return math.floor(yuan * 100 + HALF)
