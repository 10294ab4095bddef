"""The council's pages: the clerk's console, the member's phone, the public's sheet, the wall."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import projects.tasks  # noqa: F401 - what a worker loads
from portal import clock, jobs
from portal.models import Job
from projects.deliberation import queries, services
from projects.deliberation.models import Meeting, Resolution
from projects.permissions import Party
from tests import factories
from tests.factories import NOON
from tests.projects.deliberation.council import DAY, world
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day():
    with clock.pretend(DAY):
        yield


def url(name: str, *args: object) -> str:
    return reverse(f"deliberation:{name}", args=args)


def text_of(answer) -> str:
    return answer.content.decode()


def test_a_meeting_by_clicks_alone_from_the_call_to_signed_minutes():
    w = world(seats=5, proposals=2)
    clerk, chair = sign_in(Client(), w.worker), sign_in(Client(), w.chair)
    assert "召集龙岭社区议事会" in text_of(clerk.get(url("desk")))
    form = {
        "held_on": "2026-03-07",
        "at": "19:30",
        "place": "社区会议室",
        "proposals": [each.pk for each in w.proposals],
    }
    too_early = clerk.post(url("convene", w.batch.number, w.home.code), form)
    assert too_early.status_code == 422 and "最早可以定在2026年3月9日（周一）" in text_of(too_early)
    answer = clerk.post(url("convene", w.batch.number, w.home.code), {**form, "held_on": "2026年3月9日"})
    meeting = Meeting.objects.get()
    assert answer.headers["Location"] == url("run", meeting.number)
    assert "开会当天才能登记到会" in text_of(clerk.get(url("run", meeting.number)))
    with clock.pretend(DAY + timedelta(days=3)):
        clerk, chair = sign_in(Client(), w.worker), sign_in(Client(), w.chair)
        states = {f"seat_{each.pk}": "present" for each in w.members}
        assert clerk.post(url("roll", meeting.number), {**states, f"seat_{w.chair.pk}": ""}).status_code == 422
        assert clerk.post(url("roll", meeting.number), states).status_code == 302
        assert clerk.post(url("open_meeting", meeting.number), {"chair": w.chair.pk}).status_code == 302
        first, second = meeting.items.all()
        clerk.post(url("open_vote", first.pk))
        assert "去表决" in text_of(chair.get(url("papers", meeting.number)))
        assert chair.post(url("vote", first.pk), {"choice": "against"}).status_code == 302
        assert "您已表决" in text_of(chair.get(url("papers", meeting.number)))
        others = {f"vote_{each.pk}": "against" for each in w.members[1:]}
        assert clerk.post(url("hands", first.pk), others).status_code == 302
        assert "不通过" in text_of(clerk.get(url("close_vote", first.pk)))
        asked = clerk.post(url("close_vote", first.pk), {"reason": ""})
        assert asked.status_code == 422 and "请写明理由" in text_of(asked)
        said = {"reason": "物业公司的责任"}
        told = text_of(clerk.post(url("close_vote", first.pk), said))
        assert "会发给" in told and "没有通过" in told and not Resolution.objects.exists(), "read before it is sent"
        assert clerk.post(url("close_vote", first.pk), {**said, "go": "send"}).status_code == 302
        assert clerk.post(url("defer", second.pk), {"reason": "等产权单位意见"}).status_code == 302
        assert (
            clerk.post(url("notes", meeting.number), {f"notes_{first.pk}": "大家认为应由物业办。"}).status_code == 302
        )
        assert clerk.post(url("close_meeting", meeting.number)).status_code == 302
        assert Client().get(url("minutes", meeting.number)).status_code == 404
        assert "作为主持人签字" in text_of(chair.get(url("minutes", meeting.number)))
        chair.post(url("chair_sign", meeting.number))
        clerk.post(url("sign", meeting.number))
    public = text_of(Client().get(url("minutes", meeting.number)))
    for words in ("物业公司的责任", "大家认为应由物业办。", "反对：", "议事代表1", "等产权单位意见"):
        assert words in public


def test_the_document_holds_the_minutes_and_is_handed_out_when_it_is_made():
    w = world(seats=5)
    meeting = w.opened()
    w.resolve(meeting.items.get(), in_favour=4)
    w.finished(meeting)
    assert Client().get(url("minutes_docx", meeting.number)).status_code == 404
    job = Job.objects.get(kind="deliberation.minutes_document")
    assert jobs.run(job.pk, now=DAY)
    job.refresh_from_db()
    assert (job.state, job.error) == ("done", "")
    answer = Client().get(url("minutes_docx", meeting.number))
    paper = Document(BytesIO(b"".join(answer.streaming_content)))
    text = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    assert "龙岭社区居民议事会会议纪要" in text and "同意 4 票，反对 1 票" in text and "记录人：陈晓敏" in text
    assert [cell.text for cell in paper.tables[0].rows[1].cells] == ["议事代表1", "居民代表", "到会"]
    assert Client().get(url("minutes_pdf", meeting.number)).status_code == 404
    assert jobs.run(Job.objects.get(kind="deliberation.minutes_pdf").pk, now=DAY)
    printed = b"".join(Client().get(url("minutes_pdf", meeting.number)).streaming_content)
    assert printed.startswith(b"%PDF-") and "下载 PDF" in Client().get(url("minutes", meeting.number)).content.decode()


def test_a_secret_meeting_publishes_counts_and_no_names():
    """B8: nobody learns who voted for what."""
    w = world(seats=5, council_secret=True)
    meeting = w.opened()
    item = meeting.items.get()
    services.open_vote(item_id=item.pk, by=w.worker, now=DAY)
    for place, member in enumerate(w.members):
        services.vote_item(item_id=item.pk, choice="for" if place else "against", by=member, now=DAY)
    services.close_vote(item_id=item.pk, reason="", by=w.worker, now=DAY)
    w.finished(meeting)
    public = text_of(Client().get(url("minutes", meeting.number)))
    assert "同意 4 票，反对 1 票" in public and "无记名表决，只公布票数" in public
    assert "反对：" not in public and "同意：" not in public


def test_the_wall_never_shows_a_running_count():
    """B13: no running totals."""
    w = world(seats=5)
    meeting = w.opened()
    item = meeting.items.get()
    services.open_vote(item_id=item.pk, by=w.worker, now=DAY)
    services.vote_item(item_id=item.pk, choice="for", by=w.members[0], now=DAY)
    wall = text_of(Client().get(url("wall", meeting.number)))
    assert "已表决 1 / 5 人" in wall and "同意" not in wall
    part = Client().get(url("wall", meeting.number), headers={"HX-Request": "true"})
    assert "<html" not in text_of(part) and "已表决 1 / 5 人" in text_of(part)


@pytest.mark.parametrize("page", ["run", "roll", "open_meeting", "adjourn", "notes"])
def test_the_clerks_pages_are_refused_to_others_with_the_reason(page):
    """S28: another community's worker sees the refused page."""
    w = world()
    meeting = w.call()
    stranger = sign_in(Client(), factories.worker(factories.community("坂田社区")))
    answer = stranger.get(url(page, meeting.number))
    assert answer.status_code == 403 and "本社区工作者" in text_of(answer)
    assert Client().get(url(page, meeting.number)).status_code == 302


def test_papers_are_for_the_council_and_its_clerk():
    w = world()
    meeting = w.call()
    assert sign_in(Client(), w.members[1]).get(url("papers", meeting.number)).status_code == 200
    assert sign_in(Client(), w.proposals[0].proposer).get(url("papers", meeting.number)).status_code == 404


def test_a_put_off_meeting_says_why_to_everybody():
    w = world()
    meeting = w.call()
    clerk = sign_in(Client(), w.worker)
    assert clerk.post(url("adjourn", meeting.number), {"reason": ""}).status_code == 422
    assert clerk.post(url("adjourn", meeting.number), {"reason": "台风停工停课"}).status_code == 302
    assert "台风停工停课" in text_of(Client().get(url("meeting", meeting.number)))


@pytest.mark.parametrize("items", [1, 3])
def test_public_pages_ask_a_constant_number_of_questions(items, django_assert_num_queries):
    w = world(seats=5, proposals=items)
    meeting = w.opened()
    for item in meeting.items.all():
        w.resolve(item, in_favour=5)
    w.finished(meeting)
    for place in range(items - 1):
        other = factories.proposal(w.batch, w.proposals[0].proposer, standing="accepted", title=f"再议{place}")
        w.call(other, at=DAY + timedelta(days=7))
    with django_assert_num_queries(6):
        Client().get(url("meeting", meeting.number))
    with django_assert_num_queries(5):  # the fifth: the hearings
        Client().get(url("meetings", w.home.code))


@pytest.mark.parametrize("items", [1, 3])
def test_the_clerks_desk_asks_a_constant_number_of_questions(items, django_assert_max_num_queries):
    w = world(seats=5, proposals=items)
    for each in w.proposals:
        w.call(each)
    clerk = sign_in(Client(), w.worker)
    clerk.get(url("desk"))
    with django_assert_max_num_queries(14):
        answer = clerk.get(url("desk"))
    assert text_of(answer).count("queue-title") == items


def test_what_awaits_whom():
    w = world(seats=5)
    day = DAY.date()
    assert [task.url for task in queries.awaiting(w.worker, today=day)] == [url("convene", w.batch.number, w.home.code)]
    assert queries.awaiting(w.members[1], today=day) == []
    meeting = w.opened()
    assert [task.url for task in queries.awaiting(w.worker, today=day)] == [url("run", meeting.number)]
    assert [task.url for task in queries.awaiting(w.members[1], today=day)] == [url("papers", meeting.number)]
    w.resolve(meeting.items.get(), in_favour=5)
    services.close_meeting(meeting_id=meeting.pk, by=w.worker, now=DAY)
    assert [task.url for task in queries.awaiting(w.chair, today=day)] == [url("minutes", meeting.number)]
    assert queries.awaiting(w.members[1], today=day) == []


def test_the_chapters_tell_agenda_and_result_and_the_offers_end_with_the_vote():
    w = world(seats=5)
    meeting = w.opened()
    proposal = w.proposals[0]
    member = {Party.COUNCIL}
    offered = queries.offers(proposal, person=w.members[1], parties=member, now=DAY)
    assert [offer.text for offer in offered] == ["看会议材料", "看议事会议程", "声明回避"]
    w.resolve(meeting.items.get(), in_favour=1, reason="物业公司的责任")
    told = queries.chapters(proposal)
    assert [chapter.title for chapter in told] == ["列入议事会议程", "议事会评议：不通过"]
    assert told[1].reason == "物业公司的责任" and "同意 1 票" in told[1].text
    proposal.refresh_from_db()
    assert queries.offers(proposal, person=w.members[1], parties=member, now=DAY) == []


ODD = st.one_of(st.text(max_size=40), st.sampled_from(["\0", "9" * 40, "2026-02-31", "0001-01-01", "‮x", "-1", "１３"]))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.lists(ODD, min_size=6, max_size=6))
def test_no_typed_value_breaks_a_form(values):
    """Bad input is answered, never with a 500."""
    if not hasattr(test_no_typed_value_breaks_a_form, "ready"):
        w = world(seats=5, proposals=2)
        meeting = w.opened(w.proposals[0])
        test_no_typed_value_breaks_a_form.ready = (w, meeting, meeting.items.get())
    w, meeting, item = test_no_typed_value_breaks_a_form.ready
    clerk, member = sign_in(Client(), w.worker), sign_in(Client(), w.members[1])
    one, two, three, four, five, six = values
    posts = [
        (
            clerk,
            url("convene", w.batch.number, w.home.code),
            {"held_on": one, "at": two, "place": three, "proposals": [four]},
        ),
        (clerk, url("roll", meeting.number), {f"seat_{w.chair.pk}": one}),
        (clerk, url("hands", item.pk), {f"vote_{w.chair.pk}": one}),
        (clerk, url("slips", item.pk), {"people": [one], "in_favour": two, "against": three, "abstained": four}),
        (clerk, url("recuse", item.pk), {"person": one, "reason": two}),
        (clerk, url("open_meeting", meeting.number), {"chair": five}),
        (member, url("vote", item.pk), {"choice": six}),
    ]
    for client, place, data in posts:
        assert client.post(place, data).status_code in (302, 409, 422)


def test_a_far_day_is_a_message():
    w = world()
    clerk = sign_in(Client(), w.worker)
    form = {"held_on": "2026-02-30", "at": "99:99", "place": "", "proposals": ["x"]}
    answer = clerk.post(url("convene", w.batch.number, w.home.code), form)
    assert answer.status_code == 422
    for words in ("没有看懂这个日期", "请从列表里选一个时间", "请写开会地点", "请至少勾选一项提案"):
        assert words in text_of(answer)
    assert NOON < DAY
