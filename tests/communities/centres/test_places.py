"""A centre's hours, rooms and services: who keeps them, what the public sees."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from communities.centres import catalogue, forms, queries, rules, services
from communities.centres.models import Service, ServiceCentre
from portal import clock
from portal.refusals import Refused
from tests import factories as make
from tests.signing_in import sign_in

WEEK = {day: [(time(9), time(12)), (time(14), time(18))] for day in range(5)}
MONDAY = date(2026, 3, 2)


@pytest.fixture
def centre(db) -> ServiceCentre:
    home = make.community()
    return ServiceCentre.objects.create(community=home, name="龙岭社区党群服务中心", address="龙岭路1号", phone="0755-1234")


@pytest.fixture
def worker(centre):
    return make.worker(centre.community)


def hours(day, **more):
    given = {"week": WEEK, "special": None, "holiday": False, "closed_on_holidays": False} | more
    return rules.hours_on(day, **given)


def test_the_hours_of_a_day():
    assert hours(MONDAY).stretches == ((time(9), time(12)), (time(14), time(18)))
    assert hours(MONDAY + timedelta(days=5)).stretches == ()
    assert hours(MONDAY, holiday=True).stretches, "a centre that does not close on holidays stays open"
    closed = hours(MONDAY, holiday=True, closed_on_holidays=True)
    assert (closed.stretches, closed.note) == ((), "法定节假日")
    special = (time(10), time(11), "春节值班")
    assert hours(MONDAY, holiday=True, closed_on_holidays=True, special=special).stretches == ((time(10), time(11)),)
    assert hours(MONDAY, special=(None, None, "检修")).stretches == ()
    assert hours(MONDAY).covers(time(9), time(12)) and not hours(MONDAY).covers(time(11), time(15))
    assert rules.hours_on(MONDAY, week={}, special=None, holiday=False, closed_on_holidays=False).covers(time(3), time(4))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("9:00–12:00，14:00-18:00", [(time(9), time(12)), (time(14), time(18))]),
        ("９：３０至１２点", [(time(9, 30), time(12))]),
        ("9点半到17点", [(time(9, 30), time(17))]),
        ("", []),
    ],
)
def test_hours_as_people_type_them(typed, read):
    form = forms.HoursForm(data={"day_0": typed})
    assert form.is_valid(), form.errors
    assert form.week()[0] == read


@pytest.mark.parametrize("typed", ["早上到晚上", "25:00-26:00", "9:00", "9:00-10:00-11:00", "9:00\x00到", "1-2," * 9])
def test_hours_that_nobody_can_read_stay_in_the_box(typed):
    """U4"""
    form = forms.HoursForm(data={"day_0": typed})
    assert not form.is_valid() and "day_0" in form.errors


def test_only_keepers_write(centre, worker):
    """S27: the community's worker and the street above; nobody of another place."""
    elsewhere = make.worker(make.community("南坑社区", make.street("坂田街道")))
    for stranger in (elsewhere, make.resident(centre.community), make.person()):
        for act in (
            lambda by: services.set_hours(centre_id=centre.pk, week=WEEK, by=by, now=make.NOON),
            lambda by: services.pick_services(centre_id=centre.pk, keys=["library"], by=by, now=make.NOON),
        ):
            with pytest.raises(Refused) as refused:
                act(stranger)
            assert refused.value.refusal.status == 403
    services.set_hours(centre_id=centre.pk, week=WEEK, by=make.street_officer(centre.community.parent), now=make.NOON)
    assert queries.hours_of(centre, MONDAY).open_at(time(10)) == (time(9), time(12))


def test_overlapping_hours_are_refused(centre, worker):
    with pytest.raises(Refused) as refused:
        services.set_hours(
            centre_id=centre.pk, week={0: [(time(9), time(12)), (time(11), time(13))]}, by=worker, now=make.NOON
        )
    assert refused.value.refusal.code == "hours_overlap"


def test_services_are_picked_changed_and_ended(centre, worker):
    given = {"centre_id": centre.pk, "by": worker, "now": make.NOON}
    assert len(services.pick_services(keys=["library", "lawyer", "no-such"], **given)) == 2
    assert services.pick_services(keys=["library"], **given) == [], "what is held is passed over"
    row = Service.objects.get(key="lawyer")
    assert (row.name, row.cost) == ("社区法律顾问", "免费")
    held = {name: getattr(row, name) for name in forms.ServiceForm.base_fields}
    services.change_service(service_id=row.pk, by=worker, now=make.NOON, **held | {"times": "周三下午"})
    with clock.pretend(make.NOON):
        assert {service.key for _title, rows in queries.services_of(centre) for service in rows} == {"library", "lawyer"}
        assert "lawyer" not in {entry.key for entry in queries.pickable(centre)}
        services.end_service(service_id=row.pk, by=worker, now=make.NOON)
        assert queries.service_with(row.pk) is None
        assert "lawyer" in {entry.key for entry in queries.pickable(centre)}
    assert row.history.count() == 3, "made, changed, ended"


def test_the_catalogue_is_whole():
    assert len(catalogue.BY_KEY) == len(catalogue.ENTRIES) > 50
    assert {entry.category for entry in catalogue.ENTRIES} == set(rules.CATEGORIES)


def test_pages(client, centre, worker, django_assert_num_queries):
    services.set_hours(centre_id=centre.pk, week=WEEK, by=worker, now=make.NOON)
    keys = ["library", "lawyer", "water"]
    for some in (keys[:1], keys):
        services.pick_services(centre_id=centre.pk, keys=some, by=worker, now=make.NOON)
        with clock.pretend(make.NOON), django_assert_num_queries(PUBLIC_QUERIES):
            answer = client.get(reverse("centres:centre", args=[centre.pk]))
    text = answer.content.decode()
    assert "12:00 开放" not in text and "14:00 开放" in text and "图书阅览和通借通还" in text
    with clock.pretend(make.NOON):
        lawyer = client.get(reverse("centres:service", args=[Service.objects.get(key="lawyer").pk])).content.decode()
        assert "律师当面解答" in lawyer
        assert client.get(reverse("centres:keep_centre", args=[centre.pk])).status_code == 302
        sign_in(client, worker)
        assert client.get(reverse("centres:keep_centre", args=[centre.pk])).status_code == 200
        answer = client.post(reverse("centres:set_hours", args=[centre.pk]), {"day_0": "早上到晚上"})
        assert answer.status_code == 422 and "早上到晚上" in answer.content.decode()
        for name, data in (
            ("special_hours", {"on": "2026-03-09", "opens": "", "closes": "", "note": "停电检修"}),
            ("add_room", {"name": "会议室", "seats": "16", "most_hours": "2", "days_ahead": "14", "cancel_hours": "4"}),
            ("pick_services", {"keys": ["pet"]}),
            ("change_centre", {"address": "龙岭路2号"}),
        ):
            assert client.post(reverse(f"centres:{name}", args=[centre.pk]), data).status_code == 302, name
        page = client.get(reverse("centres:keep_centre", args=[centre.pk])).content.decode()
    for word in ("停电检修", "会议室", "文明养犬服务日", "龙岭路2号"):
        assert word in page


PUBLIC_QUERIES = 7


def test_hsds(client, centre, worker, django_assert_num_queries):
    """The fields that Open Referral HSDS 3 requires are there, ids are stable, nothing ended is in it."""
    services.set_hours(centre_id=centre.pk, week=WEEK, by=worker, now=make.NOON)
    services.pick_services(centre_id=centre.pk, keys=["library", "lawyer", "water"], by=worker, now=make.NOON)
    services.end_service(service_id=Service.objects.get(key="water").pk, by=worker, now=make.NOON)
    with clock.pretend(make.NOON), django_assert_num_queries(3):
        told = client.get(reverse("centres:services_json")).json()
    assert told["total_items"] == 2 and told["first_page"] and told["last_page"]
    library = next(row for row in told["contents"] if row["name"] == "图书阅览和通借通还")
    assert library["status"] == "active" and library["required_documents"][0]["document"] == "读者证或身份证"
    assert library["schedules"][0] == {
        "id": library["schedules"][0]["id"], "freq": "WEEKLY", "byday": "MO", "opens_at": "09:00", "closes_at": "12:00"
    }  # fmt: skip
    with clock.pretend(make.NOON):
        assert client.get(reverse("centres:services_json")).json() == told
