"""What is owed becomes letters once; letters are carried once, also by two carriers and after a crash (R4, P9)."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

import pytest
from django.core import mail

from communities.accounts.sms import NotSent
from communities.channels import services
from communities.channels.models import Letter, Reach
from communities.channels.services import carry
from communities.channels.services.choose import email_in
from communities.residents.privacy import erase, everything_about
from portal import notices
from portal.models import Notice
from portal.refusals import Refused
from tests.factories import NOON, person, street, street_officer
from tests.threads import at_once

pytestmark = pytest.mark.django_db
TAKEN: list[tuple[str, str, str]] = []
CHOSEN = {"by_sms": "all", "by_email": "all", "by_wechat": "all", "quiet_from": 21, "quiet_until": 8}


class Gateway:
    """A gateway that remembers; it refuses whom it is told to refuse."""

    refuses = False

    def send(self, address: str, *, subject: str, text: str, key: str) -> None:
        if Gateway.refuses:
            raise OSError("gateway away")
        TAKEN.append((address, text, key))


@pytest.fixture(autouse=True)
def gateway(settings):
    here = f"{__name__}.Gateway"
    senders = {"email": here, "sms": here, "wechat": here}
    settings.NOTICES = {**settings.NOTICES, "senders": senders}
    TAKEN.clear()
    Gateway.refuses = False


def owe(who, kind="screening.accepted", key="k", title="坡道", now=NOON):
    notices.owe([who], kind=kind, key=key, text="“%(title)s”有进展", now=now, url="/bangzhu/", title=title)


def run(now):
    return services.write_letters(now=now), services.carry_letters(now=now)


def test_an_urgent_notice_leaves_at_once_and_once():
    who = person(phone := "李秀兰")
    owe(who, "screening.returned")
    assert run(NOON) == (1, 1)
    assert run(NOON + timedelta(hours=1)) == (0, 0)
    ((address, text, _key),) = TAKEN
    assert address.startswith("13") and "“坡道”有进展" in text and "/bangzhu/" in text and phone
    assert Notice.objects.get().sent_at == NOON and Letter.objects.get().state == "sent"


def test_ordinary_notices_wait_for_one_digest_a_day():
    """Three events, one message; what was read in the portal meanwhile is not told again."""
    who = person()
    services.choose(by=who, muted=(), pace="daily", digest_hour=18, now=NOON, **CHOSEN)
    for key in ("a", "b", "c"):
        owe(who, key=key, title=key)
    owe(who, key="read", title="已经看过")
    assert run(NOON) == (0, 0)
    Notice.objects.filter(key="read").update(read_at=NOON)
    six = NOON + timedelta(hours=6)
    assert run(six) == (1, 1)
    ((_address, text, _key),) = TAKEN
    assert "3 条新消息" in text and "已经看过" not in text
    owe(who, key="d", now=six + timedelta(minutes=5))
    assert run(six + timedelta(minutes=10)) == (0, 0)
    assert run(six + timedelta(days=1)) == (1, 1)


def test_the_quiet_hours_hold_back_all_but_security():
    who = person()
    night = NOON + timedelta(hours=10)
    owe(who, "screening.returned", key="a", now=night)
    owe(who, "accounts.phone_changed", key="b", now=night)
    assert run(night) == (2, 1)
    assert run(night + timedelta(hours=10)) == (0, 1)


def test_groups_can_be_left_and_security_cannot():
    who = person()
    services.choose(by=who, muted=("proposals", "account"), pace="at_once", digest_hour=18, now=NOON, **CHOSEN)
    owe(who, "screening.returned", key="a")
    owe(who, "accounts.phone_changed", key="b")
    assert run(NOON) == (1, 1)
    assert Reach.objects.get().muted == ["proposals"]
    assert not Notice.objects.filter(sent_at=None).exists()


def test_a_gateway_that_is_away_loses_nothing():
    who = person()
    owe(who, "screening.returned")
    Gateway.refuses = True
    assert run(NOON) == (1, 0)
    assert "gateway away" in Letter.objects.get().last_error
    Gateway.refuses = False
    assert services.carry_letters(now=NOON + timedelta(seconds=30)) == 0
    assert services.carry_letters(now=NOON + timedelta(minutes=2)) == 1


class SmsGateway:
    """Keeps the key of what it was given; the first time the answer is lost on the way back."""

    keys: ClassVar[list[str]] = []

    def send(self, phone: str, text: str, *, key: str) -> None:
        self.keys.append(key)
        if len(self.keys) == 1:
            raise NotSent


def test_a_text_message_handed_over_again_has_its_key(settings, monkeypatch):
    """R4: the gateway of the text messages can tell a repeat from a new message."""
    monkeypatch.setattr(SmsGateway, "keys", [])
    settings.SMS_SENDER = f"{__name__}.SmsGateway"
    settings.NOTICES = {**settings.NOTICES, "senders": {**settings.NOTICES["senders"], "sms": "communities.channels.senders.Sms"}}
    owe(person(), "screening.returned")
    assert run(NOON) == (1, 0)
    assert services.carry_letters(now=NOON + timedelta(minutes=2)) == 1
    assert SmsGateway.keys == [Letter.objects.get().key] * 2


def test_five_failures_give_up_and_say_so():
    owe(person(), "screening.returned")
    Gateway.refuses = True
    for day in range(7):
        run(NOON + timedelta(days=day))
    row = Letter.objects.get()
    assert (row.state, row.attempts) == ("failed", 5)


def test_a_carrier_that_died_is_replaced_with_the_same_key():
    owe(person(), "screening.returned")
    services.write_letters(now=NOON)
    taken = carry._take(NOON)
    assert services.carry_letters(now=NOON + timedelta(minutes=5)) == 0
    assert services.carry_letters(now=NOON + timedelta(minutes=11)) == 1
    assert TAKEN[0][2] == taken.key
    assert carry._carry(taken, NOON) is True  # the dead one comes back: it cannot write over its successor's note
    assert Letter.objects.get().sent_at == NOON + timedelta(minutes=11)


def test_paid_messages_keep_to_the_budget(settings):
    settings.NOTICES = {**settings.NOTICES, "sms_budget": 1}
    for number in range(2):
        owe(person(), "screening.returned", key=str(number))
    services.write_letters(now=NOON)
    sent = [services.carry_letters(now=NOON + timedelta(minutes=minute)) for minute in (0, 1)]
    assert sent == [1, 0]
    assert services.carry_letters(now=NOON + timedelta(days=1)) == 1


def test_old_news_are_not_sent_and_closed_accounts_hear_nothing():
    owe(person(), "screening.returned", key="old", now=NOON - timedelta(days=3))
    gone = person(closed_at=NOON)
    owe(gone, "screening.returned", key="gone")
    assert run(NOON) == (0, 0)
    assert not Notice.objects.filter(sent_at=None).exists()


def test_an_address_counts_after_its_link(settings):
    settings.NOTICES = {**settings.NOTICES, "senders": {"email": "communities.channels.senders.Email"}}
    who, other = person(), person("周建国")
    services.ask_email(by=who, email="li@example.org", now=NOON)
    assert services.carry_letters(now=NOON) == 1
    (sent,) = mail.outbox
    token = sent.body.split("/channels/email/")[1].split("/")[0]
    assert sent.extra_headers["Message-ID"].startswith("<confirm-") and email_in(token, other) == ""
    with pytest.raises(Refused):
        services.confirm_email(by=other, token=token, now=NOON)
    services.confirm_email(by=who, token=token, now=NOON)
    assert Reach.objects.get(person=who).email == "li@example.org" and Letter.objects.get().address == ""
    for _again in range(2):
        services.ask_email(by=who, email="li@example.org", now=NOON)
    with pytest.raises(Refused):
        services.ask_email(by=who, email="li@example.org", now=NOON)


def test_staff_are_reached_at_the_offices_address_and_wechat_when_bound():
    officer = street_officer(street())
    officer.email = "huang@example.org"
    officer.save()
    services.bind_wechat(person=officer, wechat_id="o-1", now=NOON)
    owe(officer, "publicity.to_answer")
    assert run(NOON) == (2, 2)
    assert {address for address, _text, _key in TAKEN} == {"huang@example.org", "o-1"}


def test_her_own_copy_and_forgetting():
    who = person()
    owe(who, "screening.returned")
    run(NOON)
    assert "坡道" in str(everything_about(who)["消息接收方式"])
    assert services.sweep_letters(before=NOON) == 0
    erase(who, now=NOON)
    assert not Letter.objects.exists() and not Reach.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_four_carriers_at_once_carry_each_letter_once():
    for number in range(12):
        owe(person(), "screening.returned", key=str(number))

    assert not [answer for answer in at_once([lambda: run(NOON)] * 4) if isinstance(answer, Exception)]
    run(NOON)
    keys = [key for _address, _text, key in TAKEN]
    assert len(keys) == len(set(keys)) == 12
