"""Who sees which page of the benefits, and what the counter answers."""

import pytest

from portal import clock
from tests import factories as make
from tests.factories import NOON
from tests.signing_in import sign_in
from tests.volunteers.rewards.reward_worlds import Shop
from volunteers.models import Redemption

pytestmark = pytest.mark.django_db


def test_a_volunteer_takes_an_offer_and_the_merchant_confirms_it(client, django_assert_max_num_queries):
    shop = Shop()
    with clock.pretend(NOON):
        assert "早餐一份" in client.get("/rewards/").content.decode(), "a visitor reads the offers"
        assert client.get(f"/rewards/merchants/{shop.merchant.pk}/").status_code == 200
        sign_in(client, shop.helper.person)
        with django_assert_max_num_queries(15):
            assert "80" in client.get("/rewards/").content.decode()
        answer = client.post(f"/rewards/offers/{shop.offer.pk}/take/", follow=True)
        made = Redemption.objects.get()
        assert (
            f"{made.code[:4]} {made.code[4:]}" in answer.content.decode()
            and '<img src="data:image/svg' in answer.content.decode()
        )
        refused = client.get(f"/rewards/counter/?code={made.code}")
        assert refused.status_code == 403 and "请把二维码给商家扫" in refused.content.decode()
        sign_in(client, make.resident(shop.home))
        assert client.get(f"/rewards/mine/{made.pk}/").status_code == 404
        sign_in(client, shop.clerk)
        words = client.get(f"/rewards/counter/?code={made.code}").content.decode()
        assert "确认已交给顾客" in words and "方**" in words and "方慧" not in words
        assert "核销成功" in client.post("/rewards/counter/confirm/", {"code": made.code}, follow=True).content.decode()
        again = client.post("/rewards/counter/confirm/", {"code": made.code})
        assert again.status_code == 422 and "已经用过了" in again.content.decode()
        assert "已经用过了" in client.get(f"/rewards/counter/?code={made.code}").content.decode()
        for typed in ("", "x", "\ud800", "A" * 5000, "\x00", made.code + "%27"):
            assert client.get("/rewards/counter/", {"code": typed.encode("utf-8", "replace")}).status_code in (200, 422)
        statement = client.get(f"/rewards/merchants/{shop.merchant.pk}/statement/?month=2026-03").content.decode()
        assert "早餐一份" in statement and "方" not in statement.split("<main")[1].split("</main")[0]
        sheet = client.get(f"/rewards/merchants/{shop.merchant.pk}/statement.xlsx?month=2026-03")
        assert sheet.content[:2] == b"PK"


def test_statements_and_the_street_s_desk_are_for_their_own(client):
    shop = Shop()
    with clock.pretend(NOON):
        for person, seen in ((shop.officer, True), (shop.chief, True), (shop.clerk, True), (shop.helper.person, False)):
            sign_in(client, person)
            answer = client.get(f"/rewards/merchants/{shop.merchant.pk}/statement/")
            assert answer.status_code == (200 if seen else 404), person.name
        sign_in(client, make.street_officer(make.street("坂田街道")))
        assert client.get(f"/rewards/office/{shop.merchant.pk}/").status_code == 404
        sign_in(client, shop.officer)
        told = {
            "title": "=HYPERLINK(1)",
            "points": "abc",
            "stock": "99999999999999",
            "per_person": "1",
            "starts_on": "2026-13-40",
            "ends_on": "",
        }
        answer = client.post(f"/rewards/office/{shop.merchant.pk}/offer/", told)
        assert answer.status_code == 422 and "=HYPERLINK(1)" in answer.content.decode()
        good = {
            "title": "理发一次",
            "points": "50",
            "stock": "10",
            "per_person": "1",
            "starts_on": "2026-03-02",
            "ends_on": "2026-05-01",
        }
        assert client.post(f"/rewards/office/{shop.merchant.pk}/offer/", good).status_code == 302
        assert "理发一次" in client.get(f"/rewards/office/{shop.merchant.pk}/").content.decode()
        assert "邻里早餐铺" in client.get("/rewards/office/").content.decode()
        told = {"place": shop.street.pk, "title": "图书免押金", "granted_by_body": "区图书馆", "about": "出示证书"}
        told |= {"hours_needed": "5", "starts_on": "2026-03-02"}
        assert client.post("/rewards/benefits/new/", told).status_code == 302
        sign_in(client, shop.helper.person)
        assert "您已经可以用" in client.get("/rewards/benefits/").content.decode()
