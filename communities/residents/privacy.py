"""What the portal keeps about a person, as the person may see it (P8). Other rooms add what they keep themselves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from communities.accounts import phones
from communities.accounts.models import User
from communities.accounts.queries import open_devices
from communities.residents.queries import residencies_of
from communities.roles.rules import TITLES, Role
from portal.models import LogEntry

KEEPERS: dict[str, tuple[Callable, Callable]] = {}


def keeps(title: str, *, export: Callable[[User], Any], erase: Callable[..., None]) -> None:
    """A room says once what it holds of a person: `export(person)` -> plain JSON values; `erase(person, now=)`."""
    KEEPERS[title] = (export, erase)


def erase(person: User, *, now: datetime) -> None:
    for _export, forget in KEEPERS.values():
        forget(person, now=now)


def everything_about(person: User) -> dict[str, Any]:
    """All of it under Chinese headings, plain JSON values, in the order in which a person would ask."""
    held = {
        "账号": {
            "姓名": person.name,
            "手机号": phones.unseal(person.phone_cipher) if person.phone_cipher else "",
            "注册时间": person.date_joined.isoformat(),
            "已满18周岁": person.adult,
            "同意公开姓名": person.show_name,
            "记着的密码摘要（防止再用）": person.used_passwords.count(),
        },
        "居住登记": [
            {
                "社区": row.community.name,
                "小区": row.estate,
                "起": row.since.isoformat(),
                "止": row.until.isoformat() if row.until else "",
                "核实方式": row.get_proof_display(),
                "核实时间": row.proved_at.isoformat() if row.proved_at else "",
                "核实记录": [
                    {"结果": check.get_outcome_display(), "依据": check.get_evidence_display(), "理由": check.reason}
                    for check in row.checks.all()
                ],
            }
            for row in residencies_of(person)
        ],
        "同意记录": [
            {
                "事项": row.get_purpose_display(),
                "告知版本": row.version,
                "时间": row.at.isoformat(),
                "撤回时间": row.withdrawn_at.isoformat() if row.withdrawn_at else "",
            }
            for row in person.consents.order_by("at")
        ],
        "任职": [
            {
                "职务": TITLES[Role(row.role)],
                "地方": row.division.name,
                "起": row.starts_on.isoformat(),
                "止": row.ends_on.isoformat() if row.ends_on else "",
            }
            for row in person.appointments.select_related("division").order_by("starts_on")
        ],
        "登录的设备": [
            {"网络地址": row.ip, "浏览器": row.user_agent, "最近使用": row.last_seen_at.isoformat()}
            for row in open_devices(person)
        ],
        "谁看过我的完整号码": reveals_of(person),
    }
    return held | {title: export(person) for title, (export, _erase) in KEEPERS.items()}


def reveals_of(person: User) -> list[dict[str, str]]:
    rows = LogEntry.objects.filter(
        action="residents.reveal_phone", about_kind=person._meta.label_lower, about_id=str(person.pk)
    ).order_by("-at")[:100]
    return [{"时间": row.at.isoformat(), "理由": row.reason} for row in rows]
