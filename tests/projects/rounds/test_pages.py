"""An officer prepares a round on the pages alone, and every mistake is told at its field."""

import hashlib

import pytest
from django.urls import reverse

from communities.roles.rules import Role
from portal import clock
from projects.models import Round
from tests import factories
from tests.factories import NOON
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon():
    with clock.pretend(NOON):
        yield


@pytest.fixture
def home():
    place = factories.community("龙岭社区")
    factories.worker(place)
    factories.council(place, seats=3)
    return place


@pytest.fixture
def officer(client, home):
    who = factories.street_officer(home.parent)
    sign_in(client, who)
    return who


def url(name, *args):
    return reverse(f"rounds:{name}", args=args)


def prepare(client, home, **changes):
    data = {"street": home.parent_id, "title": "布吉第一批", "combine": "shortlist", "first_day": "2026-03-02"}
    return client.post(url("prepare_round"), {**data, **changes})


def test_from_nothing_to_an_open_call(client, home, officer):
    answer = prepare(client, home)
    made = Round.objects.get()
    assert answer.url == url("check", made.number)
    page = client.get(answer.url).content.decode()
    assert "还没有给任何社区填写额度" in page
    assert 'aria-disabled="true"' in page, "not open yet, and it says why"
    answer = client.post(url("envelopes", made.number), {f"amount_{home.pk}": "200万"})
    assert answer.url == url("check", made.number)
    assert made.envelopes.get().amount == 2_000_000_00
    page = client.get(url("rules", made.number)).content.decode()
    assert "200,000" in page, "the cap in 元"
    page = client.get(url("check", made.number)).content.decode()
    assert "待补" not in page
    answer = client.post(url("open_call", made.number))
    assert answer.url == reverse("desk:round_desk", args=[made.number])
    made.refresh_from_db()
    assert made.stage == "proposals"
    frozen = client.get(url("frozen", made.number))
    assert hashlib.sha256(frozen.content).hexdigest() == made.digest
    page = client.get(reverse("desk:round_rules", args=[made.number])).content.decode()
    assert made.digest in page
    assert "现在的内容和封存时一致" in page


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": ""}, "填写批次名称"),
        ({"title": "x" * 61}, "最多写 60 个字"),
        ({"first_day": ""}, "填写征集开始日"),
        ({"first_day": "2026-02-30"}, "没有看懂这个日期"),
        ({"first_day": "\x00"}, "填写征集开始日"),
        ({"street": "999999999999999999999"}, "从列表里选择街道"),
        ({"combine": "publicity"}, "从列表里选一项"),
    ],
)
def test_a_mistake_is_told_at_its_field_and_what_was_typed_stays(client, home, officer, changes, message):
    answer = prepare(client, home, **changes)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert message in page
    assert "处需要修改" in page
    assert "布吉第一批" in page or "title" in changes
    assert not Round.objects.exists()


def test_every_page_of_the_room_answers_and_refuses_an_empty_form_kindly(client, home, officer):
    prepare(client, home)
    number = Round.objects.get().number
    for name in ("edit", "calendar", "rules", "envelopes", "copy_round", "cancel_round", "check"):
        assert client.get(url(name, number)).status_code == 200, name
    for name in ("edit", "calendar", "rules", "copy_round", "cancel_round", "lay_calendar"):
        assert client.post(url(name, number), {}).status_code == 422, name


def test_the_calendar_is_mended_by_hand_and_laid_anew(client, home, officer):
    prepare(client, home)
    made = Round.objects.get()
    page = client.get(url("calendar", made.number)).content.decode()
    assert 'value="2026-03-31"' in page
    data = {}
    for row in made.windows.all():
        data[f"first_{row.stage}"] = clock.timezone.localdate(row.opens_at).isoformat()
        data[f"last_{row.stage}"] = clock.timezone.localdate(row.closes_at).isoformat()
    answer = client.post(url("calendar", made.number), {**data, "last_proposals": "2026-12-31"})
    assert answer.status_code == 422
    assert "开始日期要晚于上一阶段的结束日期" in answer.content.decode()
    assert client.post(url("calendar", made.number), {**data, "last_proposals": "2026-03-20"}).status_code == 302
    assert client.post(url("lay_calendar", made.number), {"first_day": "2026年4月1日"}).status_code == 302
    assert made.windows.order_by("opens_at").first().opens_at.date().isoformat() == "2026-03-31"  # 16:00 UTC


def test_after_opening_no_page_changes_anything(client, home, officer):
    prepare(client, home)
    made = Round.objects.get()
    client.post(url("envelopes", made.number), {f"amount_{home.pk}": "100"})
    client.post(url("open_call", made.number))
    answer = client.post(url("envelopes", made.number), {f"amount_{home.pk}": "999"})
    assert answer.status_code == 422
    assert made.envelopes.get().amount == 100_00
    answer = client.post(url("open_call", made.number))
    assert answer.status_code == 409


def test_others_do_not_come_in(client, home, officer):
    prepare(client, home)
    number = Round.objects.get().number
    sign_in(client, factories.resident(home))
    assert client.get(url("prepare_round")).status_code == 403
    assert client.get(url("check", number)).status_code == 404
    sign_in(client, factories.holder(Role.DISTRICT_OFFICER, home.parent.parent))
    assert client.get(url("check", number)).status_code == 200
    assert client.post(url("open_call", number)).status_code == 403


def test_a_district_chooses_its_words(client, home):
    district = home.parent.parent
    sign_in(client, factories.holder(Role.DISTRICT_OFFICER, district))
    assert client.post(url("words", district.code), {"vocabulary": "city", "delivery": "动工"}).status_code == 302
    batch = factories.round_at("proposals", home)
    page = client.get(reverse("desk:round", args=[batch.number])).content.decode()
    assert "项目征集" in page
    assert "居民点菜" not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_rounds_asks_a_fixed_number(client, home, officer, rows, django_assert_max_num_queries):
    for _ in range(rows):
        prepare(client, home)
    client.get(url("office"))
    with django_assert_max_num_queries(12):
        assert "筹备中" in client.get(url("office")).content.decode()
