"""Approval: tick every project that you would like, up to a limit."""

from __future__ import annotations

from collections.abc import Mapping

from portal.refusals import Refusal
from portal.refusals import gettext_noop as _


def fault_in(
    choices: Mapping[int, int], *, costs: Mapping[int, int], budget: int, rules: Mapping[str, object]
) -> Refusal | None:
    if any(given != 1 for given in choices.values()):
        return Refusal("one_tick_each", _("每个项目只能选一次。"), field="choices")
    most = rules["max_choices"]
    if len(choices) > most:
        return Refusal(
            "too_many",
            _("您选了 %(count)s 项，最多可以选 %(most)s 项，请去掉 %(over)s 项。"),
            {"count": len(choices), "most": most, "over": len(choices) - most},
            field="choices",
        )
    return None
