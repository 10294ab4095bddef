"""The offices' pages: the queue, a round's desk, the dossier, the log."""

from datetime import timedelta

import pytest
from django.urls import reverse

from communities.accounts.models import User
from communities.roles import services as roles
from communities.roles.models import Appointment
from communities.roles.rules import Role
from portal import clock, log, notices
from portal.models import LogEntry, Notice
from projects.desk.queries import gather
from projects.items import Task
from projects.models import Round
from projects.rounds import services
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
    return factories.community("龙岭社区")


@pytest.fixture
def officer(home):
    return factories.street_officer(home.parent)


@pytest.fixture
def made(home, officer):
    factories.worker(home)
    factories.council(home, seats=3)
    row = services.prepare_round(
        by=officer, street_id=home.parent_id, title="布吉第一批", first_day=NOON.date(), now=NOON
    )
    services.set_envelope(round_id=row.pk, by=officer, community_id=home.pk, amount=100_000_00, now=NOON)
    return row


def get(client, name, *args, **query):
    return client.get(reverse(name, args=args), query)


def text(response):
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def test_a_round_in_preparation_awaits_its_officer(client, officer, made):
    sign_in(client, officer)
    page = text(get(client, "desk:queue"))
    assert "布吉第一批" in page
    assert reverse("rounds:check", args=[made.number]) in page


def test_the_queue_of_a_stranger_is_empty(client, made):
    sign_in(client, factories.street_officer(factories.street("坂田街道")))
    page = text(get(client, "desk:queue"))
    assert "布吉第一批" not in page
    assert "没有等您处理的事" in page


def test_the_filter_stays_when_going_to_the_next_item(client, officer, home, monkeypatch):
    tasks = [
        Task("screening", f"第{place}件", "待初审", f"/x/{place}", NOON.date(), "龙岭社区" if place else "南坑社区")
        for place in range(3)
    ]
    monkeypatch.setattr(gather, "tasks_of", lambda person, *, today: tasks)
    sign_in(client, officer)
    page = text(get(client, "desk:queue", community="龙岭社区", at="0"))
    assert "第0件" not in page
    assert 'rel="next" href="?community=%E9%BE%99%E5%B2%AD%E7%A4%BE%E5%8C%BA&amp;at=1"' in page
    assert "办理：第1件" in page
    for at in ("9", "-1", "٣", "x" * 20):
        assert get(client, "desk:queue", at=at).status_code == 200


def test_the_hooks_of_every_room_keep_the_contract(home):
    """Each hook answers a list for a resident, an officer and a proposal, and is bounded."""
    batch = factories.round_at("proposals", home)
    resident = factories.resident(home)
    row = factories.proposal(batch, resident)
    for person in (resident, batch.created_by):
        assert isinstance(gather.tasks_of(person, today=NOON.date()), list)
    assert isinstance(gather.life_of(row), list)
    assert isinstance(gather.offers_to(resident, row, parties=frozenset(), now=NOON), list)


def test_the_desk_says_what_holds_the_round(client, officer, made, home):
    sign_in(client, officer)
    assert "还没有发布征集" in text(get(client, "desk:round_desk", made.number))
    services.open_call(round_id=made.pk, by=officer, now=NOON)
    page = text(get(client, "desk:round_desk", made.number))
    assert "这个阶段按公布的日程进行，到期才能结束。" in page
    assert "进入“初审”" in page
    assert "流转记录" in page


def test_the_desk_moves_an_untimed_stage_on_and_back(client, officer, home):
    row = factories.round_at("approval", home, officer=officer)
    sign_in(client, officer)
    assert "退回“计票定项”" in text(get(client, "desk:round_desk", row.number))
    answer = client.post(reverse("rounds:send_back", args=[row.number]), {"to": "tally", "reason": ""})
    assert answer.status_code == 422
    assert "写明理由" in answer.content.decode()
    Round.objects.filter(pk=row.pk).update(stage="rounds")
    answer = client.post(reverse("rounds:send_back", args=[row.number]), {"to": "tally", "reason": "有项目要重新核算"})
    assert answer.status_code == 422, "the chart names no way back from there"


def test_another_streets_desk_is_not_there(client, made):
    sign_in(client, factories.street_officer(factories.street("坂田街道")))
    assert get(client, "desk:round_desk", made.number).status_code == 404
    assert get(client, "rounds:check", made.number).status_code == 404


@pytest.mark.parametrize("name", ["desk:queue", "desk:mine", "desk:my_notices", "desk:log", "rounds:office"])
def test_signed_out_visitors_are_asked_to_sign_in(client, name):
    assert get(client, name).status_code == 302


def test_the_dossier_shows_everything_to_those_who_may(client, home, officer):
    batch = factories.round_at("screening", home, officer=officer)
    row = factories.proposal(batch, factories.resident(home))
    log.record("screening.record_finding", by=officer, about=row, now=NOON, reason="范围之内")
    sign_in(client, officer)
    page = text(get(client, "desk:dossier", row.number))
    assert "screening.record_finding" in page
    assert "范围之内" in page
    assert "待初审" in page, "the office's term"
    sign_in(client, factories.resident(home, "王建国"))
    assert get(client, "desk:dossier", row.number).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_the_log_asks_a_fixed_number(client, home, rows, django_assert_max_num_queries):
    auditor = factories.holder(Role.AUDITOR, home.parent.parent)
    sign_in(client, auditor)
    get(client, "desk:log")
    for _ in range(rows):
        log.record("rounds.set_rules", by=auditor, about=home, now=NOON)
    log.seal_pending()
    with django_assert_max_num_queries(14):
        assert "rounds.set_rules" in text(get(client, "desk:log"))


def test_the_auditor_walks_the_chain(client, home):
    """S47."""
    auditor = factories.holder(Role.AUDITOR, home.parent.parent)
    for _ in range(3):
        log.record("rounds.set_rules", by=auditor, about=home, now=NOON)
    log.seal_pending()
    sign_in(client, auditor)
    assert "日志完整" in text(client.post(reverse("desk:verify_log")))
    from portal.models import LogSeal

    last = LogSeal.objects.order_by("-position").first()
    LogSeal.objects.create(
        position=last.position + 1, digest="0" * 64, entry=LogEntry.objects.create(at=NOON, action="slipped.in")
    )
    page = text(client.post(reverse("desk:verify_log")))
    assert "日志对不上" in page


def test_a_notice_is_read_once_and_leads_on(client, home):
    resident, other = factories.resident(home), factories.resident(home, "王建国")
    for person in (resident, other):
        notices.owe([person], kind="x", key="1", text="“%(what)s”有进展", url="/bangzhu/", now=NOON, what="坡道")
    sign_in(client, resident)
    assert "“坡道”有进展" in text(get(client, "desk:my_notices"))
    theirs, mine = Notice.objects.get(person=other), Notice.objects.get(person=resident)
    assert client.post(reverse("desk:read_notice", args=[theirs.pk])).status_code == 404
    assert client.post(reverse("desk:read_notice", args=[mine.pk])).url == "/bangzhu/"
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert (mine.read_at, theirs.read_at) == (NOON, None)
    assert client.get(reverse("desk:read_notice", args=[mine.pk])).status_code == 405


def test_all_notices_are_read_at_once(client, home):
    resident = factories.resident(home)
    for key in "abc":
        notices.owe([resident], kind="x", key=key, text="有进展", now=NOON)
    sign_in(client, resident)
    client.post(reverse("desk:read_all"))
    assert not Notice.objects.filter(person=resident, read_at=None).exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_queue_asks_a_fixed_number(client, home, rows, django_assert_num_queries):
    worker = factories.worker(home)
    batch = factories.round_at("screening", home)
    for _ in range(rows):
        factories.proposal(batch, factories.resident(home))
    sign_in(client, worker)
    assert text(get(client, "desk:queue")).count('class="queue-title"') == rows
    with django_assert_num_queries(18):
        get(client, "desk:queue")


@pytest.mark.parametrize("rows", [1, 3])
def test_a_rounds_desk_asks_a_fixed_number(client, home, officer, rows, django_assert_num_queries):
    batch = factories.round_at("screening", home, officer=officer)
    for _ in range(rows):
        factories.proposal(batch, factories.resident(home))
    sign_in(client, officer)
    get(client, "desk:round_desk", batch.number)
    with django_assert_num_queries(9):
        get(client, "desk:round_desk", batch.number)


def test_the_successors_queue_is_the_predecessors(home, officer):
    """Work belongs to the role at a place: a worker is replaced and nothing that waited is lost, or left with her."""
    old, new = factories.worker(home), User.objects.create_staff("w77", name="林晓", date_joined=NOON)
    batch = factories.round_at("screening", home, officer=officer)
    factories.proposal(batch, factories.resident(home))
    factories.proposal(batch, factories.resident(home), title="加装路灯")
    before = [(task.url, task.title) for task in gather.tasks_of(old, today=NOON.date())]
    assert len(before) >= 2 and gather.tasks_of(new, today=NOON.date()) == []
    term = Appointment.objects.get(person=old)
    tomorrow = NOON + timedelta(days=1)
    roles.hand_over(
        appointment_id=term.pk, to_id=new.pk, on=tomorrow.date(), reason="轮岗", by=officer, now=NOON
    )
    old, new = User.objects.get(pk=old.pk), User.objects.get(pk=new.pk)
    with clock.pretend(tomorrow):
        assert [(task.url, task.title) for task in gather.tasks_of(new, today=tomorrow.date())] == before
        assert gather.tasks_of(old, today=tomorrow.date()) == []
