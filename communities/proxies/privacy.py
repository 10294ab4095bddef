"""What the room holds of a person, for her download and for the closing of her account (P8, P9)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from communities.accounts.models import User
from communities.proxies import queries, rules, services
from communities.residents.privacy import keeps


def register() -> None:
    keeps("代办", export=proxies_of, erase=end_proxies)


def proxies_of(person: User) -> list[dict[str, Any]]:
    return [
        {
            "我是": "委托人" if proxy.person_id == person.pk else "代办人",
            "起": proxy.starts_on.isoformat(),
            "止": proxy.ends_on.isoformat(),
            "撤销时间": proxy.revoked_at.isoformat() if proxy.revoked_at else "",
            "办过的事": [
                {"时间": act.at.isoformat(), "事项": rules.ACTS.get(act.act, act.act)} for act in queries.acts_of(proxy)[:500]
            ],
        }
        for proxy in queries.of_person(person)
    ]


def end_proxies(person: User, *, now: datetime) -> None:
    services.end_all(person, now=now)
