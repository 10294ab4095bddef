"""The rules of a round: what may be set, the defaults, and what is wrong with a set. Plain Python.

Amounts are in fen (分). Days carry their unit in the name or in a `_unit` beside them. Values marked [D] in the
comments are the portal's defaults, not law; a district may set its own and no page presents them as law.
"""

from __future__ import annotations

from collections.abc import Mapping

from portal.refusals import Refusal
from portal.refusals import gettext_noop as _

WORKING, CALENDAR = "working", "calendar"
SHORTLIST, CONFIRM, COUNCIL_ONLY = "shortlist", "confirm", "council"

DEFAULTS: Mapping[str, object] = {
    # caps per project, "as a rule" (原则上): a warning and a recorded override, never a validation error
    "caps": {"services": 200_000_00, "goods": 500_000_00, "works": 500_000_00},
    # screening: answer within, and time for a correction [D]
    "screening_days": 5,
    "screening_unit": WORKING,
    "correction_days": 5,
    "correction_unit": WORKING,
    # an appeal against a rejection: to be lodged within, and answered within [D]
    "appeal_days": 5,
    "appeal_unit": WORKING,
    "appeal_answer_days": 5,
    # council: items per meeting are heard one by one; the thresholds are the council's charter's
    "agenda_days": 3,
    "agenda_unit": CALENDAR,
    # council members vote in secret: only the counts are published, and nothing joins a vote to a member
    "council_secret": False,
    # how the council and the residents decide together (COMBINATIONS)
    "combine": "shortlist",
    # residents' vote [D]
    "ballot": "approval",
    "max_choices": 10,
    "advised_choices": 3,
    "points": 10,
    "points_over_at_least": 3,
    # the count
    "counting_rule": "mes_cost_add1u",
    "least_votes": 1,
    # public notice: 5 days in Luohu, 3 in Haikou; answer in 5 working days [D]
    "notice_days": 5,
    "notice_unit": WORKING,
    "objection_days": 5,
    "objection_unit": WORKING,
    # street approval [D]
    "approval_days": 10,
    "approval_unit": WORKING,
    "second_signature_from": 300_000_00,
    "refill": True,
    # procurement [D], fen: from these amounts three quotes, or a public purchase
    "quotes_from": 50_000_00,
    "tender_from": 1_000_000_00,
    # contracts of one provider in one community within these days, each this near a limit, are shown as a warning [D]
    "splitting_days": 90,
    "splitting_near_percent": 80,
    # instalments, per cent of the contract [D]: at most this in advance; the balance waits for the residents' scores
    "advance_percent": 30,
    "balance_percent": 10,
    # 质保金, per cent of a works contract kept until the warranty is over; 0 keeps nothing, and rounds frozen before say nothing
    "retention_percent": 0,
    "retention_days": 365,
    # one provider with at least so many contracts and this share of a street's contracted money in a year is shown [D]
    "concentration_percent": 40,
    "concentration_contracts": 3,
    # delivery [D], calendar days; a problem report is answered in working days
    "start_within_days": 60,
    "stalled_after_days": 45,
    "problem_days": 5,
    "problem_unit": WORKING,
    # acceptance [D]: residents on the panel; more than this share of the marks accepts; the proposer's time to sign
    "panel_residents": 2,
    "panel_over_percent": 50,
    "proposer_days": 10,
    "proposer_unit": WORKING,
    # evaluation [D]: open for these calendar days; a mean below this (1–5) holds the balance payment
    "evaluation_days": 14,
    "low_score": 3.0,
    # the district's indicators, when every one is scored: below this share of the points the balance is held as well
    "low_indicator_percent": 60,
}


def complete(rules: Mapping[str, object]) -> dict[str, object]:
    """The rules with every missing setting filled from the defaults."""
    return {**DEFAULTS, **rules}


def objection_to_cancelled(*, cancelled: bool) -> Refusal | None:
    """Nothing is done any more in a round that was cancelled; its history stays."""
    if cancelled:
        return Refusal("round_cancelled", _("这个批次已经取消，不再受理。"))
    return None


def combination_without(unused: tuple[str, ...]) -> str | None:
    """The combination that goes without exactly these stages; None when there is none."""
    return next((key for key, stages in UNUSED.items() if set(stages) == set(unused)), None)


UNITS = {WORKING: _("个工作日"), CALENDAR: _("个自然日")}
BALLOTS = {
    "approval": _("勾选支持的项目，可选多项"),
    "knapsack": _("在额度内选项目，总额不超过社区额度"),
    "points": _("把分数投给支持的项目"),
}
COMBINATIONS = {
    SHORTLIST: _("议事会先评议，居民再投票决定"),
    CONFIRM: _("居民先投票，议事会再逐项确认"),
    COUNCIL_ONLY: _("不设居民投票，由议事会评议决定"),
}
# combination: the optional stages that it goes without
UNUSED: Mapping[str, tuple[str, ...]] = {SHORTLIST: (), CONFIRM: ("deliberation",), COUNCIL_ONLY: ("voting",)}
COUNTING_RULES = {
    "mes_cost_add1u": _("均等份额法：每位投票人支配同样多的钱"),
    "greedy_votes": _("按得票从多到少，额度内依次入选"),
}
MOST_FEN = 100_000_000_00
# setting: (least, most)
RANGES: Mapping[str, tuple[int, int]] = {
    **dict.fromkeys(("screening_days", "correction_days", "notice_days", "objection_days", "approval_days"), (1, 60)),
    "agenda_days": (0, 30),
    "max_choices": (1, 50),
    "advised_choices": (1, 50),
    "points": (1, 100),
    "points_over_at_least": (1, 20),
    "least_votes": (0, 100_000),
    "second_signature_from": (1, MOST_FEN),
    "start_within_days": (1, 365),
    "stalled_after_days": (1, 365),
    "quotes_from": (1, MOST_FEN),
    "tender_from": (1, MOST_FEN),
    "splitting_days": (1, 365),
    "splitting_near_percent": (1, 100),
    "advance_percent": (0, 90),
    "balance_percent": (0, 50),
    "retention_percent": (0, 10),
    "retention_days": (1, 1825),
    "concentration_percent": (10, 100),
    "concentration_contracts": (2, 50),
    "problem_days": (1, 60),
    "panel_residents": (2, 15),
    "panel_over_percent": (50, 99),
    "proposer_days": (1, 60),
    "evaluation_days": (1, 90),
    "low_indicator_percent": (0, 100),
}
# stage: (days, unit) that the calendar of a new round gives it [D]; the notice lasts what its rule promises
MEETING_DAYS = (14, CALENDAR)
LENGTHS: Mapping[str, tuple[int, str]] = {
    "proposals": (30, CALENDAR),
    "screening": (5, WORKING),
    "deliberation": MEETING_DAYS,
    "voting": (14, CALENDAR),
    "tally": (2, WORKING),
    "publicity": (5, WORKING),
    "approval": (10, WORKING),
}


def fault_in(rules: Mapping[str, object]) -> list[Refusal]:
    """What is wrong with a set of rules, each fault at its field; empty when the set can be frozen."""
    rules = complete(rules)
    faults = [_range_fault(key, rules[key], *limits) for key, limits in RANGES.items()]
    for kind, cap in dict(rules["caps"]).items():
        faults.append(_range_fault(f"cap_{kind}", cap, 1, MOST_FEN, code="cap_out_of_range"))
    for key in rules:
        if key.endswith("_unit") and rules[key] not in UNITS:
            faults.append(Refusal("unit_unknown", _("选择按工作日还是自然日计算"), field=key))
    if rules["ballot"] not in BALLOTS:
        faults.append(Refusal("ballot_unknown", _("选择一种投票方式"), field="ballot"))
    if rules["combine"] not in COMBINATIONS:
        faults.append(Refusal("combination_unknown", _("选择议事会和居民怎样共同决定"), field="combine"))
    if rules["counting_rule"] not in COUNTING_RULES:
        faults.append(Refusal("counting_rule_unknown", _("选择一种计票办法"), field="counting_rule"))
    if not any(faults) and rules["advised_choices"] > rules["max_choices"]:
        faults.append(
            Refusal("advice_over_limit", _("建议至少选的项数不能多于最多可选的项数"), field="advised_choices")
        )
    return [fault for fault in faults if fault]


def _range_fault(key: str, value: object, least: int, most: int, code: str = "out_of_range") -> Refusal | None:
    if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
        return None
    if most == MOST_FEN:
        return Refusal(code, _("填写大于 0、不超过 1 亿元的金额"), field=key)
    return Refusal(code, _("填写 %(least)s 到 %(most)s 之间的整数"), {"least": least, "most": most}, field=key)
