"""Pages of proposing: one question per page, nothing typed is lost, the reason where something is not possible."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from portal import clock
from projects.models import Attachment, Proposal
from projects.proposals import services, similar, steps
from projects.proposals.standings import Standing
from tests.factories import NOON, community, person, proposal, resident, round_at, worker
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db
PAGES = {
    "need": {"need": "三栋门口有五级台阶，轮椅上不去。"},
    "wish": {"title": "三栋门口加装坡道", "wish": "在台阶旁边加一条坡道和扶手。"},
    "place": {"place": "阳光花园三栋一单元"},
    "people": {"beneficiaries": "三栋的老人", "beneficiary_count": "约６０人"},
    "cost": {"category": "works", "estimate": "8 万", "item_1": "扶手", "count_1": "12", "price_1": "180"},
    "photos": {},
}


@pytest.fixture(autouse=True)
def _noon():
    with clock.pretend(NOON):
        yield


@pytest.fixture
def home():
    return community()


@pytest.fixture
def call(home):
    return round_at("proposals", home)


@pytest.fixture
def author(home):
    return resident(home)


@pytest.fixture
def mine(client, author):
    return sign_in(client, author)


@pytest.fixture
def draft(call, home, author):
    return services.start_draft(round_id=call.pk, community_id=home.pk, by=author, now=NOON)


def step_url(draft, key: str) -> str:
    return reverse("proposals:step", args=[draft.pk, key])


def jpeg() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), (90, 120, 90)).save(out, "JPEG")
    return SimpleUploadedFile("台阶.jpg", out.getvalue(), "image/jpeg")


def test_the_whole_way_from_the_first_page_to_the_number(mine, call, author):
    """U1, U7, U8, U12"""
    url = mine.post(reverse("proposals:start"), {"round": call.pk}).url
    for place, (key, answers) in enumerate(PAGES.items(), start=1):
        shown = mine.get(url).content.decode()
        assert f"第 {place} 步，共 6 步" in shown and url.endswith(f"/{key}/")
        url = mine.post(url, {**answers, "go": "next"}).url
    draft = Proposal.objects.get(proposer=author)
    assert url == reverse("proposals:similar", args=[draft.pk])
    url = mine.get(url).url
    shown = mine.get(url).content.decode()
    assert "提交提案" in shown and "8 万元" in shown and "约 60 人" in shown and "扶手 12 × 180.00" in shown
    url = mine.post(url).url
    shown = mine.get(url).content.decode()
    draft.refresh_from_db()
    assert draft.number in shown and "2026年3月9日（周一）" in shown and "接下来" in shown
    assert mine.get(url).status_code == 200


def test_going_back_keeps_the_answers_and_one_answer_returns_straight(mine, draft):
    """U1, U3, U7"""
    mine.post(step_url(draft, "need"), {**PAGES["need"], "go": "next"})
    assert PAGES["need"]["need"] in mine.get(step_url(draft, "need")).content.decode()
    answer = mine.post(step_url(draft, "need") + "?back=1&lang=en", {"need": "改了一半", "do": "change"})
    shown = answer.content.decode()
    assert 'lang="en"' in shown and "改了一半" in shown and "?back=1&amp;lang=zh-hans" in shown, "a reading switch, nothing kept"
    mine.cookies.pop(settings.LANGUAGE_COOKIE_NAME)
    assert PAGES["need"]["need"] in mine.get(step_url(draft, "need")).content.decode()
    answer = mine.post(step_url(draft, "place") + "?back=1", {**PAGES["place"], "go": "next"})
    assert answer.url == reverse("proposals:check", args=[draft.pk])


def test_a_wrong_amount_stays_in_the_box_with_its_sentence(mine, draft):
    """U2, U3, U4"""
    answer = mine.post(step_url(draft, "cost"), {"category": "works", "estimate": "三万左右", "go": "next"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="三万左右"' in shown and "没有看懂这个金额" in shown and 'href="#id_estimate"' in shown
    assert "错误：" in shown


def test_half_a_cost_line_says_what_is_missing_at_its_place(mine, draft):
    answer = mine.post(step_url(draft, "cost"), {"category": "works", "item_2": "扶手", "price_2": "180", "go": "next"})
    shown = answer.content.decode()
    assert "请写数量。" in shown and 'href="#id_count_2"' in shown and '<details class="cost-lines" open>' in shown


def test_putting_aside_keeps_what_is_there_though_answers_are_missing(mine, draft):
    answer = mine.post(step_url(draft, "wish"), {"title": "三栋门口加装坡道", "wish": "", "go": "later"})
    assert answer.url == reverse("proposals:drafts")
    draft.refresh_from_db()
    assert draft.title == "三栋门口加装坡道"
    assert "三栋门口加装坡道" in mine.get(answer.url).content.decode()


def test_typing_is_kept_by_itself(mine, draft):
    """A11"""
    url = reverse("proposals:keep", args=[draft.pk, "wish"])
    shown = mine.post(url, {"title": "门口加装坡道", "wish": ""}, headers={"HX-Request": "true"})
    assert shown.status_code == 200 and "12:00 已自动保存" in shown.content.decode()
    draft.refresh_from_db()
    assert draft.title == "门口加装坡道"


def test_a_photo_comes_in_and_goes_out_and_stays_private_in_a_draft(mine, draft, client, settings, tmp_path):
    """S39, S28"""
    settings.MEDIA_ROOT = tmp_path
    url = step_url(draft, "photos")
    mine.post(url, {"photo": jpeg(), "caption": "门口的台阶", "go": "add"})
    photo = Attachment.objects.get()
    served = mine.get(reverse("proposals:photo", args=[photo.pk]) + "?small=1")
    assert served["X-Content-Type-Options"] == "nosniff" and "sandbox" in served["Content-Security-Policy"]
    assert "门口的台阶" in mine.get(url).content.decode()
    mine.post(reverse("proposals:remove_photo", args=[draft.pk, photo.pk]))
    assert not Attachment.objects.exists()
    mine.post(url, {"photo": jpeg(), "caption": "门口的台阶", "go": "add"})
    hidden = reverse("proposals:photo", args=[Attachment.objects.get().pk])
    client.logout()
    assert client.get(hidden).status_code == 404


def test_a_photo_without_its_description_is_asked_for_it(mine, draft):
    """A16"""
    shown = mine.post(step_url(draft, "photos"), {"photo": jpeg(), "caption": "", "go": "add"})
    assert shown.status_code == 422 and "请写一句说明" in shown.content.decode()


def test_similar_ones_are_shown_before_handing_in_and_one_click_backs_them(mine, draft, call, home):
    other = proposal(call, resident(home, "邻居"), title="三栋门口加装坡道")
    Proposal.objects.filter(pk=other.pk).update(bigrams=similar.all_pairs(other))
    for key, answers in PAGES.items():
        mine.post(step_url(draft, key), {**answers, "go": "next"})
    shown = mine.get(reverse("proposals:similar", args=[draft.pk])).content.decode()
    assert other.number in shown and "内容相近" in shown and "支持这一份" in shown
    mine.post(reverse("proposals:support", args=[other.number]))
    assert other.supports.count() == 1


def test_a_declared_resident_reads_why_and_where_to_go(client, home, call):
    """U11"""
    who = resident(home, proved=False)
    row = services.start_draft(round_id=call.pk, community_id=home.pk, by=who, now=NOON)
    for key, answers in PAGES.items():
        sign_in(client, who).post(step_url(row, key), {**answers, "go": "next"})
    shown = client.get(reverse("proposals:check", args=[row.pk])).content.decode()
    assert "党群服务中心核实" in shown and 'aria-disabled="true"' in shown
    refused = client.post(reverse("proposals:check", args=[row.pk]))
    assert refused.status_code == 403 and "草稿已经保存" in refused.content.decode()


def test_without_a_home_or_a_call_the_page_says_so(client, home):
    shown = sign_in(client, person()).get(reverse("proposals:start")).content.decode()
    assert "还没有登记住在哪个社区" in shown
    shown = sign_in(client, resident(home)).get(reverse("proposals:start")).content.decode()
    assert "没有正在征集的批次" in shown


def test_nobody_else_opens_a_draft(client, draft, home):
    """S28"""
    for who in (resident(home, "邻居"), worker(home)):
        sign_in(client, who)
        for key in steps.KEYS:
            assert client.get(step_url(draft, key)).status_code == 404
        assert client.get(reverse("proposals:check", args=[draft.pk])).status_code == 404
    client.logout()
    assert client.get(step_url(draft, "need")).status_code == 302


def test_a_double_click_shows_the_same_confirmation(mine, draft):
    """U1, R4"""
    for key, answers in PAGES.items():
        mine.post(step_url(draft, key), {**answers, "go": "next"})
    check = reverse("proposals:check", args=[draft.pk])
    assert mine.post(check).url == mine.post(check).url


def test_a_returned_one_is_corrected_from_its_page(mine, home, author):
    batch = round_at("screening", home)
    item = proposal(batch, author)
    from projects.screening.services import record_finding

    record_finding(
        proposal_id=item.pk,
        by=worker(home),
        outcome="returned",
        reason="请写清楚是几栋。",
        correct_by=NOON.date() + timedelta(days=5),
        now=NOON,
    )
    url = reverse("proposals:correct", args=[item.number])
    shown = mine.get(url).content.decode()
    assert "请写清楚是几栋。" in shown and "重新提交" in shown
    answer = mine.post(step_url(item, "place"), {"place": "三栋一单元东侧"})
    assert answer.url == url
    assert mine.post(url).status_code == 302
    item.refresh_from_db()
    assert item.standing == Standing.LODGED and item.place == "三栋一单元东侧"


def test_too_late_is_a_page_not_an_error(mine, home, author):
    """U11"""
    item = proposal(round_at("voting", home), author, standing=Standing.SHORTLISTED)
    shown = mine.get(step_url(item, "need"))
    assert shown.status_code == 409 and "内容不能再改了" in shown.content.decode()
    assert "不能撤回了" in mine.get(reverse("proposals:withdraw", args=[item.number])).content.decode()


def test_taking_back_asks_first(mine, call, author):
    """A14"""
    item = proposal(call, author)
    url = reverse("proposals:withdraw", args=[item.number])
    assert "撤回后不能恢复" in mine.get(url).content.decode()
    mine.post(url, {"reason": "已经解决了"})
    item.refresh_from_db()
    assert item.standing == Standing.WITHDRAWN


def test_the_poster_is_public_and_carries_the_address_but_no_name(client, call, author):
    """P11"""
    item = proposal(call, author)
    Proposal.objects.filter(pk=item.pk).update(need="打 13800138000 找我，台阶太高。")
    shown = client.get(reverse("proposals:poster", args=[item.number])).content.decode()
    assert "data:image/svg+xml" in shown and item.number in shown
    assert author.name not in shown and "13800138000" not in shown


def test_a_worker_types_paper_in_and_hands_it_in(client, home, call):
    """A20"""
    staff = worker(home)
    sign_in(client, staff)
    paper = {
        "call": f"{call.pk}-{home.pk}", "paper_ref": "纸-008", "origin": "resident", "name": "何桂芳", "phone": "",
        "category": "works", "estimate": "5万",
        **PAGES["need"], **PAGES["wish"], **PAGES["place"], **PAGES["people"],
    }  # fmt: skip
    wrong = client.post(reverse("proposals:enter"), {**paper, "phone": "12345"})
    assert (
        wrong.status_code == 422
        and "请输入 11 位手机号" in wrong.content.decode()
        and "何桂芳" in wrong.content.decode()
    )
    check = client.post(reverse("proposals:enter"), paper).url
    assert "代居民提交" in client.get(check).content.decode()
    done = client.post(check).url
    item = Proposal.objects.get(paper_ref="纸-008")
    assert done == reverse("proposals:lodged", args=[item.number]) and client.post(check).url == done
    again = client.post(reverse("proposals:enter"), paper)
    assert again.status_code == 422 and "已经录入过" in again.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_my_drafts_cost_the_same_whatever_their_number(mine, home, call, author, django_assert_num_queries, rows):
    for _ in range(rows):
        proposal(call, author, standing=Standing.DRAFT)
    url = reverse("proposals:drafts")
    mine.get(url)
    with django_assert_num_queries(DRAFTS_QUERIES):
        assert mine.get(url).content.decode().count("接着写") == rows


DRAFTS_QUERIES = 4


def test_a_document_goes_with_the_proposal_and_only_offices_and_council_read_it(
    mine, draft, home, author, settings, tmp_path
):
    """S39: checked by its content; nobody can clean a document of names, so the public gets photos only."""
    settings.MEDIA_ROOT = tmp_path
    url = step_url(draft, "photos")
    for name, content in (("a.exe", b"MZ"), ("a.docx", b"%PDF-1.7"), ("a.pdf", b"<script>")):
        typed = {"photo": SimpleUploadedFile(name, content), "caption": "三家报价", "go": "add"}
        assert mine.post(url, typed).status_code == 422
    paper = SimpleUploadedFile("报价.pdf", b"%PDF-1.7\n%%EOF", "application/pdf")
    assert mine.post(url, {"photo": paper, "caption": "三家报价", "go": "add"}).status_code == 302
    row = Attachment.objects.get()
    assert not row.is_photo and "三家报价" in mine.get(url).content.decode()
    assert "1 个文件" in mine.get(reverse("proposals:check", args=[draft.pk])).content.decode()
    file = reverse("proposals:photo", args=[row.pk])
    Proposal.objects.filter(pk=draft.pk).update(standing=Standing.LODGED, number="WSS-2026-009001")
    sent = mine.get(file)
    assert sent.status_code == 200 and sent.headers["Content-Disposition"].startswith("attachment")
    readers = {resident(home, "周建国"): 404, worker(home): 200, worker(community("南坑社区")): 404}
    for who, status in readers.items():
        assert sign_in(mine, who).get(file).status_code == status
    mine.logout()
    assert mine.get(file).status_code == 404 and author
