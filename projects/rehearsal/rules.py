"""What a rehearsal votes on, and ballots for test people who did not come. Plain Python."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from portal.refusals import Refusal
from portal.refusals import gettext_noop as _

LEAST_PEOPLE, MOST_PEOPLE = 3, 60
LEAST_PROJECTS, MOST_PROJECTS = 3, 40
CODE_SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXY"
CODE_LENGTH = 8
EXAMPLES = (10, 15, 20, 30, 35, 50)  # per cent of the envelope
HUNDRED_YUAN = 100_00


def objection_to_starting(*, people: int, stands: bool) -> Refusal | None:
    if stands:
        return Refusal("rehearsal_stands", _("这个社区已经有一次演练，请先清除，再重新开始。"))
    if not LEAST_PEOPLE <= people <= MOST_PEOPLE:
        limits = {"least": LEAST_PEOPLE, "most": MOST_PEOPLE}
        return Refusal("people_out_of_range", _("测试人员要 %(least)s 到 %(most)s 人。"), limits, field="people")
    return None


def objection_to_trying(*, counted: bool) -> Refusal | None:
    if counted:
        return Refusal("rehearsal_counted", _("这次演练已经计票，不能再试投。"))
    return None


def objection_to_gone(*, stands: bool) -> Refusal | None:
    if not stands:
        return Refusal("rehearsal_gone", _("这次演练已经清除。"))
    return None


def example_costs(budget: int) -> list[int]:
    """Costs of invented projects (fen), a share of the envelope each, in whole hundreds of yuan."""
    return [max(HUNDRED_YUAN, budget * share // 100 // HUNDRED_YUAN * HUNDRED_YUAN) for share in EXAMPLES]


def read_code(text: str) -> str:
    """A test person's code as it is typed; "" when it is none."""
    plain = text.upper().replace(" ", "").replace("-", "")
    return plain if len(plain) == CODE_LENGTH and all(sign in CODE_SIGNS for sign in plain) else ""


def invented_ballot(
    form: str, costs: Mapping[int, int], *, budget: int, rules: Mapping, chance: random.Random
) -> dict[int, int]:
    """A ballot by lot that keeps the limits of its form."""
    order = chance.sample(sorted(costs), len(costs))
    if form == "points":
        return _points(order, most=rules["points"], least=rules["points_over_at_least"], chance=chance)
    if form == "knapsack":
        return dict.fromkeys(_fitting(order, costs, budget), 1)
    return dict.fromkeys(order[: chance.randint(1, min(rules["max_choices"], len(order)))], 1)


def _fitting(order: Sequence[int], costs: Mapping[int, int], budget: int) -> list[int]:
    taken: list[int] = []
    for each in order:
        if costs[each] <= budget:
            taken.append(each)
            budget -= costs[each]
    return taken


def _points(order: Sequence[int], *, most: int, least: int, chance: random.Random) -> dict[int, int]:
    chosen = order[: min(len(order), max(least, 1))]
    given = dict.fromkeys(chosen, 1)
    for _point in range(most - len(chosen)):
        given[chance.choice(chosen)] += 1
    return given if sum(given.values()) <= most else {}
