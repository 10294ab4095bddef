"""Work among colleagues: items given out, notes that name somebody, late answers told to the street, kept filters."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from portal import clock
from portal.models import Notice
from portal.notices import words
from portal.refusals import Refused
from projects.models import Escalation, SavedFilter
from projects.screening import queries, rules, services
from tests.factories import NOON, community, proposal, resident, round_at, street_officer, worker
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db
LATE = NOON + timedelta(days=14)


@pytest.fixture(autouse=True)
def _noon():
    with clock.pretend(NOON):
        yield


@pytest.fixture
def desk():
    home = community()
    officer = street_officer(home.parent)
    batch = round_at("screening", home, officer=officer)
    author = resident(home)
    rows = [proposal(batch, author, title=f"提案{place}") for place in range(3)]
    return home, officer, worker(home), worker(home, "王建军"), rows


@pytest.mark.parametrize(
    ("text", "found"),
    [("请@陈晓敏看一下", {1}), ("＠陈晓敏敏 去现场", {2}), ("陈晓敏已看", set()), ("@黄志强@陈晓敏 一起", {1, 3}), ("@", set())],
)
def test_who_is_named_in_a_note(text, found):
    assert rules.mentioned(text, {1: "陈晓敏", 2: "陈晓敏敏", 3: "黄志强", 4: ""}) == found


def test_a_note_tells_whom_it_names_and_nobody_else(desk):
    _home, officer, me, other, (row, *_rest) = desk
    note = services.add_note(proposal_id=row.pk, by=me, text="@王建军 物业同意了吗？@陈晓敏", now=NOON)
    told = Notice.objects.get(kind="screening.mentioned")
    assert told.person == other and "陈晓敏在“提案0”的内部备注里提到您" in words(told) and note.by == me
    assert not Notice.objects.filter(person=officer).exists()


def test_items_are_given_out_together_and_leave_the_others_queue(desk):
    _home, officer, me, other, rows = desk
    numbers = [row.number for row in rows[:2]]
    assert services.assign_proposals(numbers=numbers, person_id=other.pk, by=me, now=NOON) == 2
    assert Notice.objects.get(kind="screening.assigned").person == other
    today = NOON.date()
    assert [task.title for task in queries.awaiting(me, today=today)] == ["提案2"]
    assert len(queries.awaiting(other, today=today)) == 3
    assert [row.title for row in queries.queue(other, day=today, whose="mine")] == ["提案0", "提案1"]
    assert [row.title for row in queries.queue(me, day=today, whose="none")] == ["提案2"]
    with pytest.raises(Refused):
        services.assign_proposals(numbers=numbers, person_id=officer.pk, by=me, now=NOON)
    with pytest.raises(Refused):
        services.assign_proposals(numbers=numbers, person_id=other.pk, by=rows[0].proposer, now=NOON)


def test_a_late_answer_is_told_to_the_street_once(desk):
    _home, officer, _me, _other, rows = desk
    assert services.escalate_late(NOON) == 0
    assert services.escalate_late(LATE) == 3
    assert services.escalate_late(LATE) == 0
    assert Notice.objects.filter(kind="screening.late", person=officer).count() == 3 == Escalation.objects.count()
    assert "请督办" in words(Notice.objects.filter(kind="screening.late").first())
    assert {task.text for task in queries.awaiting(officer, today=LATE.date())} == {"初审超期，请督办"} and rows


def test_the_queue_page_gives_out_and_keeps_filters(client, desk, django_assert_num_queries):
    _home, _officer, me, other, rows = desk
    sign_in(client, me)
    ticked = {"numbers": [rows[0].number, rows[1].number], "person": other.pk}
    assert client.post(reverse("screening:assign") + "?category=works", ticked).url == "/screening/?category=works"
    for wrong in ({}, {"numbers": ["x" * 99], "person": other.pk}, {"numbers": ["WSS-1"], "person": "9" * 30}):
        assert client.post(reverse("screening:assign"), wrong).status_code == 422
    page = client.get("/screening/?category=works").content.decode()
    assert "分给王建军" in page and "存为常用筛选" in page and rows[0].need in page
    assert rows[2].place in client.get(f"/screening/?at={rows[2].number}").content.decode()
    client.post(reverse("screening:save_filter") + "?category=works&whose=mine", {"title": "我的工程"})
    kept = SavedFilter.objects.get(person=me)
    assert kept.asked["whose"] == "mine"
    assert "/screening/?category=works&amp;whose=mine" in client.get("/screening/").content.decode()
    assert client.post(reverse("screening:save_filter"), {"title": ""}).status_code == 422
    sign_in(client, other)
    client.post(reverse("screening:drop_filter", args=[kept.pk]))
    assert SavedFilter.objects.exists()
    sign_in(client, me)
    client.post(reverse("screening:drop_filter", args=[kept.pk]))
    assert not SavedFilter.objects.exists()


def test_twelve_filters_are_the_most(desk):
    me = desk[2]
    for number in range(rules.MOST_FILTERS):
        services.save_filter(title=str(number), asked={}, by=me, now=NOON)
    services.save_filter(title="0", asked={"view": "done"}, by=me, now=NOON)
    with pytest.raises(Refused):
        services.save_filter(title="再多一个", asked={}, by=me, now=NOON)
