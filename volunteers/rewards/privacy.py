"""What the benefits hold of a person (P8, P9)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from communities.accounts.models import User
from communities.residents.privacy import keeps
from volunteers.rewards.models import MerchantTerm, Redemption


def register() -> None:
    """Tell the residents' room what is kept here; called once when the app is ready."""
    keeps("积分兑换", export=redemptions_of, erase=end_terms)


def redemptions_of(person: User) -> dict[str, Any]:
    rows = Redemption.objects.filter(volunteer__person=person).select_related("offer__merchant").order_by("held_at")
    terms = MerchantTerm.objects.filter(person=person).select_related("merchant").order_by("starts_on")
    return {
        "兑换": [
            {
                "礼遇": row.offer.title,
                "商家": row.offer.merchant.name,
                "积分": row.points,
                "时间": row.held_at.isoformat(),
                "结果": row.get_state_display(),
            }
            for row in rows
        ],
        "商家经办": [
            {
                "商家": row.merchant.name,
                "起": row.starts_on.isoformat(),
                "止": row.ends_on.isoformat() if row.ends_on else "",
            }
            for row in terms
        ],
    }


def end_terms(person: User, *, now: datetime) -> None:
    """Who has closed her account acts for no merchant; what was redeemed stays as a sum without her name."""
    MerchantTerm.objects.filter(person=person, ends_on=None).update(ends_on=timezone.localdate(now))
