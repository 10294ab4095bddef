"""Pages of the benefits as plain values: cards of offers, a month's statement, its Excel sheet."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import segno
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.accounts.models import User
from portal import figures
from portal.sheets import Sheet
from portal.web import words
from volunteers.rewards import queries, rules
from volunteers.rewards.models import Benefit, Merchant, Offer, Redemption
from volunteers.teams.models import Volunteer
from volunteers.timebank import queries as timebank
from volunteers.timebank.rules import month_in


def volunteer_of(person: User) -> Volunteer | None:
    return timebank.volunteer_of(person)


def points_of(volunteer: Volunteer | None, today: date) -> int | None:
    return timebank.points_of(volunteer.pk, today=today) if volunteer else None


def qr_of(request: HttpRequest, redemption: Redemption) -> str:
    """The way to the counter with the code filled in, for the merchant's camera."""
    address = request.build_absolute_uri(f"{reverse('rewards:counter')}?code={redemption.code}")
    return segno.make(address, error="m", micro=False).svg_data_uri(scale=6, border=2)


def refusal_at_counter(redemption: Redemption, *, by: User, now: datetime) -> str:
    """Why the merchant cannot confirm this code now, in words; "" when she can."""
    refusal = rules.objection_to_confirming(
        redemption.state,
        expires_at=redemption.expires_at,
        now=now,
        own=redemption.volunteer.person_id == by.pk,
    )
    return words(refusal) if refusal else ""


def lacks(offer: Offer, points: int | None) -> int:
    """Points that the reader still lacks; 0 when she has enough or is no volunteer."""
    return max(0, offer.points - points) if points is not None else 0


def benefits_for(rows: list[Benefit], volunteer: Volunteer | None) -> list[dict[str, Any]]:
    """Each benefit with what she still lacks: told to her alone, compared with nobody (G15)."""
    held = timebank.balances_of(volunteer) if volunteer else None
    found = []
    for row in rows:
        minutes = (held.scanned if row.scanned_only else held.counted) if held else None
        short = rules.lacking(minutes, hours_needed=row.hours_needed) if minutes is not None else None
        found.append({"benefit": row, "short": short})
    return found


class Month:
    """A month that a statement is about: its days, its instants, the months beside it."""

    def __init__(self, typed: str, *, today: date):
        self.first, self.last = month_in(typed, today=today)
        self.key = f"{self.first:%Y-%m}"
        before = self.first - timedelta(days=1)
        self.before = f"{before:%Y-%m}"
        after = self.last + timedelta(days=1)
        self.after = f"{after:%Y-%m}" if after <= today else ""

    @property
    def title(self) -> str:
        return figures.month(self.first.month, self.first.year)

    @property
    def span(self) -> tuple[datetime, datetime]:
        start = datetime(self.first.year, self.first.month, 1)
        after = self.last + timedelta(days=1)
        return timezone.make_aware(start), timezone.make_aware(datetime(after.year, after.month, after.day))


def statement_sheets(merchant: Merchant, month: Month) -> list[Sheet]:
    """A month of one merchant: the sums by offer, then each redemption with its time and the end of its code."""
    lines = queries.statement(merchant, *month.span)
    each = queries.redeemed(*month.span).filter(offer__merchant=merchant).order_by("ended_at", "pk")
    sums = [(line.title, line.count, line.points) for line in lines]
    sums += [(_("合计"), sum(line.count for line in lines), sum(line.points for line in lines))]
    rows = each.values_list("ended_at", "offer__title", "points", "code").iterator(2000)
    heads = (_("时间"), _("礼遇名称"), _("积分"), _("兑换码末四位"))
    return [
        Sheet(f"{merchant.name} {month.title}", (_("礼遇名称"), _("次数"), _("积分")), sums),
        Sheet(_("明细"), heads, [(at, title, points, f"****{code[-4:]}") for at, title, points, code in rows]),
    ]


def counted(lines: list[queries.Line]) -> dict[str, int]:
    return {"count": sum(line.count for line in lines), "points": sum(line.points for line in lines)}
