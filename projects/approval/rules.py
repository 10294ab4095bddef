"""The street's approval: the three gates, who may decide, when two must sign, what the envelope bears. Plain Python.

Amounts are in fen (分). The second signature is needed from the threshold on: the threshold itself is included (以上).
"""

from __future__ import annotations

from collections.abc import Mapping, Set

from portal.refusals import Refusal
from portal.refusals import gettext_noop as _

APPROVE, CONDITIONS, LOWER, REFUSE = "approve", "conditions", "lower", "refuse"
VERDICTS = (APPROVE, CONDITIONS, LOWER, REFUSE)
YES, NO = "yes", "no"
GATES = {
    "scope": _("属于民生微实事范围，不在负面清单里"),
    "project": _("内容、地点和金额清楚可行，没有重复建设"),
    "procedure": _("初审、评议、投票和公示的程序齐全"),
}


def objection_to_gates(gates: Mapping[str, str], verdict: str) -> Refusal | None:
    """Each gate is answered; an item that fails one can only be refused."""
    for gate in GATES:
        if gates.get(gate) not in (YES, NO):
            return Refusal("gate_open", _("三项审核都要选“符合”或“不符合”。"), field=gate)
    if verdict != REFUSE and NO in gates.values():
        return Refusal(
            "gate_failed", _("有一项审核不符合，不能批准，"), next=_("请选“不批准”并写明理由。"), field="verdict"
        )
    return None


def objection_to_verdict(
    verdict: str, *, amount: int | None, asked: int, conditions: str, reason: str
) -> Refusal | None:
    if verdict not in VERDICTS:
        return Refusal("verdict_missing", _("请选择审批决定。"), field="verdict")
    if verdict == CONDITIONS and not conditions.strip():
        return Refusal("conditions_missing", _("请写明批准的条件，条件会公开。"), field="conditions")
    if verdict == LOWER and not (amount and 0 < amount < asked):
        return Refusal("amount_not_lower", _("核减后的金额要大于 0，并小于申报金额。"), field="amount")
    if verdict in (LOWER, REFUSE) and not reason.strip():
        return Refusal("reason_missing", _("请写明理由，提案人和居民都会看到。"), field="reason")
    return None


def granted(verdict: str, *, amount: int | None, asked: int) -> int:
    """The amount that a verdict grants."""
    if verdict == REFUSE:
        return 0
    return amount if verdict == LOWER and amount else asked


def objection_to_decider(decider: int, *, proposer: int, council: Set[int], screeners: Set[int]) -> Refusal | None:
    """Separation of duties: who proposed, screened or debated an item does not approve it."""
    if decider == proposer:
        return Refusal("own_item", _("您是这一项的提案人，不能审批，请由其他人办理。"), status=403)
    if decider in council:
        return Refusal("on_council", _("您参加过本社区议事会评议，不能再审批，请由其他人办理。"), status=403)
    if decider in screeners:
        return Refusal("screened_it", _("您做过这一项的初审，不能再审批，请由其他人办理。"), status=403)
    return None


def needs_second(verdict: str, amount: int, *, threshold: int) -> bool:
    return verdict != REFUSE and amount >= threshold


def objection_to_second(
    *, needed: bool, signed: bool, signer: int, decider: int, agrees: bool, reason: str
) -> Refusal | None:
    if not needed:
        return Refusal("no_second_needed", _("这一项不需要复核签字。"))
    if signed:
        return Refusal("already_signed", _("这一项已经复核。"))
    if signer == decider:
        return Refusal("same_person", _("复核要由另一位街道工作人员办理。"), status=403)
    if not agrees and not reason.strip():
        return Refusal("reason_missing", _("请写明为什么不同意，以便重新审批。"), field="reason")
    return None


def objection_to_sum(*, approved: int, amount: int, envelope: int, left_said: str) -> Refusal | None:
    """Does the envelope still bear this amount? `left_said` is what is left, in words."""
    if approved + amount <= envelope:
        return None
    return Refusal(
        "over_envelope",
        _("本社区额度只剩%(left)s，批准后会超出，"),
        {"left": left_said},
        field="amount",
        next=_("请核减金额或不批准。"),
    )


def objection_to_refill_answer(
    *, declined: int, undecided: int, candidates: int, refill: bool, reason: str
) -> Refusal | None:
    """May the officer say now whether the refused items' money goes to the next in line?"""
    if undecided:
        return Refusal("undecided_left", _("还有 %(count)s 项没有审批完，审批完再决定是否递补。"), {"count": undecided})
    if not declined:
        return Refusal("nothing_declined", _("没有待处理的退回资金，不用决定递补。"))
    if refill and not candidates:
        return Refusal("nobody_in_line", _("没有可以递补的提案。"))
    if not reason.strip():
        return Refusal("reason_missing", _("请写明理由，理由会公开。"), field="reason")
    return None
