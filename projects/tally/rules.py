"""The words of a count, and the order of a result. Plain Python."""

from __future__ import annotations

from portal.refusals import gettext_noop as _

RULE_TITLES = {
    "greedy_votes": _("按得票排序"),
    "mes_cost_add1u": _("均等份额法"),
}

# the rule that is computed beside, for comparison
BESIDE = {"greedy_votes": "mes_cost_add1u", "mes_cost_add1u": "greedy_votes"}

RULE_SENTENCES = {
    "greedy_votes": _("按得票从多到少依次入选；剩下的钱不够时跳过，看下一项，直到额度用完。"),
    "mes_cost_add1u": _("每张选票先分到同样多的钱，由支持者一起出资；钱够的项目入选，剩下的钱再按得票补选。"),
}

COUNCIL_SENTENCE = _("这一批次不设居民投票，按议事会赞成票从多到少依次入选，直到额度用完。")

TIE_WORDS = {
    "cost": _("金额低的优先"),
    "votes": _("得票多的优先"),
    "lot": _("按事先公布的抽签数"),
    "id": _("按编号"),
}

REASONS = {
    "chosen": _("入选"),
    "settled": _("已经批准，保留"),
    "too_dear": _("轮到它时，剩下的钱不够"),
    "too_little_money": _("支持者手里的钱凑不够"),
    "excluded": _("没有达到最低得票"),
    "left_out": _("议事会没有确认、异议成立或审批未通过，不再参加计票"),
    "not_reached": _("没有得到足够的支持"),
}


def public_order(lines: list[dict]) -> list[dict]:
    """Chosen first, each half by votes, then cost, then number. A line has chosen, votes, cost, number."""
    return sorted(lines, key=lambda line: (not line["chosen"], -line["votes"], line["cost"], line["number"]))
