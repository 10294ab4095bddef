"""The notice board's pages: sheets, objecting, the answer desk."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal import clock
from projects.permissions import Party
from projects.publicity import queries, services
from projects.publicity.models import Objection
from tests import factories
from tests.projects.publicity.notices import POSTED, board
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day():
    with clock.pretend(POSTED):
        yield


def url(name: str, *args: object) -> str:
    return reverse(f"publicity:{name}", args=args)


def text_of(answer) -> str:
    return answer.content.decode()


def test_the_sheet_says_what_how_long_and_where_to_object():
    b = board()
    sheet = text_of(Client().get(url("notice", b.sheet.pk)))
    for words in (
        "公示〔2026〕1号",
        "5 个工作日",
        "2026年3月6日（周五）",
        "2026年3月13日（周五）",
        "加装坡道1",
        "160,000.00 元",
    ):
        assert words in sheet
    assert "加装坡道3" not in sheet
    code = Client().get(url("qr", b.sheet.pk))
    assert code.headers["Content-Type"] == "image/svg+xml" and b"<svg" in code.content


def test_a_resident_writes_checks_and_sends_an_objection():
    """U7, U8: what is published is shown before it is sent; then the number and the day of the answer."""
    b = board()
    client = sign_in(Client(), b.neighbour)
    place = url("lodge", b.proposals[0].number)
    assert client.post(place, {"text": ""}).status_code == 422
    check = client.post(place, {"text": "坡道会挡住消防通道。"})
    assert check.status_code == 200 and "核对后提交" in text_of(check) and not Objection.objects.exists()
    again = text_of(client.post(place, {"text": "坡道会挡住消防通道。", "again": "on"}))
    assert "下一步：核对" in again and "坡道会挡住消防通道。" in again
    done = client.post(place, {"text": "坡道会挡住消防通道。", "checked": "on"})
    row = Objection.objects.get()
    assert done.headers["Location"] == url("lodged", row.number)
    receipt = text_of(client.get(url("lodged", row.number)))
    assert row.number in receipt and "2026年3月13日（周五）" in receipt
    assert sign_in(Client(), b.worker).get(url("lodged", row.number)).status_code == 404
    assert "坡道会挡住消防通道。" in text_of(Client().get(url("notice", b.sheet.pk)))


def test_a_phone_number_in_the_text_is_refused_at_the_field_and_the_text_stays():
    """P11 and U3."""
    b = board()
    client = sign_in(Client(), b.neighbour)
    answer = client.post(url("lodge", b.proposals[0].number), {"text": "请联系13800138000谈。", "checked": "on"})
    assert answer.status_code == 422
    assert "像是电话" in text_of(answer) and "请联系13800138000谈。" in text_of(answer)


def test_who_may_not_object_gets_the_reason():
    b = board()
    stranger = sign_in(Client(), factories.resident(factories.community("坂田社区"), "外社区"))
    answer = stranger.get(url("lodge", b.proposals[0].number))
    assert answer.status_code == 403 and "已核实的本社区居民" in text_of(answer)


def test_the_objectors_name_is_never_public():
    """P11: only that a resident objected."""
    b = board()
    row = b.object()
    services.answer_objection(objection_id=row.pk, answer="已现场核实，不影响。", by=b.worker, now=POSTED)
    for place in (url("notice", b.sheet.pk), url("objection", row.number)):
        page = text_of(Client().get(place))
        assert "已现场核实，不影响。" in page and b.neighbour.name not in page


def test_the_desk_answers_and_only_the_street_is_offered_to_uphold():
    b = board()
    row = b.object()
    worker, officer = sign_in(Client(), b.worker), sign_in(Client(), b.officer)
    assert row.number in text_of(worker.get(url("desk")))
    assert "由街道工作人员认定" in text_of(worker.get(url("answer", row.number)))
    assert worker.get(url("uphold", row.number)).status_code == 403
    assert officer.post(url("uphold", row.number), {"answer": ""}).status_code == 422
    assert officer.post(url("uphold", row.number), {"answer": "确实挡住消防通道。", "go": "send"}).status_code == 302
    assert (b.standing(0), b.stage()) == ("struck", "tally")
    assert row.number in text_of(worker.get(url("desk") + "?done=1"))


def test_a_worker_answers_and_enters_paper_objections():
    b = board()
    worker = sign_in(Client(), b.worker)
    row = b.object()
    assert worker.post(url("answer", row.number), {"answer": "已现场核实，不影响。", "go": "send"}).status_code == 302
    place = url("enter", b.batch.number, b.home.code)
    assert "登记龙岭社区纸质异议" in text_of(worker.get(url("desk")))
    assert worker.post(place, {"proposal": "x", "paper_ref": "", "text": ""}).status_code == 422
    done = worker.post(
        place, {"proposal": b.proposals[1].pk, "paper_ref": "龙岭公示-3", "text": "施工太吵，怕影响孩子。"}
    )
    paper = Objection.objects.get(paper_ref="龙岭公示-3")
    assert done.headers["Location"] == url("objection", paper.number)
    assert "龙岭公示-3" in text_of(Client().get(url("objection", paper.number)))


def test_the_proposer_says_his_side():
    b = board()
    row = b.object()
    proposer = sign_in(Client(), b.proposals[0].proposer)
    assert "补充我的说明" in text_of(proposer.get(url("objection", row.number)))
    assert proposer.post(url("comment", row.number), {"comment": "坡道靠墙，不占通道。"}).status_code == 302
    assert "坡道靠墙，不占通道。" in text_of(Client().get(url("objection", row.number)))
    assert sign_in(Client(), b.neighbour).get(url("comment", row.number)).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_lists_ask_a_constant_number_of_questions(count, django_assert_num_queries, django_assert_max_num_queries):
    b = board()
    for place in range(count):
        b.object(by=factories.resident(b.home, f"邻居{place}"))
    with django_assert_num_queries(3):
        Client().get(url("notice", b.sheet.pk))
    with django_assert_num_queries(3):
        Client().get(url("round", b.batch.number))
    worker = sign_in(Client(), b.worker)
    worker.get(url("desk"))
    with django_assert_max_num_queries(12):
        assert text_of(worker.get(url("desk"))).count("queue-title") == count


def test_what_awaits_is_told_and_what_can_be_done():
    b = board()
    proposal = b.proposals[0]
    proposal.refresh_from_db()
    proposal.round.refresh_from_db()
    offered = queries.offers(proposal, person=b.neighbour, parties=frozenset({Party.RESIDENT}), now=POSTED)
    assert [(offer.text, offer.why_not) for offer in offered] == [("看公示", ""), ("提出异议", "")]
    row = b.object()
    offered = queries.offers(proposal, person=b.neighbour, parties=frozenset({Party.RESIDENT}), now=POSTED)
    assert "还在办理" in offered[-1].why_not
    visitor = queries.offers(proposal, person=b.neighbour, parties=frozenset({Party.VISITOR}), now=POSTED)
    assert "已核实的本社区居民" in visitor[-1].why_not
    (task,) = queries.awaiting(b.worker, today=POSTED.date())
    assert (task.url, task.due_on) == (url("answer", row.number), row.due_on)
    assert queries.awaiting(b.neighbour, today=POSTED.date()) == []
    services.answer_objection(objection_id=row.pk, answer="已现场核实，不影响。", by=b.worker, now=POSTED)
    told = queries.chapters(proposal)
    assert [chapter.title for chapter in told] == ["入选项目公示", f"居民提出异议 {row.number}", "已答复"]
    assert told[-1].reason == "已现场核实，不影响。"


ODD = st.one_of(
    st.text(max_size=60), st.sampled_from(["\0", "9" * 40, "‮", "\ud800".encode("utf-8", "replace").decode()])
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=ODD, second=ODD, third=ODD)
def test_no_typed_value_breaks_a_form(first, second, third):
    """Bad input is answered, never with a 500."""
    if not hasattr(test_no_typed_value_breaks_a_form, "ready"):
        b = board()
        test_no_typed_value_breaks_a_form.ready = (b, b.object())
    b, row = test_no_typed_value_breaks_a_form.ready
    posts = [
        (b.neighbour, url("lodge", b.proposals[1].number), {"text": first, "again": second}),
        (b.worker, url("answer", row.number), {"answer": third[:3]}),
        (b.worker, url("enter", b.batch.number, b.home.code), {"proposal": first, "paper_ref": second, "text": third}),
        (b.proposals[0].proposer, url("comment", row.number), {"comment": second[:3]}),
    ]
    for person, place, data in posts:
        assert sign_in(Client(), person).post(place, data).status_code in (200, 302, 409, 422)
