"""Points: share a number of points over several projects; one project never takes them all."""

from __future__ import annotations

from collections.abc import Mapping

from portal.refusals import Refusal
from portal.refusals import gettext_noop as _


def fault_in(
    choices: Mapping[int, int], *, costs: Mapping[int, int], budget: int, rules: Mapping[str, object]
) -> Refusal | None:
    most, least = rules["points"], rules["points_over_at_least"]
    given = sum(choices.values())
    if given > most:
        return Refusal(
            "too_many_points",
            _("您一共投了 %(given)s 分，最多 %(most)s 分，请减少 %(over)s 分。"),
            {"given": given, "most": most, "over": given - most},
            field="choices",
        )
    if choices and len(choices) < min(least, len(costs)):
        return Refusal(
            "too_few_projects",
            _("请把分数投给至少 %(least)s 个项目。"),
            {"least": min(least, len(costs))},
            field="choices",
        )
    return None
