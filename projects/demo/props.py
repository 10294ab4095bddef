"""What a project's story needs around it: its provider, its pictures, the steps of its plan."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone
from stdnum.cn import uscc

from communities.accounts.models import User
from communities.divisions.models import Division
from portal.files import KeptFile
from projects.funding import services as funding
from projects.models import Provider

PICTURES = Path(__file__).parent / "pictures"
STEPS = {
    "works": ("现场放线和围挡", "主体施工", "收尾和场地清理"),
    "goods": ("订货", "到货安装", "调试和移交"),
    "services": ("招募和排课", "开展活动", "总结和回访"),
}


def provider_named(name: str, *, at: Division, by: User, now: datetime) -> Provider:
    """The provider of this name, registered at the street with a code whose check digit is right."""
    body = f"91440300MA5{sum(map(ord, name)) % 1_000_000:06d}"
    return funding.register_provider(
        at=at,
        by=by,
        name=name,
        credit_code=body + uscc.calc_check_digit(body + "0"),
        phone="0755-1328 6600",
        eligible_until=timezone.localdate(now) + timedelta(days=730),
        now=now,
    )


def picture_of(way: dict[str, Any], kind: str) -> KeptFile | None:
    """The picture of a project before, during or after the work; None when there is none."""
    path = PICTURES / f"{way.get('photos', 'none')}_{kind}.jpg"
    if not path.exists():
        return None
    return KeptFile(path.read_bytes(), suffix="jpg", title=path.name, is_photo=True)


def skill_of(seat: str) -> str:
    return "注册建造师" if seat == "technical" else ""
