"""A street with a merchant, somebody at its counter, an offer, and a volunteer with points; times run on from NOON."""

from __future__ import annotations

from datetime import timedelta

from communities.roles.rules import Role
from tests import factories as make
from tests.factories import NOON
from tests.volunteers import volunteer_worlds as worlds
from volunteers.models import Volunteer
from volunteers.rewards import services
from volunteers.timebank import queries as bank
from volunteers.timebank import services as timebank


class Shop:
    def __init__(self, *, stock: int = 5, points: int = 30, per_person: int = 1, hours: float = 8):
        self.home = make.community()
        self.street, self.district = self.home.parent, self.home.parent.parent
        self.officer = make.street_officer(self.street)
        self.chief = make.holder(Role.DISTRICT_OFFICER, self.district)
        timebank.publish_tariff(
            district_id=self.district.pk, starts_on=NOON.date() - timedelta(days=9), per_hour=10, lasts_years=1,
            note="", by=self.chief, now=NOON - timedelta(days=9),
        )  # fmt: skip
        self.merchant = services.register_merchant(
            community_id=self.home.pk, name="邻里早餐铺", kind="food", address="龙岭路18号", phone="", about="",
            by=self.officer, now=NOON,
        )  # fmt: skip
        self.clerk = make.resident(self.home, "店员小周")
        self.appoint(self.clerk)
        self.offer = self.publish(points=points, stock=stock, per_person=per_person)
        self.helper = self.helped(hours)

    def publish(self, **told):
        given = {"points": 30, "stock": 5, "per_person": 1, **told}
        return services.publish_offer(
            merchant_id=self.merchant.pk, title="早餐一份", about="豆浆配油条", starts_on=NOON.date(),
            ends_on=NOON.date() + timedelta(days=60), by=self.officer, now=NOON, **given,
        )  # fmt: skip

    def appoint(self, person):
        return services.appoint_person(
            merchant_id=self.merchant.pk, person=person, starts_on=NOON.date(), ends_on=None, by=self.officer, now=NOON
        )

    def helped(self, hours: float, name: str = "方慧") -> Volunteer:
        """A volunteer who has served so many hours."""
        who = worlds.volunteer(self.home, name)
        if hours:
            timebank.record_scanned(
                volunteer_id=who.pk,
                activity_ref="a-1",
                started_at=NOON - timedelta(hours=hours),
                ended_at=NOON,
                now=NOON,
            )
        return who

    def take(self, who: Volunteer | None = None, now=NOON, offer=None):
        return services.take_offer(offer_id=(offer or self.offer).pk, by=(who or self.helper).person, now=now)

    def confirm(self, code: str, now=NOON, by=None):
        return services.confirm_redemption(code=code, by=by or self.clerk, now=now)

    def left(self) -> int:
        self.offer.refresh_from_db()
        return self.offer.left

    def points(self, who: Volunteer | None = None) -> tuple[int, int]:
        held = bank.balances_of(who or self.helper)
        return held.free, held.held
