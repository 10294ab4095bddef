"""What a count returns: the outcome and the log of every step that led to it."""

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from projects.tally.count.ties import Tie

if TYPE_CHECKING:
    from projects.tally.count.shares import Settled


@dataclass(frozen=True, slots=True)
class Step:
    """One project taken up. Money in minor units.

    phase      "greedy", "shares" (bought by its supporters) or "completion" (taken by votes from what was left)
    left       budget left before this step
    taken      False: it did not fit what was left (greedy and completion only)
    price      shares: what one point of support cost; on approval ballots, what a supporter with enough money paid
    effective  shares: cost / price, the effective votes when it was chosen
    """

    at: int
    phase: str
    project: str
    cost: int
    left: int
    taken: bool
    price: Fraction | None = None
    effective: Fraction | None = None


@dataclass(frozen=True)
class Result:
    """Outcome of a count. `selected` is sorted by id, `order` is the order of selection, `total_cost` in minor units.

    certified   every comparison was decided exactly, or in float64 with a relative margin above 1e-9
    margin      the smallest relative margin where float64 decided; None where all arithmetic was exact
    endowment   Equal Shares: what each voter held at the start of the run that counts (minor units)
    runs        Equal Shares: how many endowments were tried
    excluded    project id -> the minimum it missed
    completed   the projects added by votes after Equal Shares, in order
    """

    rule: str
    selected: tuple[str, ...]
    order: tuple[str, ...]
    total_cost: int
    ties: tuple[Tie, ...]
    steps: tuple[Step, ...]
    certified: bool = True
    margin: float | None = None
    endowment: Fraction | None = None
    runs: int | None = None
    excluded: dict[str, str] | None = None
    completed: tuple[str, ...] = ()
    settled: "Settled | None" = None
