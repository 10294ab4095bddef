"""What the volunteers' rooms hold of a person's registration and teams (P8, P9)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from communities.accounts.models import User
from communities.residents.privacy import keeps
from volunteers.teams import services
from volunteers.teams.models import GuardianConsent, Membership, Volunteer


def register() -> None:
    """Tell the residents' room what is kept here; called once when the app is ready."""
    keeps("志愿者登记", export=registration_of, erase=forget)


def registration_of(person: User) -> dict[str, Any]:
    held = Volunteer.objects.filter(person=person).select_related("community").prefetch_related("skills").first()
    if held is None:
        return {}
    teams = Membership.objects.filter(volunteer=held).select_related("team").order_by("asked_at")
    return {
        "社区": held.community.name,
        "小区": held.estate,
        "年龄段": held.get_band_display(),
        "技能": [skill.title for skill in held.skills.all()],
        "时间": list(held.times),
        "登记日期": held.registered_on.isoformat(),
        "退出日期": held.left_on.isoformat() if held.left_on else "",
        "监护人": [row.guardian_name for row in held.consents.all()],
        "队伍": [
            {
                "名称": row.team.name,
                "起": row.joined_on.isoformat() if row.joined_on else "",
                "止": row.left_on.isoformat() if row.left_on else "",
            }
            for row in teams
        ],
    }


def forget(person: User, *, now: datetime) -> None:
    """She leaves; what describes her goes. The bare row stays, so that recorded hours keep their sums."""
    services.leave_service(by=person, now=now)
    for held in Volunteer.objects.filter(person=person):
        held.skills.clear()
        Volunteer.objects.filter(pk=held.pk).update(estate="", times=[])
        GuardianConsent.objects.filter(volunteer=held).update(guardian_name="", paper_ref="")
