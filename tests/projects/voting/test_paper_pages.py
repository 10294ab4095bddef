"""The paper desk in its pages: who gets in, twenty sheets keyed by two clerks with one mismatch, the public account."""

import re
import zlib
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from portal import clock, jobs
from portal.models import Job
from projects import engine
from projects.models import CountedBallot, PaperBatch
from projects.voting import keys, queries
from tests import factories as f
from tests.projects.voting.papers import paper_poll
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db
OVER = f.NOON + timedelta(days=29)


@pytest.fixture(autouse=True)
def _day():
    with clock.pretend(f.NOON):
        yield


@pytest.fixture
def poll():
    made = paper_poll()
    yield made
    keys.destroy_key(made.slate.round_id)


def at(poll, name, *args):
    return reverse(f"voting:{name}", args=[poll.slate.round.number, poll.home.code, *args])


def said(answer):
    return answer.content.decode()


def test_only_who_has_business_gets_in(poll):
    batch = poll.sealed(1)
    resident, officer = sign_in(Client(), poll.voters[0]), sign_in(Client(), poll.officer)
    elsewhere = sign_in(Client(), f.worker(f.community("南坑社区", poll.home.parent)))
    for client in (resident, elsewhere):
        for name, args in (("paper_desk", ()), ("paper_roll", ()), ("paper_key", (1,)), ("paper_sheets", (1,))):
            assert client.get(at(poll, name, *args)).status_code == 403, name
    assert officer.get(at(poll, "paper_settle", 1)).status_code == 200
    assert officer.get(at(poll, "paper_key", 1)).status_code == 403
    assert Client().get(at(poll, "paper_desk")).status_code == 302
    assert sign_in(Client(), poll.first).get(at(poll, "paper_key", 99)).status_code == 404
    assert batch.envelope == 1


def test_the_roll_is_searched_by_name_and_phone_and_stays_masked(poll):
    poll.voters[3].name = "欧阳建国"
    poll.voters[3].save()
    client = sign_in(Client(), poll.first)
    for text in ("建国", "欧阳"):
        answer = said(client.get(at(poll, "paper_roll"), {"q": text}))
        assert "欧阳**" in answer and "欧阳建国" not in answer and "居民**" not in answer
    tail = queries.found_on_roll(poll.slate, "居民0")[0].phone[-4:]
    assert f"****{tail}" in said(client.get(at(poll, "paper_roll"), {"q": tail}))
    for text in ("查无此人", "%", "9" * 60, "\u202e名"):
        assert "名册上没有找到" in said(client.get(at(poll, "paper_roll"), {"q": text})), text
    assert client.get(at(poll, "paper_roll"), {"q": "\x00"}).status_code == 200
    assert "名册上没有找到" not in said(client.get(at(poll, "paper_roll")))


def test_a_paper_is_handed_out_after_the_check(poll):
    client = sign_in(Client(), poll.first)
    made = client.post(at(poll, "paper_desk"), {"count": "20"})
    assert made.status_code == 302
    hand = at(poll, "paper_hand", poll.entries[0])
    assert client.post(hand, {}).status_code == 422
    assert not PaperBatch.objects.get().handed_out
    done = client.post(hand, {"checked": "on"}, follow=True)
    assert "第 1 个信封任取一张" in said(done)
    twice = client.post(hand, {"checked": "on"})
    assert twice.status_code == 422 and "已经领过纸质选票" in said(twice)
    assert client.post(at(poll, "paper_desk"), {"count": "9"}).status_code == 422
    assert client.post(at(poll, "paper_desk"), {"count": "9" * 40}).status_code == 422


def test_her_ballot_page_says_that_paper_is_final(poll):
    poll.handed(1)
    client = sign_in(Client(), poll.voters[0])
    for name in ("ballot", "receipt"):
        answer = client.get(reverse(f"voting:{name}", args=[poll.slate.round.number]))
        assert answer.status_code == 200 and "纸质选票" in said(answer), name
        assert "计票已经结束" not in said(answer)


def test_the_sheets_print_serials_trackers_and_a_pdf(poll, caplog):
    batch = poll.printed(10)
    client = sign_in(Client(), poll.first)
    sheet = said(client.get(at(poll, "paper_sheets", 1)))
    one = batch.sheets.first()
    assert f"{one.serial[:3]} {one.serial[3:6]} {one.serial[6:]}" in sheet
    assert "-".join(one.tracker[place : place + 4] for place in range(0, 16, 4)) in sheet
    assert sheet.count("paper-stub") == 10 and "坡道" in sheet
    assert client.get(at(poll, "paper_file", 1)).status_code == 404
    job = Job.objects.get(key=f"paper-{batch.pk}")
    assert jobs.run(job.pk, now=f.NOON)
    job.refresh_from_db()
    assert job.state == "done", job.error
    answer = client.get(at(poll, "paper_file", 1))
    content = b"".join(answer.streaming_content)
    assert answer.status_code == 200 and content.startswith(b"%PDF")
    inside = b"".join(zlib.decompressobj().decompress(part) for part in re.findall(rb"stream\r?\n(x.*?)endstream", content, re.S))
    assert len(re.findall(rb"/Type /Page\b", inside)) == 10 and b"pdfuaid" in inside, "a sheet a page, tagged (A16)"
    assert not [line for line in caplog.messages if one.serial in line or "data:image" in line], "no number in the logs"


def type_in(client, poll, name, serial, marks="", spoilt=""):
    return client.post(at(poll, name, 1), {"serial": serial, "marks": marks, "spoilt": spoilt})


def test_two_clerks_enter_twenty_sheets_with_one_mismatch(poll):
    """B11: the mismatch blocks, a third person settles it, the envelope is accepted, sampled, counted, accounted for."""
    batch = poll.handed(20, count=20)
    first, second, third = (sign_in(Client(), who) for who in (poll.first, poll.second, poll.officer))
    sealed = first.post(at(poll, "paper_seal", 1), {"left_over": "0", "returned": "19", "why_missing": ""})
    assert sealed.status_code == 422 and "请写明情况" in said(sealed)
    given = {"left_over": "0", "returned": "20", "why_missing": ""}
    assert first.post(at(poll, "paper_seal", 1), given).status_code == 302
    serials = poll.serials(batch)
    for place, serial in enumerate(serials):
        marks, spoilt = ("", "unreadable") if place == 19 else ("1 2", "")
        assert type_in(first, poll, "paper_key", serial, marks, spoilt).status_code == 302
        marks = "1 3" if place == 7 else marks
        assert type_in(second, poll, "paper_key", serial, marks, spoilt).status_code == 302
    again = type_in(first, poll, "paper_key", serials[0], "1")
    assert again.status_code == 422 and "您已经录过" in said(again)
    assert first.post(at(poll, "paper_accept", 1)).status_code == 409
    settle = said(third.get(at(poll, "paper_settle", 1)))
    assert serials[7] in settle and serials[6] not in settle
    assert type_in(second, poll, "paper_settle", serials[7], "1 3").status_code == 422
    assert type_in(third, poll, "paper_settle", serials[7], "1 3").status_code == 302
    assert "收下这个信封" in said(first.get(at(poll, "paper_desk")))
    assert first.post(at(poll, "paper_accept", 1)).status_code == 302
    with clock.pretend(OVER):
        sample(poll, first, third)
    assert engine.advance(poll.slate.round, leaving="voting", now=OVER)
    counted = [each.choices for each in CountedBallot.objects.all()]
    one, two, three = map(str, poll.numbers)
    assert counted.count({one: 1, two: 1}) == 18 and counted.count({one: 1, three: 1}) == 1 and len(counted) == 19
    account = said(Client().get(reverse("voting:paper_account", args=[poll.slate.round.number])))
    assert "计入 19 张，作废 1 张，没有收回 0 张" in account and "看不清选了什么" in account


def sample(poll, *clients):
    for client in clients:
        rows = queries.sample_of(poll.slate)
        shown = said(client.get(at(poll, "paper_sample")))
        assert shown.count('name="agrees"') == len(rows) == 5
        for sheet in rows:
            assert client.post(at(poll, "paper_check", sheet.pk), {"agrees": "1"}).status_code == 302


@pytest.mark.parametrize(
    ("serial", "marks", "spoilt", "says"),
    [
        ("", "1", "", "请扫描或输入"),
        ("12345", "1", "", "请照票面重新输入"),
        ("000000000", "1", "", "里没有这个选票编号"),
        ("\x00", "1", "", "字符"),
        ("ok", "", "", "空白票填 0"),
        ("ok", "9", "", "空白票填 0"),
        ("ok", "1", "unreadable", "作废的选票不填号码"),
        ("ok", "", "forged", "请从列出的原因里选"),
        ("ok", "9" * 300, "", "号码太多了"),
    ],
)
def test_what_is_typed_wrong_is_said(poll, serial, marks, spoilt, says):
    """U4"""
    batch = poll.sealed(1)
    client = sign_in(Client(), poll.first)
    answer = type_in(client, poll, "paper_key", poll.serials(batch)[0] if serial == "ok" else serial, marks, spoilt)
    assert answer.status_code == 422 and says in said(answer)


def test_an_envelope_is_voided_by_two(poll):
    batch = poll.sealed(1)
    for by in (poll.first, poll.second):
        poll.key(batch, poll.serials(batch)[0], by)
    first, officer = sign_in(Client(), poll.first), sign_in(Client(), poll.officer)
    assert first.post(at(poll, "paper_accept", 1)).status_code == 302
    assert first.post(at(poll, "paper_void", 1), {"reason": ""}).status_code == 422
    assert first.post(at(poll, "paper_void", 1), {"reason": "信封拿错了，重新录入。"}).status_code == 302
    assert "等另一个人同意" in said(first.get(at(poll, "paper_void", 1)))
    assert first.post(at(poll, "paper_answer_void", 1), {"agree": "1"}).status_code == 403
    assert "信封拿错了" in said(officer.get(at(poll, "paper_void", 1)))
    assert officer.post(at(poll, "paper_answer_void", 1), {"agree": "1"}).status_code == 302
    assert PaperBatch.objects.get().sealed_at is None


def test_an_envelope_waits_on_the_queue_of_its_clerks(poll):
    poll.sealed(1)
    for who in (poll.first, poll.officer):
        assert [task.url for task in queries.awaiting(who, today=f.NOON.date())] == [at(poll, "paper_desk")]
    assert all("paper" not in task.url for task in queries.awaiting(poll.voters[5], today=f.NOON.date()))


def test_a_page_of_envelopes_costs_the_same_for_one_and_for_ten(poll, django_assert_num_queries):
    """P: ten envelopes a page; constant queries."""
    client = sign_in(Client(), poll.first)
    poll.sealed(1)
    client.get(at(poll, "paper_desk"))
    with django_assert_num_queries(11):
        client.get(at(poll, "paper_desk"))
    for _envelope in range(11):
        poll.printed(10)
    with django_assert_num_queries(11):
        shown = said(client.get(at(poll, "paper_desk")))
    assert shown.count('scope="row"') == 10 and "共 2 页" in shown
    assert said(client.get(at(poll, "paper_desk"), {"page": "2"})).count('scope="row"') == 2
    assert client.get(at(poll, "paper_desk"), {"page": "x" * 40}).status_code == 200


def test_the_way_to_the_paper_desk(poll):
    """From the menu, the round's desk and the turnout."""
    worker, officer = sign_in(Client(), poll.first), sign_in(Client(), poll.officer)
    for client in (worker, officer):
        shown = said(client.get(reverse("voting:desks")))
        assert at(poll, "paper_desk") in shown and reverse("voting:desks") in said(client.get(at(poll, "paper_desk")))
    assert at(poll, "paper_desk") in said(officer.get(reverse("desk:round_desk", args=[poll.slate.round.number])))
    account = reverse("voting:paper_account", args=[poll.slate.round.number])
    assert account in said(Client().get(reverse("voting:turnout", args=[poll.slate.round.number])))
    resident = said(sign_in(Client(), poll.voters[0]).get(reverse("voting:desks")))
    assert "现在没有社区在投票" in resident and at(poll, "paper_desk") not in resident


def test_a_sheet_is_replaced_and_its_tracker_answers_honestly(poll):
    batch = poll.handed(10, count=20)
    client = sign_in(Client(), poll.first)
    old = batch.sheets.order_by("pk").first()
    assert at(poll, "paper_replace", poll.entries[0]) in said(client.get(at(poll, "paper_roll"), {"q": "居民0"}))
    replace = at(poll, "paper_replace", poll.entries[0])
    wrong = client.post(replace, {"serial": "\x00\ud800".encode("utf-8", "replace"), "reason": "lost"})
    assert wrong.status_code == 422
    for typed in ({"serial": "", "reason": "lost"}, {"serial": "9" * 9, "reason": "lost"}, {"serial": old.serial}):
        assert client.post(replace, typed).status_code == 422
    done = client.post(replace, {"serial": old.serial, "reason": "miswritten"}, follow=True)
    assert "旧的一张已作废" in said(done)
    assert old.serial in said(client.get(at(poll, "paper_seal", 1)))
    poll.seal(batch, 9, 10)
    for sheet in batch.sheets.filter(replaced="").order_by("pk")[:10]:
        poll.key(batch, sheet.serial, poll.first)
        poll.key(batch, sheet.serial, poll.second)
    assert client.post(at(poll, "paper_accept", 1)).status_code == 302
    with clock.pretend(OVER):
        sample(poll, client, sign_in(Client(), poll.officer))
    engine.advance(poll.slate.round, leaving="voting", now=OVER)
    number = poll.slate.round.number
    answer = said(Client().post(reverse("tally:tracker", args=[number]), {"tracker": old.tracker}))
    assert "没有计入。" in answer and "填错了，已换新" in answer
    account = said(Client().get(reverse("voting:paper_account", args=[number])))
    assert "另有 1 张填错、污损或遗失" in account and "计入 10 张" in account
