"""What closes the money: a project given up or settled takes no more; 质保金 waits for the end of the warranty. Plain Python."""

from __future__ import annotations

from datetime import date

from portal.refusals import Refusal
from portal.refusals import gettext_noop as _


def objection_to_more_money(*, ended: bool, settled: bool) -> Refusal | None:
    """No contract and no gift for a project that was given up or whose money is closed."""
    if settled:
        return Refusal("already_settled", _("这个项目已经结算。"))
    return Refusal("ended", _("这个项目已经终止。")) if ended else None


def retention_in(amount: int, *, works: bool, percent: int) -> int:
    """质保金 of a contract: what stays unpaid until the warranty is over. Only works have one; part of a fen is kept."""
    return -(-amount * percent // 100) if works else 0


def objection_to_warranty(*, today: date, over_on: date | None, faults: int) -> Refusal | None:
    """The retention waits for the last day of the warranty, and for an answer to every fault reported until then."""
    if over_on is None:
        return Refusal("not_accepted_yet", _("项目还没有验收合格，质保期还没有开始。"), field="instalment")
    if today <= over_on:
        return Refusal(
            "warranty_runs", _("质保期到 %(day)s 才满，期满以后再申请。"), {"day": over_on.isoformat()}, field="instalment", until=over_on
        )
    if faults:
        return Refusal("faults_open", _("还有 %(count)s 条质量问题没有答复，先处理再付质保金。"), {"count": faults}, field="instalment")
    return None


def objection_to_forfeit(*, kept: int, waiting: int) -> Refusal | None:
    if waiting:
        return Refusal("payments_wait", _("还有 %(count)s 笔付款没有办完，请先办完。"), {"count": waiting})
    if not kept:
        return Refusal("nothing_kept", _("这个项目没有留存质保金。"))
    return None
