"""The pages across the volunteers' rooms: what one volunteer has, and a place in sums."""

import pytest

from portal import clock
from tests.factories import NOON
from tests.signing_in import sign_in
from tests.volunteers import volunteer_worlds as worlds
from tests.volunteers.rewards.reward_worlds import Shop
from volunteers.timebank.services import issue_certificate

pytestmark = pytest.mark.django_db


def read(client, url: str) -> str:
    return client.get(url).content.decode()


def test_a_volunteers_home_shows_hours_points_and_certificates(client, django_assert_num_queries):
    with clock.pretend(NOON):
        shop = Shop()
        issue_certificate(by=shop.helper.person, first_on=NOON.date(), last_on=NOON.date(), now=NOON)
        sign_in(client, shop.helper.person)
        page = read(client, "/volunteers/mine/")
        assert "扫码签到 8 小时" in page and ">80 " in page and ">1 " in page
        with django_assert_num_queries(9):
            client.get("/volunteers/mine/")


def test_a_place_in_sums_and_hours_only_of_five_or_more(client):
    """G15, P11: no person, no ranking; of fewer than five volunteers the hours would tell whose they are."""
    with clock.pretend(NOON):
        shop = Shop()
        for name in ("唐明", "莫莉", "何强"):
            worlds.volunteer(shop.home, name)
        few = read(client, f"/volunteers/figures/{shop.home.code}/")
        assert "志愿者不足 5 人" in few and "8 小时" not in few
        worlds.volunteer(shop.home, "陈国栋")
        for place in (shop.home, shop.street, shop.district, shop.district.parent):
            page = read(client, f"/volunteers/figures/{place.code}/")
            assert "8 小时" in page and "80" in page and "不足" not in page, place
        assert f"/volunteers/figures/{shop.street.code}/" in read(client, f"/volunteers/figures/{shop.district.code}/")
        assert f"/volunteers/figures/{shop.district.parent.code}/" in read(client, "/volunteers/")
        assert client.get("/volunteers/figures/nowhere/").status_code == 404
