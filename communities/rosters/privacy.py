"""What rosters hold of a person, for her own download and for the closing of her account (P8, P9)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from communities.accounts.models import User
from communities.residents.privacy import keeps
from communities.rosters.models import RosterEntry


def register() -> None:
    """Tell the residents' room what is kept here; called once when the app is ready."""
    keeps("居民名册", export=entries_of, erase=forget_entries)


def entries_of(person: User) -> list[dict[str, Any]]:
    rows = RosterEntry.objects.filter(phone_index=person.phone_index or "-").select_related("community")
    return [
        {
            "社区": row.community.name,
            "名册上的姓名": row.name,
            "小区": row.estate,
            "起": row.since.isoformat(),
            "止": row.until.isoformat() if row.until else "",
        }
        for row in rows.order_by("since", "pk")
    ]


def forget_entries(person: User, *, now: datetime) -> None:
    """The roster is the community's own; here it goes with the account, until the community hands a new one in."""
    RosterEntry.objects.filter(phone_index=person.phone_index or "-").delete()
