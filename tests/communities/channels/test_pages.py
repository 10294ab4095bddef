"""消息怎么告诉我: choices are kept, faults are said at the field, bad input never breaks."""

import pytest
from django.urls import reverse

from communities.channels.models import Letter, Reach
from communities.channels.services import ask_email
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
