"""Who may redeem what, when a code is good, which benefits hours open. Plain Python.

How long a code holds points is the portal's default [D].
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from portal.refusals import Refusal
from portal.refusals import gettext_noop as _

HOLDS = timedelta(minutes=30)
SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no sign that is read as another
SIGNS_OF_A_CODE = 8
MOST_STOCK, MOST_POINTS = 100_000, 1_000_000


@dataclass(frozen=True, slots=True)
class Window:
    """When an offer stands: its days, whether it was withdrawn, whether the merchant still takes part."""

    starts_on: date
    ends_on: date
    withdrawn: bool = False
    merchant_left: bool = False


def objection_to_window(window: Window, *, today: date) -> Refusal | None:
    if window.withdrawn or window.merchant_left:
        return Refusal("offer_gone", _("这项礼遇已经停止兑换，请看看别的。"))
    if today < window.starts_on:
        return Refusal("not_yet", _("这项礼遇还没有开始兑换。"), until=window.starts_on)
    if today > window.ends_on:
        return Refusal("offer_over", _("这项礼遇的兑换时间已过，请看看别的。"))
    return None


def objection_to_hold(
    window: Window, *, today: date, left: int, taken: int, per_person: int, own: bool
) -> Refusal | None:
    """May one more volunteer take one? `taken`: how many she holds or has redeemed; `own`: she works at the merchant."""
    if refusal := objection_to_window(window, today=today):
        return refusal
    if own:
        return Refusal("own_shop", _("您是这家商家的经办人，不能在自己这里兑换。"), status=403)
    if left <= 0:
        return Refusal("sold_out", _("这项礼遇已经兑换完了，请看看别的。"))
    if taken >= per_person:
        return Refusal("enough", _("这项礼遇每人最多兑换 %(most)s 次，您已经换够了。"), {"most": per_person})
    return None


def objection_to_confirming(state: str, *, expires_at: datetime, now: datetime, own: bool) -> Refusal | None:
    """Is the code good now? A code is good once, within its time, and not for the person who confirms it."""
    if state == "redeemed":
        return Refusal("already_redeemed", _("这个兑换码已经用过了，不能再用。"), field="code")
    if state != "held" or now >= expires_at:
        return Refusal("code_over", _("这个兑换码已经失效，请顾客重新兑换。"), field="code")
    if own:
        return Refusal("own_code", _("不能核销自己的兑换码，请同事来扫。"), status=403)
    return None


def objection_to_offer(
    *, points: int, stock: int, per_person: int, starts_on: date, ends_on: date, today: date
) -> Refusal | None:
    if ends_on < starts_on:
        return Refusal("ends_before_start", _("结束日期不能早于开始日期。"), field="ends_on")
    if ends_on < today:
        return Refusal("over_already", _("结束日期已经过去了。"), field="ends_on")
    if per_person > stock:
        return Refusal("more_than_stock", _("每人次数不能超过总数。"), field="per_person")
    if points < 1:
        return Refusal("no_points", _("请写需要多少积分。"), field="points")
    return None


def objection_to_term(starts_on: date, *, today: date, held: bool, is_active: bool) -> Refusal | None:
    if not is_active:
        return Refusal("account_stopped", _("这个账号已停用，不能任职。"), field="phone")
    if held:
        return Refusal("already_there", _("这个人已经是这家商家的经办人。"), field="phone")
    if starts_on < today:
        return Refusal("in_the_past", _("开始日期不能早于今天。"), field="starts_on")
    return None


def code_in(typed: str) -> str:
    """A code as people type it → eight signs; "" when it is none."""
    code = "".join(sign for sign in typed.upper() if sign.isascii() and sign.isalnum())
    return code if len(code) == SIGNS_OF_A_CODE and all(sign in SIGNS for sign in code) else ""


def spoken(code: str) -> str:
    """ABCD 2345: as it is read out at the counter."""
    return f"{code[:4]} {code[4:]}"


def lacking(minutes: int, *, hours_needed: int) -> int:
    """Minutes that a volunteer still lacks for a benefit; 0 when she has reached it."""
    return max(0, hours_needed * 60 - minutes)
