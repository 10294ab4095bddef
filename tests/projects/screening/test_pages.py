"""The screening desk: queue, one proposal with its facts, the letter before it goes, the next one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from portal import clock
from projects.models import Proposal
from projects.proposals import similar
from projects.proposals.standings import Standing
from projects.screening import services
from tests.factories import NOON, community, proposal, resident, round_at, street_officer, worker
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db
QUEUE = "/screening/"


@pytest.fixture(autouse=True)
def _noon():
    with clock.pretend(NOON):
        yield


@pytest.fixture
def home():
    return community()


@pytest.fixture
def batch(home):
    return round_at("screening", home)


@pytest.fixture
def author(home):
    return resident(home, "李秀兰")


@pytest.fixture
def staff(home):
    return worker(home)


@pytest.fixture
def desk(client, staff):
    return sign_in(client, staff)


def assess(item, tail: str = "") -> str:
    return reverse("screening:assess", args=[item.number]) + tail


def read(answer) -> str:
    return answer.content.decode()


GOOD = {"outcome": "accepted", "category": "works", "content_class": "facilities", "estimate": "80000"}


def test_the_letter_is_read_before_it_goes_and_the_next_one_opens(desk, batch, author, staff):
    """before sending: what goes to whom; next keeps the filter"""
    first, second = proposal(batch, author), proposal(batch, author)
    url = assess(first, "?category=works")
    told = read(desk.post(url, {**GOOD, "go": "preview"}))
    assert "您的提案“楼道加装无障碍坡道”通过了初审" in told and "发出结论" in told
    first.refresh_from_db()
    assert first.standing == Standing.LODGED
    again = read(desk.post(url, {**GOOD, "estimate": "81234", "go": "edit"}))
    assert 'value="81234"' in again and "发出前再看一遍" not in again, "changed again: what was typed is kept"
    answer = desk.post(url, {**GOOD, "go": "send"})
    assert answer.url == assess(second, "?category=works")
    first.refresh_from_db()
    assert first.standing == Standing.ACCEPTED
    assert desk.post(answer.url, {**GOOD, "go": "send"}).url == QUEUE + "?category=works"


def test_the_hidden_answers_of_the_preview_are_the_ones_sent(desk, batch, author):
    import re

    item = proposal(batch, author)
    typed = {"outcome": "rejected", "codes": ["N01", "N05"], "reason": "物业负责。\n已联系物业。", "go": "preview"}
    told = read(desk.post(assess(item), typed))
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', told)
    again: dict[str, list[str]] = {}
    for name, value in hidden:
        again.setdefault(name, []).append(value)
    again.pop("csrfmiddlewaretoken", None)
    desk.post(assess(item), {**again, "go": "send"})
    finding = item.findings.get()
    assert finding.codes == ["N01", "N05"] and finding.reason == "物业负责。\n已联系物业。"


@pytest.mark.parametrize(
    ("typed", "field", "says"),
    [
        ({}, "outcome_0", "请选一个初审结论"),
        ({"outcome": "rejected", "reason": "物业负责这件事。"}, "codes_0", "至少选一条"),
        ({"outcome": "rejected", "codes": "N01"}, "reason", "请写明理由"),
        ({"outcome": "returned", "reason": "请补照片。", "correct_by": "明天"}, "correct_by", "没有看懂这个日期"),
        ({"outcome": "returned", "reason": "请补照片。", "correct_by": "2026-03-02"}, "correct_by", "补正期限"),
        ({"outcome": "merged", "reason": "同一件事。", "merged_into": "WSS-1"}, "merged_into", "没有找到"),
        ({"outcome": "redirected", "reason": "城管负责。"}, "department", "哪个部门"),
        ({**GOOD, "estimate": "六十万"}, "estimate", "没有看懂这个金额"),
        ({**GOOD, "estimate": "60万"}, "estimate", "街道工作人员写明理由准许"),
    ],
)
def test_each_fault_is_said_at_its_field_and_nothing_typed_is_lost(desk, batch, author, typed, field, says):
    """U2, U3, U4"""
    item = proposal(batch, author)
    answer = desk.post(assess(item), {**typed, "go": "send"})
    shown = read(answer)
    assert answer.status_code == 422 and says in shown and f'href="#id_{field}"' in shown
    for value in typed.values():
        assert value in shown
    assert not item.findings.exists()


def test_the_page_shows_facts_similar_ones_and_the_checklist(desk, batch, author, home):
    item, near = proposal(batch, author), proposal(batch, resident(home, "邻居"))
    for row in (item, near):
        Proposal.objects.filter(pk=row.pk).update(bigrams=similar.all_pairs(row))
    shown = read(desk.get(assess(item)))
    assert near.number in shown and "并入这一份" in shown
    assert "N01" in shown and "绿化与居住环境" in shown and "内部备注" in shown and "李秀兰" in shown
    merged = read(desk.get(assess(item, f"?merge={near.number}")))
    assert f'value="{near.number}"' in merged


def test_a_reply_template_fills_the_form(desk, batch, author):
    from projects.screening.queries import replies

    reply = replies().filter(outcome="returned").first()
    shown = read(desk.get(assess(proposal(batch, author), f"?reply={reply.pk}")))
    assert reply.text in shown
    for odd in ("x", "9" * 30, "-1", "１"):
        assert desk.get(assess(proposal(batch, author)), {"reply": odd}).status_code == 200


def test_previous_and_next_keep_the_filter(desk, batch, author):
    rows = [proposal(batch, author) for _ in range(3)]
    shown = read(desk.get(assess(rows[1], "?asked=坡道")))
    assert "第 2 件，共 3 件" not in shown  # 坡道 is only found where pairs are kept
    for row in rows:
        Proposal.objects.filter(pk=row.pk).update(bigrams=similar.all_pairs(row))
    shown = read(desk.get(assess(rows[1], "?asked=坡道")))
    assert "第 2 件，共 3 件" in shown and shown.count("data-keys") == 2
    assert f"{assess(rows[0])}?asked=%E5%9D%A1%E9%81%93" in shown


def test_one_worker_sees_another_community_only_as_404(client, batch, author):
    """S28"""
    item = proposal(batch, author)
    for who in (worker(community("别的社区")), author, resident(batch.envelopes.get().community)):
        sign_in(client, who)
        assert client.get(assess(item)).status_code == 404
        assert client.post(assess(item), {**GOOD, "go": "send"}).status_code == 404
    client.logout()
    assert client.get(assess(item)).status_code == 302


def test_the_one_who_typed_it_in_reads_why_not(desk, batch, author, staff):
    """U11, S31"""
    item = proposal(batch, author)
    Proposal.objects.filter(pk=item.pk).update(entered_by=staff, paper_ref="纸-3")
    shown = read(desk.get(assess(item)))
    assert "由另一位同事办理" in shown and 'aria-disabled="true"' in shown


def test_a_note_is_kept_for_colleagues(desk, batch, author):
    item = proposal(batch, author)
    url = reverse("screening:note", args=[item.number])
    assert desk.post(url, {"text": "周三去现场看。"}).status_code == 302
    assert "周三去现场看。" in read(desk.get(assess(item)))
    wrong = desk.post(url, {"text": ""})
    assert wrong.status_code == 422 and "请写备注内容" in read(wrong)


def test_the_street_allows_and_the_worker_goes_on(client, home, batch, author, staff):
    item = proposal(batch, author, estimate=600_000_00)
    url = reverse("screening:override", args=[item.number])
    sign_in(client, staff)
    assert client.get(url).status_code == 403
    sign_in(client, street_officer(home.parent))
    assert "登记准许" in read(client.get(assess(item)))
    wrong = client.post(url, {"estimate": "60万", "reason": ""})
    assert wrong.status_code == 422 and "请写明理由" in read(wrong)
    assert client.post(url, {"estimate": "60万", "reason": "地下管线要一起改造。"}).status_code == 302
    sign_in(client, staff)
    assert client.post(assess(item), {**GOOD, "estimate": "60万", "go": "send"}).status_code == 302


def test_an_appeal_from_the_proposers_page_to_the_streets_answer(client, home, batch, author, staff):
    item = proposal(batch, author)
    services.record_finding(
        proposal_id=item.pk, by=staff, outcome="rejected", codes=["N01"], reason="物业负责这件事。", now=NOON
    )
    url = reverse("screening:appeal", args=[item.number])
    sign_in(client, author)
    assert "物业负责这件事。" in read(client.get(url))
    wrong = client.post(url, {"reason": " "})
    assert wrong.status_code == 422 and "不同意的地方" in read(wrong)
    assert client.post(url, {"reason": "物业说不归他们管。"}).status_code == 302
    assert "只能申请一次" in read(client.get(url))
    sign_in(client, staff)
    assert client.get(reverse("screening:decide", args=[item.number])).status_code == 403
    sign_in(client, street_officer(home.parent))
    assert item.number in read(client.get(QUEUE + "?view=appeals"))
    decide = reverse("screening:decide", args=[item.number])
    assert client.post(decide, {"upheld": "yes", "reason": ""}).status_code == 422
    assert "会发给" in read(client.post(decide, {"upheld": "yes", "reason": "情况属实。"}))
    assert client.post(decide, {"upheld": "yes", "reason": "情况属实。", "go": "send"}).url == QUEUE + "?view=appeals"
    item.refresh_from_db()
    assert item.standing == Standing.LODGED


def test_deadline_colours_follow_working_days(desk, batch, author):
    """late, soon, plain: 5 working days after lodging"""
    rows = [proposal(batch, author) for _ in range(3)]
    for row, days in zip(rows, (14, 5, 0), strict=True):
        Proposal.objects.filter(pk=row.pk).update(standing_since=NOON - timedelta(days=days))
    shown = read(desk.get(QUEUE))
    assert shown.count("queue-late") == 1 and shown.count("queue-soon") == 1
    assert shown.index(rows[0].number) < shown.index(rows[2].number)


@pytest.mark.parametrize(
    "asked",
    ["?view=x&category=zz&community=%00", "?page=99999999999999999999", "?asked=%ED%A0%80&page=-1", "?asked=' OR 1"],
)
def test_an_odd_address_is_no_error(desk, batch, author, asked):
    proposal(batch, author)
    assert desk.get(QUEUE + asked).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_queue_costs_the_same_whatever_its_length(desk, batch, author, django_assert_num_queries, rows):
    for _ in range(rows):
        proposal(batch, author)
    desk.get(QUEUE)
    with django_assert_num_queries(QUEUE_QUERIES):
        assert read(desk.get(QUEUE)).count("queue-title") == rows


QUEUE_QUERIES = 14
