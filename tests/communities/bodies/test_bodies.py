"""Who serves a community: the public page; credit codes; the records' admin."""

from dataclasses import asdict
from datetime import timedelta
from itertools import combinations

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communities.bodies import queries
from communities.bodies.models import Body, Office
from communities.bodies.rules import SIGNS, Term, first_clash, is_credit_code
from communities.centres.models import Service, ServiceCentre
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


DAYS = st.integers(0, 12).map(lambda number: TODAY + timedelta(days=number))
TERMS = st.builds(
    lambda title, name, since, length, several: Term(title, name, since, length and since + timedelta(days=length - 1), several),
    st.sampled_from(["站长", "委员"]), st.sampled_from(["陈志明", "李芳"]), DAYS, st.sampled_from([None, 1, 2, 5]), st.booleans(),
)  # fmt: skip


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TERMS, min_size=2, max_size=5))
def test_terms_of_one_post_never_overlap(terms):
    """Day by day: nobody holds a post twice, and a post that is not for several has one holder; the database agrees with
    the rule."""
    stand = first_clash(terms) is None
    beside = True
    for day in (TODAY + timedelta(days=number) for number in range(20)):
        now = [term for term in terms if term.since <= day and (term.until is None or day <= term.until)]
        for one, other in combinations(now, 2):
            beside &= one.title != other.title or (one.name != other.name and (one.several or other.several))
    assert stand == beside
    with transaction.atomic():
        body = Body.objects.create(kind="station", name="工作站", community=community())
        try:
            with transaction.atomic():
                for term in terms:
                    Office.objects.create(body=body, **asdict(term))
            wrote = True
        except IntegrityError:
            wrote = False
        transaction.set_rollback(True)
    assert wrote == stand


def test_a_station_serves_its_neighbours_too(client, home):
    """一委一站多居: one body on the pages of several communities, whose home is named on the others'."""
    next_door = community("凤凰社区", home.parent)
    Body.objects.get(kind="station").also_serves.add(next_door)
    assert [row.body.name for row in queries.who_serves(next_door, TODAY)] == ["龙岭社区工作站"]
    text = client.get(reverse("bodies:who_is_who", args=[next_door.code])).content.decode()
    assert "与龙岭社区共用" in text and "陈志明" in text
    assert "共用" not in client.get(reverse("bodies:who_is_who", args=[home.code])).content.decode()
    assert "龙岭社区工作站" in client.get(reverse("desk:community", args=[next_door.code])).content.decode()


PAGES = {
    "": 4, "communities/division/": 5, "communities/body/": 5, "communities/body/?q=机构": 5, "communities/body/add/": 3,
    "communities/body/{body}/change/": 7, "communities/body/{body}/history/": 6, "communities/office/": 5,
    "communities/servicecentre/": 5, "communities/service/": 5, "communities/council/": 5,
    "autocomplete/?app_label=communities&model_name=body&field_name=community&term=社区": 5,
}  # fmt: skip


def test_an_admin_page_costs_the_same_whatever_it_lists(client, home):
    """At most 25 queries (the bench has the 5,000 bodies); literal numbers, with few rows and with more."""
    sign_in(client, holder(Role.ADMINISTRATOR, home.parent.parent))
    station = Body.objects.get(kind="station")
    for path in PAGES:
        client.get(f"/admin/{path.format(body=station.pk)}")  # Django remembers content types
    for more in range(2):
        found = {}
        for path in PAGES:
            with CaptureQueriesContext(connection) as asked:
                assert client.get(f"/admin/{path.format(body=station.pk)}").status_code == 200, path
                found[path] = len(asked)
        assert found == PAGES and max(found.values()) <= 25
        for number in range(3):
            place = community(f"新社区{more}{number}", home.parent)
            body = Body.objects.create(kind="social", name=f"机构{more}{number}", community=place)
            Office.objects.create(body=body, title="会长", name="李芳", since=TODAY)
            centre = ServiceCentre.objects.create(community=place, name=f"中心{more}{number}", address="路")
            Service.objects.create(centre=centre, category="affairs", name="代办", about="…", who="所有人", cost="免费")
