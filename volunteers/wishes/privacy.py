"""What the wishes hold of a person (P8, P9)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from communities.accounts.models import User
from communities.residents.privacy import keeps
from volunteers.teams.leaving import on_leaving
from volunteers.wishes.models import Claim, Wish, WishPerson
from volunteers.wishes.services import release_claims


def register() -> None:
    """Tell the residents' room what is kept here, and what becomes free when a volunteer leaves."""
    keeps("微心愿", export=wishes_of, erase=forget)
    on_leaving(release_claims)


def wishes_of(person: User) -> dict[str, list[dict[str, Any]]]:
    claims = Claim.objects.filter(volunteer__person=person).select_related("wish").order_by("claimed_at")
    return {
        "登记": list(Wish.objects.filter(made_by=person).values("number", "title", "need")),
        "认领": [{"编号": row.wish.number, "时间": row.claimed_at.isoformat()} for row in claims],
    }


def forget(person: User, *, now: datetime) -> None:
    """Who stands behind her own wishes is deleted; a worker's collected wishes are other people's."""
    if not person.is_staff:
        WishPerson.objects.filter(wish__made_by=person).delete()
