"""A resident comes in by phone and code: every state of the flow, and its limits (S17, S18, S42, C6, U15)."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from communities.accounts import notice, phones
from communities.accounts.models import Consent, SignInCode, User
from tests.factories import NOON, community, resident

pytestmark = pytest.mark.django_db
PHONE = "13800138000"


@pytest.fixture
def sent(monkeypatch):
    """The text messages that left the portal, newest last."""
    box = []
    monkeypatch.setattr("communities.accounts.sms.ConsoleSender.send", lambda self, phone, text, *, key: box.append((phone, text)))
    return box


def code_in(sent):
    return re.search(r"验证码 (\d{6})", sent[-1][1])[1]


def ask(client, phone=PHONE, **more):
    return client.post(reverse("sign_in"), {"phone": phone, **more})


def come_in(client, sent, phone=PHONE, **more):
    ask(client, phone, **more)
    return client.post(reverse("accounts:code"), {"code": code_in(sent)})


def test_a_known_and_an_unknown_number_get_the_same_answer(client, sent):
    """S18, C6: nothing tells whether a number has an account; both get a code."""
    User.objects.create_resident(PHONE, name="李秀兰")
    known, unknown = ask(client), ask(client, "13900139000")
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url) == (302, reverse("accounts:code"))
    assert [phone for phone, _ in sent] == [PHONE, "13900139000"]


def test_numbers_are_read_as_people_type_them(client, sent):
    """U5: blanks, hyphens, full-width digits and +86."""
    assert ask(client, " +86 138-0013-8000 ").status_code == 302
    assert sent[-1][0] == PHONE


@pytest.mark.parametrize("typed", ["", "12345", "23800138000", "138001380001", "号码", "1380013800a", "\ud800", "١٣٨٠٠١٣٨٠٠٠" * 2])
def test_what_is_no_number_gets_a_sentence_and_no_message(client, sent, typed):
    """U4: never a 500, what was typed stays, the message says how."""
    answer = client.post(reverse("sign_in"), {"phone": typed.encode("utf-8", "ignore").decode() if typed == "\ud800" else typed})
    assert answer.status_code == 422
    assert not sent
    assert "手机号" in answer.content.decode()


def test_the_message_names_the_service_and_ends_with_the_line_that_browsers_read(client, sent, settings):
    """U15: last line @domain #code."""
    ask(client)
    text = sent[-1][1]
    assert settings.SITE["name"] in text
    assert text.splitlines()[-1] == f"@{settings.SITE['domain']} #{code_in(sent)}"


def test_a_new_number_becomes_an_account_and_is_asked_for_consent_first(client, sent):
    answer = come_in(client, sent)
    assert answer.url == reverse("accounts:welcome")
    person = User.objects.with_phone(PHONE)
    assert person.name == "" and not person.has_usable_password()
    assert client.get("/residents/home/choose/").url == reverse("accounts:welcome")


def test_the_phone_is_nowhere_in_clear(client, sent):
    """P5: neither in the code's row, nor in the session, nor in the person's row."""
    ask(client)
    row = SignInCode.objects.get()
    assert PHONE.encode() not in bytes(row.phone_cipher) and PHONE not in str(dict(client.session))
    client.post(reverse("accounts:code"), {"code": code_in(sent)})
    row.refresh_from_db()
    assert row.phone_cipher is None
    assert row.code_hash and code_in(sent) not in row.code_hash


def test_first_time_notice_then_name_then_community(client, sent):
    """P1, P2, P7, U1: one question a page; the consent row says which text, when, from where."""
    home = community()
    come_in(client, sent, next="/residents/mine/")
    page = client.get(reverse("accounts:welcome"))
    assert "第 1 步，共 4 步" in page.content.decode()
    assert not re.search(r'<input[^>]*name="agree"[^>]*checked', page.content.decode())
    assert client.post(reverse("accounts:welcome"), {"age": "adult"}).status_code == 422
    assert client.post(reverse("accounts:welcome"), {"age": "adult", "agree": "on"}).url == reverse("accounts:name")
    assert client.post(reverse("accounts:name"), {"name": "买买提·阿不都"}).url == reverse("residents:choose_home")
    person = User.objects.with_phone(PHONE)
    consent = person.consents.get()
    assert (consent.purpose, consent.version, consent.ip) == (Consent.Purpose.SERVICE, notice.VERSION, "127.0.0.1")
    found = client.get(reverse("residents:choose_home"), {"q": home.name[:2]})
    assert reverse("residents:declare_home", args=[home.code]) in found.content.decode()
    assert client.post(reverse("residents:declare_home", args=[home.code]), {"estate": "龙岭花园"}).status_code == 302
    mine = client.get(reverse("residents:home")).content.decode()
    assert "龙岭花园" in mine and "待核实" in mine and "/residents/mine/" in mine


def test_below_fourteen_nothing_is_kept(client, sent):
    """P7: refused with the way for families; the number can be taken back at once."""
    come_in(client, sent)
    answer = client.post(reverse("accounts:welcome"), {"age": "child", "agree": "on"})
    assert answer.status_code == 422 and "家长" in answer.content.decode()
    client.post(reverse("accounts:discard"))
    assert User.objects.with_phone(PHONE) is None
    assert "_auth_user_id" not in client.session


def test_a_person_who_returns_goes_where_she_wanted(client, sent):
    person = resident(community())
    Consent.objects.create(person=person, purpose="service", version=notice.VERSION, at=NOON)
    phone = phones.unseal(person.phone_cipher)
    assert come_in(client, sent, phone, next="/residents/mine/").url == "/residents/mine/"


def test_a_new_notice_asks_again(client, sent, monkeypatch):
    """P1: consent belongs to a version."""
    person = resident(community())
    Consent.objects.create(person=person, purpose="service", version="alt", at=NOON)
    assert come_in(client, sent, phones.unseal(person.phone_cipher)).url == reverse("accounts:welcome")
    assert client.post(reverse("accounts:welcome"), {"age": "adult", "agree": "on"}).url == "/"


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/nowhere/at/all/", "/sign-in/"])
def test_next_leads_nowhere_but_here(client, sent, wanted):
    """S7."""
    person = resident(community())
    Consent.objects.create(person=person, purpose="service", version=notice.VERSION, at=NOON)
    assert come_in(client, sent, phones.unseal(person.phone_cipher), next=wanted).url == "/"


def test_the_session_gets_a_new_id(client, sent):
    """S22."""
    ask(client)
    before = client.session.session_key
    client.post(reverse("accounts:code"), {"code": code_in(sent)})
    assert client.session.session_key != before


def test_three_tries_and_the_code_is_spent(client, sent):
    """S17: the right digits come too late."""
    ask(client)
    right = code_in(sent)
    wrong = f"{(int(right) + 1) % 10**6:06d}"
    said = [client.post(reverse("accounts:code"), {"code": wrong}).content.decode() for _ in range(3)]
    assert "还可以输 2 次" in said[0] and "还可以输 1 次" in said[1] and "重新获取" in said[2]
    assert "重新获取" in client.post(reverse("accounts:code"), {"code": right}).content.decode()
    assert "_auth_user_id" not in client.session


def test_a_code_works_once(client, sent, django_user_model):
    come_in(client, sent)
    held = SignInCode.objects.get()
    assert held.used_at is not None
    client.logout()
    assert client.post(reverse("accounts:code"), {"code": code_in(sent)}).url == reverse("sign_in")


def test_a_code_is_good_in_the_browser_that_asked(client, sent):
    """S17: bound to the request."""
    from django.test import Client

    ask(client)
    right = code_in(sent)
    other = Client()
    ask(other, "13900139000")
    assert other.post(reverse("accounts:code"), {"code": right}).status_code == 422 or code_in(sent) == right


def test_after_five_minutes_the_code_is_over(client, sent):
    ask(client)
    SignInCode.objects.update(expires_at=SignInCode.objects.get().asked_at)
    answer = client.post(reverse("accounts:code"), {"code": code_in(sent)})
    assert "5 分钟" in answer.content.decode() and answer.status_code == 422


def test_pasted_codes_are_read(client, sent):
    """A12: full-width digits and a blank in the middle."""
    ask(client)
    code = code_in(sent)
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in code)
    assert client.post(reverse("accounts:code"), {"code": f" {wide[:3]} {wide[3:]}"}).status_code == 302


def test_one_code_a_minute(client, sent):
    """S42, C4; the page says how long to wait."""
    ask(client)
    again = ask(client)
    assert again.status_code == 422 and "秒" in again.content.decode()
    assert len(sent) == 1


def test_five_codes_a_day_to_one_number_whatever_the_browser(client, sent):
    """S42: counted in rows, so a restart forgets nothing."""
    from django.test import Client

    for _ in range(5):
        assert ask(Client()).status_code == 302
        SignInCode.objects.update(asked_at=SignInCode.objects.order_by("-asked_at").first().asked_at - timedelta(minutes=2))
    assert "5 条" in ask(Client()).content.decode()
    assert len(sent) == 5


def test_twenty_codes_a_day_from_one_address(client, sent, settings):
    settings.SMS_PER_ADDRESS = 3
    for place in range(3):
        assert ask(client, f"1380000000{place}").status_code == 302
    assert "网络" in ask(client, "13800000009").content.decode()
    assert len(sent) == 3


def test_a_days_budget_ends_the_sending(client, sent, settings):
    settings.SMS_DAILY_BUDGET = 1
    ask(client)
    assert "发完" in ask(client, "13900139000").content.decode()


def test_robots_fill_the_trap(client, sent):
    assert ask(client, website="https://x").status_code == 422
    assert not sent


def test_resending_makes_the_first_code_useless(client, sent):
    ask(client)
    first = code_in(sent)
    assert client.post(reverse("accounts:resend")).url == reverse("accounts:code")
    assert "秒" in client.get(reverse("accounts:code")).content.decode()
    SignInCode.objects.update(asked_at=SignInCode.objects.get().asked_at - timedelta(minutes=2))
    client.post(reverse("accounts:resend"))
    assert len(sent) == 2
    if first != code_in(sent):
        assert client.post(reverse("accounts:code"), {"code": first}).status_code == 422
    assert client.post(reverse("accounts:code"), {"code": code_in(sent)}).status_code == 302


def test_staff_do_not_come_in_by_phone(client, sent):
    """C2: a text message is never enough for staff."""
    staff = User.objects.create_staff("s1", name="王工")
    staff.phone_index = phones.index_of(PHONE)
    staff.save()
    answer = come_in(client, sent)
    assert answer.status_code == 422 and "工作人员" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_stopped_account_is_told_so_after_the_code(client, sent):
    person = User.objects.create_resident(PHONE, name="李秀兰", is_active=False)
    assert "停用" in come_in(client, sent).content.decode()
    assert person.last_login is None


def test_a_gateway_that_is_away_is_a_sentence(client, monkeypatch):
    def away(phone, text, *, key):
        from communities.accounts.sms import NotSent

        raise NotSent

    monkeypatch.setattr("communities.accounts.sms.send", away)
    answer = ask(client)
    assert answer.status_code == 422 and "短信暂时发不出去" in answer.content.decode()


def test_the_code_page_can_be_pasted_into(client, sent):
    """A12."""
    ask(client)
    text = client.get(reverse("accounts:code")).content.decode()
    assert 'autocomplete="one-time-code"' in text and 'inputmode="numeric"' in text and "没收到" in text
    assert "138****8000" in text and PHONE not in text


def test_outside_the_demo_the_code_is_never_shown(client, sent):
    ask(client)
    assert client.session["code"]["shown"] == ""
    assert code_in(sent) not in client.get(reverse("accounts:code")).content.decode()


def test_the_demo_shows_the_code_on_a_marked_banner(client, sent, settings):
    settings.DEMO = True
    ask(client)
    text = client.get(reverse("accounts:code")).content.decode()
    assert code_in(sent) in text and "演示短信" in text
