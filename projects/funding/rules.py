"""Money: which route a purchase takes, what a contract or payment may be, what settlement needs. Plain Python.

Amounts are in fen (分). Percentages and day counts come from the frozen rules of the round; they are the portal's
defaults [D] unless a district set its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.refusals import Refusal
from portal.refusals import gettext_noop as _


class Route(StrEnum):
    """How a provider is found, from the plainest to the strictest."""

    DIRECT = "direct"
    QUOTES = "quotes"
    TENDER = "tender"


class Instalment(StrEnum):
    ADVANCE = "advance"
    PROGRESS = "progress"
    BALANCE = "balance"
    RETENTION = "retention"


ROUTES = {Route.DIRECT: _("直接委托"), Route.QUOTES: _("三家比选"), Route.TENDER: _("公开采购")}
INSTALMENTS = {
    Instalment.ADVANCE: _("预付款"),
    Instalment.PROGRESS: _("进度款"),
    Instalment.BALANCE: _("尾款"),
    Instalment.RETENTION: _("质保金"),
}
STRICTNESS = tuple(Route)
EARLIEST = {Instalment.ADVANCE: 0, Instalment.PROGRESS: 1, Instalment.BALANCE: 3, Instalment.RETENTION: 3}
WAY = ("funding", "delivery", "acceptance", "evaluation", "done")


@dataclass(frozen=True, slots=True)
class Standing:
    """What one contract has seen so far: its amount, and what is asked for or paid, without refused requests."""

    amount: int
    advances: int = 0
    before_balance: int = 0
    committed: int = 0
    retained: int = 0
    retention: int = 0

    @property
    def left(self) -> int:
        """What may still be asked for, without what the warranty keeps."""
        return self.amount - self.retained - (self.committed - self.retention)


def route_for(amount: int, *, quotes_from: int, tender_from: int) -> Route:
    """The plainest route that this amount may take."""
    if amount >= tender_from:
        return Route.TENDER
    return Route.QUOTES if amount >= quotes_from else Route.DIRECT


def objection_to_route(route: str, amount: int, *, quotes_from: int, tender_from: int) -> Refusal | None:
    """A stricter route is always possible, a plainer one never."""
    least = route_for(amount, quotes_from=quotes_from, tender_from=tender_from)
    if STRICTNESS.index(Route(route)) >= STRICTNESS.index(least):
        return None
    return Refusal(
        "route_too_plain",
        _("这个金额至少要用“%(route)s”的方式采购。"),
        {"route": ROUTES[least]},
        field="route",
    )


def objection_to_provider(eligible_until: date, *, signed_on: date) -> Refusal | None:
    if signed_on <= eligible_until:
        return None
    return Refusal(
        "provider_not_eligible",
        _("这家单位的资格在 %(until)s 到期，签约日不能晚于这一天。"),
        {"until": eligible_until.isoformat()},
        field="provider",
        next=_("请先核对并更新单位的资格期限。"),
    )


def objection_to_dates(*, signed_on: date, starts_by: date | None, today: date) -> Refusal | None:
    if signed_on > today:
        return Refusal("signed_in_future", _("签约日期不能晚于今天。"), field="signed_on")
    if starts_by and starts_by < signed_on:
        return Refusal("starts_before_signing", _("开工日期不能早于签约日期。"), field="starts_by")
    return None


def objection_to_responsible(
    *, is_proposer: bool, holds_office: bool, field: str = "responsible_phone"
) -> Refusal | None:
    """Who delivers does not accept, and does not decide about the money."""
    if is_proposer:
        return Refusal(
            "provider_is_proposer",
            _("点菜人要参加验收并签字，不能同时负责施工或供货。"),
            field=field,
        )
    if holds_office:
        return Refusal("provider_holds_office", _("本社区、街道的工作人员和监督员不能代表承接单位。"), field=field)
    return None


def objection_to_contract(amount: int, *, free: int) -> Refusal | None:
    """`free` is what the project still has that no contract has taken."""
    if amount <= 0:
        return Refusal("amount_not_positive", _("合同金额要大于 0。"), field="amount")
    if amount > free:
        return Refusal(
            "over_budget",
            _("合同金额超过了项目还能用的 %(free)s 元。"),
            {"free": yuan(free)},
            field="amount",
        )
    return None


def objection_to_request(
    instalment: str, amount: int, *, so_far: Standing, stage: str, advance_percent: int, balance_percent: int,
    ended: bool = False,
) -> Refusal | None:  # fmt: skip
    """May a payment of this kind and amount be asked for now?

    Advances stay within their share; advances and progress payments together leave the balance untouched; no payment but
    the retention touches what the warranty keeps. `ended`: given up for good, so only work that was done is paid.
    """
    kind = Instalment(instalment)
    if amount <= 0:
        return Refusal("amount_not_positive", _("付款金额要大于 0。"), field="amount")
    if ended and kind is not Instalment.PROGRESS:
        return Refusal("only_work_done", _("项目已经终止，只能按核实的工作量支付进度款。"), field="instalment")
    if kind is Instalment.RETENTION:
        return _objection_to_retention(amount, so_far)
    if WAY.index(stage) < EARLIEST[kind]:
        return Refusal(
            "instalment_too_early",
            _("%(kind)s要等到项目%(stage)s后才能申请。"),
            {"kind": INSTALMENTS[kind], "stage": _("验收合格") if kind is Instalment.BALANCE else _("开工")},
            field="instalment",
        )
    if amount > so_far.left:
        return Refusal(
            "over_contract",
            _("合同还剩 %(left)s 元可以申请，请减少金额。"),
            {"left": yuan(so_far.left)},
            field="amount",
        )
    if kind is Instalment.ADVANCE and so_far.advances + amount > so_far.amount * advance_percent // 100:
        return Refusal(
            "advance_too_high",
            _("预付款合计不能超过合同金额的 %(percent)s%%。"),
            {"percent": advance_percent},
            field="amount",
        )
    kept = -(-so_far.amount * balance_percent // 100)
    if kind is not Instalment.BALANCE and so_far.before_balance + amount > so_far.amount - kept:
        return Refusal(
            "balance_not_kept",
            _("要留出合同金额的 %(percent)s%% 作尾款，验收和评价以后再付。"),
            {"percent": balance_percent},
            field="amount",
        )
    return None


def _objection_to_retention(amount: int, so_far: Standing) -> Refusal | None:
    left = so_far.retained - so_far.retention
    if amount <= left:
        return None
    return Refusal("over_retention", _("这份合同的质保金还剩 %(left)s 元。"), {"left": yuan(left)}, field="amount")


def objection_to_release(
    instalment: str, *, same_person: bool, waits: bool, stage: str, ruled: bool, held: bool
) -> Refusal | None:
    """May this request be paid now, by this person? `ruled`: the scores are concluded; `held`: they hold the balance."""
    if not waits:
        return Refusal("already_decided", _("这笔付款已经办理过了，不会重复付款。"), next=_("请刷新页面查看结果。"))
    if same_person:
        return Refusal("same_person", _("申请付款和批准付款不能是同一个人，请由另一位同事办理。"), status=403)
    if Instalment(instalment) is not Instalment.BALANCE:
        return None
    if WAY.index(stage) < EARLIEST[Instalment.BALANCE]:
        return Refusal("not_accepted_yet", _("项目还没有验收合格，尾款暂时不能支付。"))
    if not ruled:
        return Refusal("not_rated_yet", _("居民评价还没有结束，尾款要等评价结果公布后再付。"))
    if held:
        return Refusal(
            "low_score",
            _("居民评价低于标准，尾款暂缓支付。"),
            next=_("请督促承接单位改进；改进后由街道写明理由解除暂缓。"),
        )
    return None


def objection_to_settlement(
    *, waiting: int, unpaid: int, ruled: bool, settled: bool, note: str, stage: str = "evaluation", ended: bool = False
) -> Refusal | None:
    """Settlement closes the money, at the end or when the project is given up. What a contract has left needs a reason."""
    if settled:
        return Refusal("already_settled", _("这个项目已经结算。"))
    if not ended and stage != "evaluation":
        return Refusal("not_at_its_end", _("项目还在办理中，评价以后才能结算；不再实施的，先登记终止。"))
    if not ruled and not ended:
        return Refusal("not_rated_yet", _("居民评价还没有结束，评价结果公布后再结算。"))
    if waiting:
        return Refusal("payments_wait", _("还有 %(count)s 笔付款没有办完，请先办完再结算。"), {"count": waiting})
    if unpaid and not note.strip():
        return Refusal(
            "reduction_unexplained",
            _("合同还有 %(unpaid)s 元没有支付，请写明核减的原因。"),
            {"unpaid": yuan(unpaid)},
            field="note",
        )
    return None


def shares(amount: int, pools: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Take `amount` from pools of (key, balance) in order; (key, taken) for each pool touched.

    Errors: ValueError when the pools together hold less.
    """
    taken, left = [], amount
    for key, balance in pools:
        part = min(left, balance)
        if part > 0:
            taken.append((key, part))
            left -= part
    if left:
        raise ValueError("the pools hold less than the amount")
    return taken


def yuan(fen: int) -> str:
    """185,000.00 — exact, for a sentence of a refusal."""
    sign = "-" if fen < 0 else ""
    return f"{sign}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"
