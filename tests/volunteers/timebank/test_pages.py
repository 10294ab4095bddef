"""A volunteer's own page, the certificate, the office's pages, files out and in."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from communities.residents.privacy import everything_about
from portal import clock
from tests import factories as make
from tests.factories import NOON
from tests.signing_in import sign_in
from tests.volunteers.rewards.reward_worlds import Shop
from volunteers.models import Certificate, HourRecord, Portion
from volunteers.timebank import exchange, queries, services

pytestmark = pytest.mark.django_db
HEAD = list(exchange.NEEDED)


def phone_of(person):
    from communities.accounts import phones

    return phones.unseal(person.phone_cipher)


def test_my_page_costs_as_many_queries_with_one_record_as_with_many(client, django_assert_max_num_queries):
    shop = Shop(hours=10)
    sign_in(client, shop.helper.person)
    with clock.pretend(NOON):
        client.get("/timebank/")  # the first page after signing in writes the session
        with django_assert_max_num_queries(12):
            words = client.get("/timebank/").content.decode()
        assert "8 小时" in words and "部分待复核" in words and "由街道复核" in words
        for number in range(3):
            at = NOON - timedelta(days=number + 1)
            services.record_scanned(
                volunteer_id=shop.helper.pk, activity_ref=f"b-{number}", started_at=at, ended_at=at + timedelta(hours=1), now=NOON
            )
        with django_assert_max_num_queries(12):
            assert client.get("/timebank/").status_code == 200
    sign_in(client, shop.officer)
    assert client.get("/timebank/").status_code == 404, "who is no volunteer has no hours"


def test_a_certificate_is_the_volunteer_s_and_anybody_verifies_it(client):
    shop = Shop(hours=3)
    person = shop.helper.person
    with clock.pretend(NOON):
        sign_in(client, person)
        told = {"first_on": "2026-01-01", "last_on": "2026年3月2日"}
        assert client.post("/timebank/certificates/", told).status_code == 302
        paper = Certificate.objects.get()
        answer = client.get(f"/timebank/certificates/{paper.number}.pdf")
        assert answer.content[:4] == b"%PDF" and answer["Content-Type"] == "application/pdf"
        bad = client.post("/timebank/certificates/", {"first_on": "2026-02-30", "last_on": "\ud800".encode("utf-8", "replace")})
        assert bad.status_code == 422 and "2026-02-30" in bad.content.decode()
        client.logout()
        words = client.get("/timebank/verify/", {"number": paper.number.lower().replace("-", " ")}).content.decode()
        assert "这张证书是真的" in words and "方**" in words and "方慧" not in words and "3 小时" in words
        services.reverse_record(record_id=HourRecord.objects.get().pk, reason="重复", by=make.worker(shop.home), now=NOON)
        assert "签发以后有更正" in client.get("/timebank/verify/", {"number": paper.number}).content.decode()
        assert "没有这个编号" in client.get("/timebank/verify/?number=ZY-AAAA-BBBB").content.decode()
        assert client.get("/timebank/verify/?number=%00%F0").status_code == 422
        sign_in(client, worlds_other(shop))
        assert client.get(f"/timebank/certificates/{paper.number}.pdf").status_code == 404


def worlds_other(shop):
    return shop.helped(0, "别人").person


def test_the_street_reviews_and_the_worker_enters_and_reverses(client):
    shop = Shop(hours=10)
    worker = make.worker(shop.home)
    with clock.pretend(NOON):
        sign_in(client, shop.officer)
        part = Portion.objects.get(band="street")
        assert "方慧" in client.get("/timebank/review/").content.decode()
        assert client.post(f"/timebank/review/{part.pk}/refuse/", {"reason": ""}).status_code == 422
        assert client.post(f"/timebank/review/{part.pk}/confirm/").status_code == 302
        assert queries.balances_of(shop.helper).scanned == 600
        sign_in(client, make.street_officer(make.street("坂田街道")))
        assert client.post(f"/timebank/review/{part.pk}/confirm/").status_code == 404
        sign_in(client, worker)
        found = client.post("/timebank/people/", {"phone": phone_of(shop.helper.person)})
        assert found["Location"] == f"/timebank/people/{shop.helper.pk}/"
        told = {"title": "社区清洁", "on": "2026-03-01", "started_at": "９：００", "ended_at": "11:30", "reason": "手机没电了"}
        assert client.post(f"/timebank/people/{shop.helper.pk}/enter/", told | {"ended_at": "25:99"}).status_code == 422
        assert client.post(f"/timebank/people/{shop.helper.pk}/enter/", told).status_code == 302
        again = client.post(f"/timebank/people/{shop.helper.pk}/enter/", told)
        assert again.status_code == 422 and "重叠" in again.content.decode()
        record = HourRecord.objects.get(origin="by_hand")
        assert client.post(f"/timebank/records/{record.pk}/reverse/", {"reason": "登记错了人"}).status_code == 302
        assert queries.balances_of(shop.helper).by_hand == 0
        words = client.get(f"/timebank/people/{shop.helper.pk}/").content.decode()
        assert "已冲正" in words and phone_of(shop.helper.person) not in words
        sign_in(client, make.worker(make.community("南坑社区", shop.street)))
        assert client.get(f"/timebank/people/{shop.helper.pk}/").status_code == 404
        found = client.post("/timebank/people/", {"phone": phone_of(shop.helper.person)})  # nobody serves there yet
        assert found.status_code == 200 and "没有用这个手机号登记" in found.content.decode()


def upload(rows, *, excel=False):
    if not excel:
        text = "\n".join(",".join(row) for row in [HEAD, *rows])
        return SimpleUploadedFile("时长.csv", text.encode("gb18030"))
    book, stream = Workbook(), BytesIO()
    for row in [HEAD, *rows]:
        book.active.append(row)
    book.save(stream)
    return SimpleUploadedFile("时长.xlsx", stream.getvalue())


def test_files_come_in_whole_or_not_at_all_and_once(client):
    """S37"""
    shop = Shop(hours=0)
    number, url = phone_of(shop.helper.person), f"/timebank/exchange/{shop.street.code}/"
    good = [number, "SZ-1", "=HYPERLINK(1)", "2026-03-01", "9:00", "11:00", "省平台导入"]
    bad = [number, "SZ-2", "清洁", "2026-02-30", "9:00", "11:00", "省平台导入"]
    overlap = [number, "SZ-3", "清洁", "2026-03-01", "10:00", "12:00", "省平台导入"]
    with clock.pretend(NOON):
        sign_in(client, shop.officer)
        answer = client.post(url, {"file": upload([good, bad, overlap])})
        words = answer.content.decode()
        assert answer.status_code == 422 and "第 3 行" in words and "第 4 行" in words and not HourRecord.objects.exists()
        assert client.post(url, {"file": upload([good])}).status_code == 302
        assert client.post(url, {"file": upload([[*good[:2], "清洁", *good[3:]], ["", "", "", "", "", "", ""]], excel=True)}).status_code == 302
        assert HourRecord.objects.get().origin == "by_hand", "what comes by file is never scanned, and comes once"
        for junk in (b"", b"\x00\xff" * 40, b"PK\x03\x04junk", "手机号\n".encode()):
            for name in ("a.csv", "a.xlsx"):
                assert client.post(url, {"file": SimpleUploadedFile(name, junk)}).status_code == 422
        sheet = client.get(f"/timebank/exchange/{shop.street.code}/hours/?month=2026-03&form=xlsx")
        rows = list(load_workbook(BytesIO(sheet.content)).worksheets[0].values)
        assert rows[1] == exchange.COLUMNS and rows[2][4] == "'=HYPERLINK(1)" and rows[2][9] == "手工登记"
        text = client.get(f"/timebank/exchange/{shop.street.code}/hours/?month=2026-03&form=csv").content.decode("utf-8-sig")
        assert "'=HYPERLINK(1)" in text
        sign_in(client, make.worker(shop.home))
        assert client.get(url).status_code == 404


def test_what_is_kept_of_a_person_is_in_her_download():
    """P8"""
    shop = Shop()
    shop.confirm(shop.take().code)
    held = everything_about(shop.helper.person)
    assert held["志愿服务时长和积分"]["扫码签到（分钟）"] == 480 and held["志愿服务时长和积分"]["可用积分"] == 50
    assert held["积分兑换"]["兑换"][0]["商家"] == "邻里早餐铺"
    assert everything_about(shop.clerk)["积分兑换"]["商家经办"][0]["商家"] == "邻里早餐铺"
