"""What the room holds of a person, for her own download and for the closing of her account (P8, P9)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from communities.accounts.models import User
from communities.channels.models import Letter, Reach
from communities.channels.queries import reach_of
from communities.residents.privacy import keeps


def register() -> None:
    keeps("消息接收方式", export=chosen_by, erase=forget)


def chosen_by(person: User) -> dict[str, Any]:
    row = reach_of(person)
    sent = Letter.objects.filter(person=person).order_by("-made_at")[:200]
    return {
        "邮箱": row.email,
        "微信": bool(row.wechat_id),
        "发送记录": [
            {"时间": letter.made_at.isoformat(), "方式": letter.channel, "内容": letter.text} for letter in sent
        ],
    }


def forget(person: User, *, now: datetime) -> None:
    Reach.objects.filter(person=person).delete()
    Letter.objects.filter(person=person).delete()
