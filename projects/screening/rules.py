"""What a finding needs, who may make it, when it may be appealed and by whom decided. Plain Python."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.refusals import Refusal
from portal.refusals import gettext_noop as _
from projects.proposals.standings import TITLES, Standing

NEAR = frozenset({"proposals", "screening", "deliberation"})
MERGE_INTO = frozenset({Standing.LODGED, Standing.ACCEPTED, Standing.DEFERRED})
LONGEST_CORRECTION = 60  # calendar days
LEAST_REASON = 4
MOST_FILTERS = 12


class Verdict(StrEnum):
    ACCEPTED = "accepted"
    RETURNED = "returned"
    REJECTED = "rejected"
    REDIRECTED = "redirected"
    MERGED = "merged"


STANDING_AFTER = {
    Verdict.ACCEPTED: Standing.ACCEPTED,
    Verdict.RETURNED: Standing.RETURNED,
    Verdict.REJECTED: Standing.REJECTED,
    Verdict.REDIRECTED: Standing.REDIRECTED,
    Verdict.MERGED: Standing.MERGED,
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A finding before it is written. Amounts in fen; `merged_into` is a public number."""

    outcome: str
    reason: str = ""
    codes: tuple[str, ...] = ()
    positive: str = ""
    category: str = ""
    content_class: str = ""
    estimate: int | None = None
    correct_by: date | None = None
    department: str = ""
    merged_into: str = ""


def objection_to_screener(*, screener: int, proposer: int, entered_by: int | None) -> Refusal | None:
    """Separation of duties: whoever proposed, or typed the paper in, does not screen."""
    if screener == proposer:
        return Refusal("own_proposal_screened", _("这是您自己提的，初审要由另一位同事办理。"), status=403)
    if screener == entered_by:
        return Refusal("own_entry_screened", _("这份是您代录的，初审要由另一位同事办理。"), status=403)
    return None


def objection_to_screening(*, standing: str) -> Refusal | None:
    """Only what waits for screening is screened; a decision that stands is not made twice."""
    if standing == Standing.LODGED:
        return None
    return Refusal(
        "not_waiting",
        _("这份提案现在是“%(standing)s”，不在待初审之列。"),
        {"standing": TITLES[Standing(standing)]},
        next=_("请刷新页面查看最新情况。"),
    )


def fault_in(draft: Draft, *, known: Set[str], kinds: Set[str], today: date) -> Refusal | None:
    """What a finding lacks, at the field that lacks it. `known` and `kinds` are the codes that may be chosen."""
    if draft.outcome not in set(Verdict):
        return Refusal("outcome_missing", _("请选一个初审结论。"), field="outcome")
    if draft.outcome != Verdict.ACCEPTED and len(draft.reason.strip()) < LEAST_REASON:
        return Refusal("reason_missing", _("请写明理由，提案人和公众会看到这段话。"), field="reason")
    return {
        Verdict.ACCEPTED: lambda: _fault_in_acceptance(draft, kinds),
        Verdict.RETURNED: lambda: _fault_in_return(draft, today),
        Verdict.REJECTED: lambda: _fault_in_rejection(draft, known),
        Verdict.REDIRECTED: lambda: _fault_in_redirection(draft),
        Verdict.MERGED: lambda: _fault_in_merger(draft),
    }[Verdict(draft.outcome)]()


def _fault_in_acceptance(draft: Draft, kinds: Set[str]) -> Refusal | None:
    if not draft.category:
        return Refusal("category_missing", _("请选类型。"), field="category")
    if not draft.content_class:
        return Refusal("content_class_missing", _("请选内容类别。"), field="content_class")
    if not draft.estimate or draft.estimate < 1:
        return Refusal("estimate_missing", _("请核定金额，议事会和投票要用。"), field="estimate")
    if draft.positive and draft.positive not in kinds:
        return Refusal("positive_unknown", _("请在正面清单里选一项。"), field="positive")
    return None


def _fault_in_return(draft: Draft, today: date) -> Refusal | None:
    if draft.correct_by is None:
        return Refusal("correct_by_missing", _("请写补正期限。"), field="correct_by")
    if not 0 < (draft.correct_by - today).days <= LONGEST_CORRECTION:
        return Refusal(
            "correct_by_out_of_range",
            _("补正期限要在明天到 %(days)d 天之内。"),
            {"days": LONGEST_CORRECTION},
            field="correct_by",
        )
    return None


def _fault_in_rejection(draft: Draft, known: Set[str]) -> Refusal | None:
    if not draft.codes:
        return Refusal("codes_missing", _("不予通过要至少选一条负面清单。"), field="codes")
    if not set(draft.codes) <= known:
        return Refusal("codes_unknown", _("请在负面清单里选。"), field="codes")
    return None


def _fault_in_redirection(draft: Draft) -> Refusal | None:
    if draft.department.strip():
        return None
    return Refusal("department_missing", _("请写明转给哪个部门。"), field="department")


def _fault_in_merger(draft: Draft) -> Refusal | None:
    if draft.merged_into.strip():
        return None
    return Refusal("merged_into_missing", _("请写并入的提案编号。"), field="merged_into")


def objection_to_target(*, same: bool, found: bool, together: bool, standing: str) -> Refusal | None:
    """May a proposal be merged into this one? `together`: the same round and community."""
    if not found or same or not together:
        return Refusal(
            "merged_into_unknown", _("没有找到同批次、同社区的另一份提案，请核对编号。"), field="merged_into"
        )
    if standing not in MERGE_INTO:
        return Refusal(
            "merged_into_closed",
            _("那份提案现在是“%(standing)s”，不能再并入。"),
            {"standing": TITLES[Standing(standing)]},
            field="merged_into",
        )
    return None


def cap_for(caps: Mapping[str, int], category: str) -> int | None:
    """The cap of a category in fen; None when the round sets none."""
    cap = caps.get(category)
    return int(cap) if cap else None


def objection_to_cap(*, estimate: int | None, cap: int | None, allowed_up_to: int | None) -> Refusal | None:
    """Above the cap ("原则上") only with the street's recorded override for at least this amount."""
    if cap is None or estimate is None or estimate <= cap:
        return None
    if allowed_up_to is not None and estimate <= allowed_up_to:
        return None
    return Refusal(
        "over_cap",
        _("金额超过本批次原则上的上限 %(cap)s 元，要由街道工作人员写明理由准许后才能通过。"),
        {"cap": f"{cap / 100:,.2f}".removesuffix(".00")},
        field="estimate",
    )


def objection_to_override(*, estimate: int, cap: int | None, standing: str) -> Refusal | None:
    if cap is None or estimate <= cap:
        return Refusal("under_cap", _("这个金额没有超过上限，不需要准许。"), field="estimate")
    return objection_to_screening(standing=standing)


def objection_to_appeal(*, standing: str, appealed: bool, today: date, last: date) -> Refusal | None:
    """A rejection may be appealed once, until the last day."""
    if appealed:
        return Refusal("appealed_already", _("复核只能申请一次，您已经申请过了。"))
    if standing != Standing.REJECTED:
        return Refusal(
            "nothing_to_appeal",
            _("这份提案现在是“%(standing)s”，不能申请复核。"),
            {"standing": TITLES[Standing(standing)]},
        )
    if today > last:
        return Refusal("appeal_too_late", _("申请复核的期限 %(day)s 已过。"), {"day": f"{last:%Y-%m-%d}"}, until=last)
    return None


def objection_to_judge(
    *, judge: int, screener: int | None, proposer: int, entered_by: int | None, decided: bool
) -> Refusal | None:
    """Somebody else than the screener and the proposer decides the appeal, once."""
    if decided:
        return Refusal("decided_already", _("这份复核申请已经有结果了。"))
    if judge == screener:
        return Refusal("screener_judges", _("初审是您办的，复核要由另一位同事决定。"), status=403)
    return objection_to_screener(screener=judge, proposer=proposer, entered_by=entered_by)


def mentioned(text: str, names: Mapping[int, str]) -> set[int]:
    """The colleagues whose name follows an @ in a note; the longer of two names wins where both fit."""
    found: set[int] = set()
    by_length = sorted(names.items(), key=lambda item: -len(item[1]))
    for part in text.replace("＠", "@").split("@")[1:]:
        fitting = next((name for _number, name in by_length if name and part.startswith(name)), "")
        found |= {number for number, name in names.items() if fitting and name == fitting}
    return found


def objection_to_filter(*, title: str, held: Set[str]) -> Refusal | None:
    if title not in held and len(held) >= MOST_FILTERS:
        return Refusal("filters_full", _("最多存 %(most)d 个常用筛选，请先删掉一个。"), {"most": MOST_FILTERS}, field="title")
    return None


def objection_to_assignee(*, works_there: bool) -> Refusal | None:
    if works_there:
        return None
    return Refusal("not_a_colleague", _("这位同事不在其中一件提案的社区工作，请重新选择。"), field="person")
