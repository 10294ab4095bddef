"""Knapsack: fill the community's envelope yourself; the chosen projects together must fit."""

from __future__ import annotations

from collections.abc import Mapping

from portal.refusals import Refusal
from portal.refusals import gettext_noop as _


def fault_in(
    choices: Mapping[int, int], *, costs: Mapping[int, int], budget: int, rules: Mapping[str, object]
) -> Refusal | None:
    if any(given != 1 for given in choices.values()):
        return Refusal("one_tick_each", _("每个项目只能选一次。"), field="choices")
    total = sum(costs[candidate] for candidate in choices)
    if total > budget:
        return Refusal(
            "over_budget",
            _("您选的项目一共 %(total)s 万元，超出资金额度 %(over)s 万元，请去掉一些。"),
            {"total": _wan(total), "over": _wan(total - budget)},
            field="choices",
        )
    return None


def _wan(fen: int) -> str:
    return f"{fen / 1_000_000:.2f}".rstrip("0").rstrip(".")
