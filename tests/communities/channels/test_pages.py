"""消息怎么告诉我: choices are kept, faults are said at the field, bad input never breaks."""

import pytest
from django.urls import reverse

from communities.channels.models import Letter, Reach
from communities.channels.services import ask_email
from portal.models import Notice
from tests.factories import NOON, person
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db
GIVEN = {
    "by_sms": "none",
    "by_email": "all",
    "by_wechat": "urgent",
    "pace": "at_once",
    "digest_hour": "9",
    "quiet_from": "22",
    "quiet_until": "7",
    "wanted": ["proposals", "works"],
}


def test_choices_are_kept_and_shown_again(client):
    who = person()
    sign_in(client, who)
    url = reverse("channels:my_channels")
    assert "免打扰" in client.get(url).content.decode()
    assert client.post(url, GIVEN).status_code == 302
    row = Reach.objects.get(person=who)
    assert (row.by_sms, row.digest_hour, row.muted) == ("none", 9, ["deliberation", "publicity", "volunteers", "voting"])
    assert 'value="proposals" ' in client.get(url).content.decode()


@pytest.mark.parametrize("wrong", [{"digest_hour": "23"}, {"digest_hour": "9" * 400}, {"pace": "x" * 9999}, {"wanted": ["\0"]}])
def test_wrong_choices_are_named(client, wrong):
    sign_in(client, person())
    answer = client.post(reverse("channels:my_channels"), {**GIVEN, **wrong})
    assert answer.status_code == 422 and not Reach.objects.exists()


def test_an_address_is_confirmed_by_its_link(client):
    who = person()
    sign_in(client, who)
    assert client.post(reverse("channels:my_email"), {"email": "不是邮箱"}).status_code == 422
    assert client.post(reverse("channels:my_email"), {"email": "li@example.org"}).status_code == 302
    link = Letter.objects.get().text.split("\n")[1].split("localhost")[1]
    assert "li@example.org" in client.get(link).content.decode() and not Reach.objects.exists()
    client.post(link)
    assert Reach.objects.get().email == "li@example.org"
    sign_in(client, other := person("周建国"))
    assert client.get(link).status_code == 404 and other
    client.post(reverse("channels:drop_email"))
    assert Reach.objects.get().email == "li@example.org"
    assert ask_email(by=other, email="z@example.org", now=NOON).address == "z@example.org"


class Account:
    """A service account for tests: it knows who scanned which code, or is away."""

    scanned: dict[str, str] = {}
    away = False

    def send(self, address: str, *, subject: str, text: str, key: str) -> None:
        raise AssertionError("binding sends nothing by WeChat")

    def invite(self, code: str) -> str:
        return f"https://weixin.example/q/{code}"

    def follower(self, code: str) -> str:
        if Account.away:
            raise OSError("away")
        return Account.scanned.get(code, "")


def test_wechat_is_bound_by_a_code_that_she_scans_and_taken_off_again(client, settings):
    settings.NOTICES = {**settings.NOTICES, "senders": {**settings.NOTICES["senders"], "wechat": f"{__name__}.Account"}}
    url, who = reverse("channels:my_wechat"), person()
    sign_in(client, who)

    def shown(answer):
        return answer.content.decode().split('name="code" value="')[1].split('"')[0]

    code = shown(client.get(url))
    assert len(code) <= 64, "as much as WeChat carries in a code"
    answer = client.post(url, {"code": code})
    assert answer.status_code == 422 and "还没有收到您的扫码" in answer.content.decode() and shown(answer) == code
    Account.scanned[code], Account.away = "o-1", True
    assert "暂时连不上" in client.post(url, {"code": code}).content.decode()
    Account.away = False
    for junk in ("", "\0", "\ufffd", f"{who.pk + 1}:x:y", code[:-1] + "é", "9" * 9999):
        answer = client.post(url, {"code": junk})
        assert answer.status_code == 422 and shown(answer) != junk and not Reach.objects.exists()
    assert client.post(url, {"code": code}).status_code == 302
    assert Reach.objects.get(person=who).wechat_id == "o-1"
    assert Notice.objects.get(person=who).kind == "accounts.wechat_bound"
    assert "已失效" in client.post(url, {"code": code}).content.decode(), "used once"
    assert "已绑定" in client.get(reverse("channels:my_channels")).content.decode()
    other = shown(client.get(url))
    sign_in(client, person("周建国"))
    Account.scanned[other] = "o-2"
    assert client.post(url, {"code": other}).status_code == 422, "a code is good for the one who saw it"
    sign_in(client, who)
    client.post(reverse("channels:drop_wechat"))
    assert Reach.objects.get(person=who).wechat_id == ""


def test_where_no_service_account_is_there_nobody_is_bound(client, settings):
    url = reverse("channels:my_wechat")
    sign_in(client, who := person())
    for demo, offered in ((False, False), (True, True)):
        settings.DEMO = demo
        assert ("我扫好了" in client.get(url).content.decode()) is offered
    settings.NOTICES = {**settings.NOTICES, "channels": frozenset({"sms"})}
    assert "现在不能绑定微信" in client.get(url).content.decode() and who
