"""The rules by name. Definitions: `docs/counting.md`; each family has its own file."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from projects.tally.count.rules.add1 import add1, add1_integral
from projects.tally.count.rules.equal_shares import equal_shares
from projects.tally.count.rules.greedy_no_skip import greedy_no_skip
from projects.tally.count.rules.greedy_ratio import greedy_ratio
from projects.tally.count.rules.greedy_votes import greedy_votes

SIMPLE = {"greedy_votes": greedy_votes, "greedy_ratio": greedy_ratio, "greedy_no_skip": greedy_no_skip}
SHARES = re.compile(r"mes_(?P<by>cost|card)(?P<more>_util|_add1u|_add1)?(?:(?<=1|u)_inc(?P<step>[1-9]\d*))?")


class UnknownRule(ValueError):
    """No such rule."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule ready to count. `threshold`: it needs a minimum score. `steps`: it takes an increment."""

    name: str
    run: Callable
    threshold: bool = False
    increment: Fraction | None = None
    steps: bool = False


def named(name: str) -> Rule:
    """The rule of that name. Raises UnknownRule.

    greedy_votes, greedy_ratio, greedy_no_skip, each also with `_threshold`;
    mes_cost, mes_card, each also with `_util`, `_add1`, `_add1u`, `_add1_incK`, `_add1u_incK`;
    mes_cost_add1_integral_noexh.
    """
    simple, threshold = name.removesuffix("_threshold"), name.endswith("_threshold")
    if simple in SIMPLE:
        return Rule(name, SIMPLE[simple], threshold)
    if name == "mes_cost_add1_integral_noexh":
        return Rule(name, add1_integral, steps=True)
    match = SHARES.fullmatch(name)
    if not match:
        raise UnknownRule(f"unknown rule {name!r}")
    per_cost, more = match["by"] == "cost", match["more"] or ""
    step = Fraction(match["step"]) if match["step"] else None
    search = add1 if more.startswith("_add1") else equal_shares

    def run(*args, **kwargs):
        return search(*args, per_cost=per_cost, complete=more in ("_util", "_add1u"), **kwargs)

    return Rule(name, run, increment=step, steps=search is add1)


NAMES = (
    *SIMPLE, *(f"{name}_threshold" for name in SIMPLE),
    *(f"mes_{by}{more}" for by in ("cost", "card") for more in ("", "_util", "_add1", "_add1u")),
    "mes_cost_add1_integral_noexh",
)  # fmt: skip
