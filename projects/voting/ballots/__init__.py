"""The forms of ballot, each a file: what choices mean and what is wrong with them. Plain Python.

Choices are a mapping of candidate id to points (1 for a tick). Money is in fen (分).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType

from portal.refusals import Refusal
from portal.refusals import gettext_noop as _
from projects.voting.ballots import approval, knapsack, points

FORMS: dict[str, ModuleType] = {"approval": approval, "knapsack": knapsack, "points": points}


def fault_in(
    form: str, choices: Mapping[int, int], *, costs: Mapping[int, int], budget: int, rules: Mapping[str, object]
) -> Refusal | None:
    """What is wrong with these choices on a ballot of this form; None when they may be cast.

    `costs`: candidate id → fen, every candidate of the slate. An empty ballot is a withdrawal and always fine.
    """
    if not choices.keys() <= costs.keys():
        return Refusal("unknown_candidate", _("选票上有不在名单里的项目，请重新勾选。"), field="choices")
    if any(type(given) is not int or given < 1 for given in choices.values()):
        return Refusal("bad_points", _("票数要填大于零的整数。"), field="choices")
    return FORMS[form].fault_in(choices, costs=costs, budget=budget, rules=rules)
