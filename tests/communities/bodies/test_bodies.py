"""Who serves a community: the public page; credit codes; the records' admin."""

from datetime import timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from communities.bodies import queries
from communities.bodies.models import Body, Office
from communities.bodies.rules import SIGNS, is_credit_code
from communities.centres.models import ServiceCentre
from communities.roles.rules import Role
from portal.models import LogEntry
from tests.factories import NOON, community, division, holder
from tests.signing_in import sign_in

TODAY = NOON.date()


@pytest.mark.parametrize("code", ["91350100M000100Y43", "914403001922038216"])
def test_true_credit_codes_pass(code):
    assert is_credit_code(code)


@pytest.mark.parametrize("code", ["", "91350100M000100Y44", "91350100m000100y43", "91350100M000100Y4", "91350100M000100I43"])
def test_false_ones_do_not(code):
    assert not is_credit_code(code)


@given(st.text(SIGNS, min_size=17, max_size=17))
def test_exactly_one_check_sign_fits(start):
    """Independent arithmetic: the weighted sum with the check is a multiple of 31."""
    fitting = [sign for sign in SIGNS if is_credit_code(start + sign)]
    assert len(fitting) == 1
    weights = [pow(3, place, 31) for place in range(17)] + [1]
    assert sum(SIGNS.index(sign) * weight for sign, weight in zip(start + fitting[0], weights, strict=True)) % 31 == 0


@pytest.fixture
def home(db):
    place = community()
    station = Body.objects.create(kind="station", name="龙岭社区工作站", community=place, phone="0755-28700000", hours="周一至周五 9:00–18:00")
    Body.objects.create(kind="party", name="龙岭社区党委", community=place)
    Office.objects.create(body=station, title="站长", name="陈志明", since=TODAY - timedelta(days=90))
    Office.objects.create(body=station, title="站长", name="前任", since=TODAY - timedelta(days=900), until=TODAY - timedelta(days=91))
    return place


def test_bodies_come_in_order_with_those_in_office(home, django_assert_num_queries):
    with django_assert_num_queries(2):
        found = queries.who_serves(home, TODAY)
    assert [(row.body.name, [office.name for office in row.people]) for row in found] == [
        ("龙岭社区党委", []),
        ("龙岭社区工作站", ["陈志明"]),
    ]


def test_the_page_says_whom_to_call(client, home):
    ServiceCentre.objects.create(community=home, name="龙岭社区党群服务中心", address="龙岭路1号")
    text = client.get(reverse("bodies:who_is_who", args=[home.code])).content.decode()
    for wanted in ("龙岭社区工作站", "陈志明", "0755-28700000", "龙岭社区党群服务中心"):
        assert wanted in text
    assert "前任" not in text
    assert client.get(reverse("bodies:who_is_who", args=[home.parent.code])).status_code == 404


@pytest.mark.parametrize("typed", ["", "龙岭", "布吉", "\x00", "没有"])
def test_centres_are_found_by_place(client, home, typed):
    ServiceCentre.objects.create(community=home, name="龙岭社区党群服务中心", address="龙岭路1号")
    text = client.get(reverse("centres:centres"), {"q": typed}).content.decode()
    assert ("龙岭路1号" in text) == (typed != "没有")


def form_of(body, **more):
    kept = {name: getattr(body, name) for name in ("kind", "name", "credit_code", "phone", "address", "hours")}
    inline = {"offices-TOTAL_FORMS": "0", "offices-INITIAL_FORMS": "0"}
    return {**kept, "community": body.community_id, **inline, **more}


def test_an_administrator_keeps_the_records_of_her_district_only(client, home):
    """S28, D5: another district's rows are not found; a change is logged and kept in the history."""
    mine = Body.objects.get(kind="station")
    far = community("南园社区", division("street", "南园街道", division("district", "福田区", home.parent.parent.parent)))
    other = Body.objects.create(kind="station", name="南园社区工作站", community=far)
    sign_in(client, holder(Role.ADMINISTRATOR, home.parent.parent))
    text = client.get("/admin/communities/body/").content.decode()
    assert mine.name in text and other.name not in text
    assert client.get(f"/admin/communities/body/{other.pk}/change/").status_code == 302
    assert client.post(f"/admin/communities/body/{mine.pk}/change/", form_of(mine, phone="0755-1")).status_code == 302
    mine.refresh_from_db()
    assert mine.phone == "0755-1" and mine.history.count() >= 1
    assert LogEntry.objects.filter(action="records.change_record", detail__fields=["phone"]).exists()
    away = client.post(f"/admin/communities/body/{mine.pk}/change/", form_of(mine, community=far.pk))
    assert away.status_code == 200
    wrong = client.post(f"/admin/communities/body/{mine.pk}/change/", form_of(mine, credit_code="91350100M000100Y44"))
    assert "18 位代码" in wrong.content.decode()
    assert client.post(f"/admin/communities/body/{mine.pk}/delete/").status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("model", ["user", "residency", "signincode", "consent", "logentry", "proposal", "ballot"])
def test_people_and_the_pipeline_are_not_in_the_admin(client, model):
    """D5: no table of people, of the log or of the pipeline can be edited there."""
    sign_in(client, holder(Role.ADMINISTRATOR, community().parent.parent))
    for app in ("communities", "portal", "projects"):
        assert client.get(f"/admin/{app}/{model}/").status_code == 404
