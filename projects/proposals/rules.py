"""Who may propose where, when a proposal may still be changed, what is missing. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from portal.refusals import Refusal
from portal.refusals import gettext_noop as _
from projects.proposals.standings import TITLES, Standing

PREFIX = "WSS"
EDITABLE = frozenset({Standing.LODGED})
WITHDRAWABLE = frozenset({Standing.LODGED, Standing.RETURNED, Standing.ACCEPTED, Standing.DEFERRED})
SUPPORTABLE = frozenset({Standing.LODGED, Standing.RETURNED, Standing.ACCEPTED, Standing.DEFERRED})
MOST_DRAFTS = 10  # of one person, so that nobody fills the table

# what a proposal must say before it can be lodged, and the sentence that asks for it
NEEDED = {
    "need": _("请说说现在有什么不方便。"),
    "title": _("请给提案起个名字。"),
    "wish": _("请说说您希望怎么办。"),
    "place": _("请写清楚地点。"),
    "beneficiaries": _("请写一写谁会受益。"),
    "category": _("请选一个类型。"),
}


def public_number(year: int, count: int) -> str:
    """WSS-2026-000123. Errors: ValueError for a count that is not positive."""
    if count < 1:
        raise ValueError("the count starts at one")
    return f"{PREFIX}-{year}-{count:06d}"


def objection_to_drafting(*, lives_here: bool, drafts: int) -> Refusal | None:
    """May somebody begin a draft? Living there is enough; it need not be verified yet."""
    if not lives_here:
        return Refusal(
            "not_living_here",
            _("提案要由住在本社区的居民提出，您还没有登记住在这里。"),
            next=_("请先在“我的”里登记居住的社区。"),
            status=403,
        )
    if drafts >= MOST_DRAFTS:
        return Refusal("too_many_drafts", _("您已经有 %(count)s 份草稿，请先提交或删除几份。"), {"count": drafts})
    return None


def objection_to_lodger(*, lives_here: bool, proved: bool) -> Refusal | None:
    """May this person's draft be lodged now?"""
    if lives_here and not proved:
        return Refusal(
            "residency_not_proved",
            _("您的居住信息还没有核实，暂时不能提交。草稿已经保存好了。"),
            next=_("请带身份证明或租住合同到社区党群服务中心核实，核实后回到这里就能提交。"),
            status=403,
        )
    return objection_to_drafting(lives_here=lives_here, drafts=0)


def objection_to_window(*, opens_at: datetime | None, closes_at: datetime | None, at: datetime) -> Refusal | None:
    """Is the call open at this instant of the database's clock? Both ends count."""
    if opens_at is None or closes_at is None or at < opens_at:
        return Refusal("call_not_open", _("征集还没有开始。草稿可以先写好。"), until=opens_at)
    if at > closes_at:
        return Refusal(
            "call_closed", _("这一批的征集已经结束，不能再提交。"), next=_("草稿会留着，下一批开始时可以再用。")
        )
    return None


def missing_from(answers: Mapping[str, object]) -> list[Refusal]:
    """What a proposal does not say yet, each at its field, in the order of the questions."""
    return [Refusal(f"{name}_missing", text, field=name) for name, text in NEEDED.items() if not answers.get(name)]


def objection_to_costs(items: Iterable[tuple[int, int]], estimate: int | None) -> Refusal | None:
    """Do the lines (quantity, unit price in fen) fit the estimate? Without an estimate their sum is taken."""
    total = sum(quantity * price for quantity, price in items)
    if estimate is not None and total > estimate:
        return Refusal(
            "costs_above_estimate",
            _("费用明细加起来是 %(total)s 元，比估算金额多，请改一改。"),
            {"total": f"{total / 100:,.2f}".removesuffix(".00")},
            field="estimate",
        )
    return None


def objection_to_edit(*, standing: str, correct_by: date | None, today: date) -> Refusal | None:
    """May the author's words be changed now? A draft always, a lodged one until screening, a returned one in time."""
    if standing == Standing.DRAFT or standing in EDITABLE:
        return None
    if standing == Standing.RETURNED:
        return objection_to_correction(standing=standing, correct_by=correct_by, today=today)
    return Refusal(
        "already_screened",
        _("这份提案现在是“%(standing)s”，内容不能再改了。"),
        {"standing": TITLES[Standing(standing)]},
    )


def objection_to_correction(*, standing: str, correct_by: date | None, today: date) -> Refusal | None:
    """May a correction be handed in today? The last day counts."""
    if standing != Standing.RETURNED:
        return Refusal(
            "nothing_to_correct",
            _("这份提案现在是“%(standing)s”，不需要补正。"),
            {"standing": TITLES[Standing(standing)]},
        )
    if correct_by and today > correct_by:
        return Refusal(
            "correction_too_late", _("补正期限 %(day)s 已过。"), {"day": f"{correct_by:%Y-%m-%d}"}, until=correct_by
        )
    return None


def objection_to_withdrawal(*, standing: str) -> Refusal | None:
    if standing in WITHDRAWABLE:
        return None
    return Refusal(
        "too_late_to_withdraw",
        _("这份提案现在是“%(standing)s”，不能撤回了。"),
        {"standing": TITLES[Standing(standing)]},
    )


def objection_to_support(*, standing: str, own: bool) -> Refusal | None:
    if own:
        return Refusal("own_proposal", _("这是您自己的提案，不用再点支持。"), status=403)
    if standing not in SUPPORTABLE:
        return Refusal(
            "not_supportable",
            _("这份提案现在是“%(standing)s”，不再接受支持。"),
            {"standing": TITLES[Standing(standing)]},
        )
    return None


def objection_to_proxy(*, own: bool, paper_ref: str) -> Refusal | None:
    """May a worker correct or withdraw for the proposer? Only what came on paper."""
    if own or paper_ref:
        return None
    return Refusal("not_on_paper", _("网上提交的提案由提案人本人办理。"), status=403)
