"""What the time bank holds of a person (P8, P9): hours and points stay as sums without her name."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from communities.accounts.models import User
from communities.residents.privacy import keeps
from volunteers.timebank import queries
from volunteers.timebank.models import Posting


def register() -> None:
    """Tell the residents' room what is kept here; called once when the app is ready."""
    keeps("志愿服务时长和积分", export=hours_of, erase=keep_as_record)


def hours_of(person: User) -> dict[str, Any]:
    volunteer = queries.volunteer_of(person)
    if volunteer is None:
        return {}
    held = queries.balances_of(volunteer)
    postings = Posting.objects.filter(volunteer=volunteer).order_by("at", "pk")
    return {
        "扫码签到（分钟）": held.scanned,
        "手工登记（分钟）": held.by_hand,
        "待复核（分钟）": held.waiting,
        "可用积分": held.free,
        "占用积分": held.held,
        "服务记录": [
            {
                "服务内容": row.title,
                "开始": timezone.localtime(row.started_at).isoformat(),
                "结束": timezone.localtime(row.ended_at).isoformat(),
                "来源": row.get_origin_display(),
                "手工登记原因": row.reason,
                "冲正原因": row.reversal.reason if hasattr(row, "reversal") else "",
            }
            for row in queries.records_of(volunteer)
        ],
        "记账": [{"时间": row.at.isoformat(), "事项": row.get_kind_display(), "理由": row.reason} for row in postings],
        "证书": list(queries.certificates_of(volunteer).values_list("number", flat=True)),
    }


def keep_as_record(person: User, *, now: datetime) -> None:
    """The ledger only grows: rows stay, and the account behind them has no name and no phone any more."""
