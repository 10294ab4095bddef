"""How long a session lasts and how it ends (D2, S22-S26, A11)."""

import time

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from communities.accounts import sessions
from communities.accounts.services import devices
from communities.roles.rules import Role
from tests.factories import NOON, community, holder, person, resident, worker
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db
MINE = "/residents/mine/"


@pytest.fixture(autouse=True)
def _the_clock_stands():
    with time_machine.travel(time.time(), tick=False):
        yield


def idle(client, seconds, began=None):
    session = client.session
    session["seen_at"] = int(time.time()) - seconds
    session["began_at"] = int(time.time()) - (began or seconds)
    session.save()
    return client


def test_a_resident_stays_for_a_week(client):
    """D2: seven days sliding."""
    sign_in(client, person())
    assert idle(client, 6 * 24 * 3600).get(MINE).status_code == 200
    assert client.session["seen_at"] > time.time() - 5
    over = idle(client, 7 * 24 * 3600 + 60).get(MINE)
    assert over.url == f"{reverse('sign_in')}?next=%2Fresidents%2Fmine%2F"
    assert "自动退出" in client.get(over.url).content.decode()


@pytest.mark.parametrize(("role", "minutes"), [(Role.STREET_OFFICER, 30), (Role.ADMINISTRATOR, 15)])
def test_staff_are_signed_out_sooner(client, role, minutes):
    """D2: staff 30 minutes, administrators 15."""
    street = community().parent
    sign_in(client, holder(role, street if role is Role.STREET_OFFICER else street.parent))
    assert idle(client, minutes * 60 - 30).get(reverse("accounts:security")).status_code == 200
    over = idle(client, minutes * 60 + 30).get(reverse("accounts:security"))
    assert over.url.startswith(reverse("account_login"))
    assert "_auth_user_id" not in client.session


def test_a_staff_session_ends_after_a_working_day_however_busy(client):
    """S24."""
    sign_in(client, worker(community()))
    assert idle(client, 10, began=12 * 3600 + 60).get(reverse("accounts:security")).status_code == 302


def test_signing_out_ends_the_session_on_the_server(client):
    """S22, D10: the old cookie is worth nothing."""
    sign_in(client, person())
    held = client.cookies["session"].value
    answer = client.post(reverse("sign_out"))
    assert answer.headers["Clear-Site-Data"]
    client.cookies["session"] = held
    assert client.get(MINE).status_code == 302


def test_signing_out_needs_a_post(client):
    """S6: a link shows the button and changes nothing."""
    sign_in(client, person())
    assert client.get(reverse("sign_out")).status_code == 200
    assert client.get(MINE).status_code == 200


def test_all_sessions_end_at_once(client):
    """S23."""
    who = person()
    other = sign_in(Client(), who)
    sign_in(client, who)
    devices.end_all_sessions(person_id=who.pk, by=None, now=NOON)
    assert client.get(MINE).status_code == 302 and other.get(MINE).status_code == 302


def test_one_device_is_signed_out_from_another(client):
    """S25."""
    who = person()
    phone = sign_in(Client(headers={"user-agent": "Mozilla/5.0 (Linux; Android 14) MicroMessenger/8"}), who)
    phone.get(MINE)
    sign_in(client, who).get(MINE)
    page = client.get(reverse("accounts:security")).content.decode()
    assert "安卓手机 · 微信" in page and "本机" in page
    device = UserSession.objects.get(user_agent__contains="MicroMessenger")
    assert client.post(reverse("accounts:end_device", args=[device.pk])).status_code == 302
    assert phone.get(MINE).status_code == 302 and client.get(MINE).status_code == 200


def test_nobody_ends_somebody_elses_device(client):
    """S28."""
    other = sign_in(Client(), person())
    other.get(MINE)
    device = UserSession.objects.get()
    sign_in(client, person())
    assert client.post(reverse("accounts:end_device", args=[device.pk])).status_code == 404
    assert other.get(MINE).status_code == 200


def test_a_sensitive_act_asks_for_a_fresh_code(client):
    """D2, S21: download and closing need a code of the last ten minutes."""
    who = resident(community())
    sign_in(client, who)
    asked = client.get(reverse("residents:download"))
    assert asked.url == f"{reverse('accounts:confirm')}?next=%2Fresidents%2Fmine%2Fdownload%2F"
    client.post(asked.url)
    sent = client.session["code"]
    assert sent["purpose"] == "confirm" and sent["then"] == "/residents/mine/download/"
    session = client.session
    session["confirmed_at"] = int(time.time())
    session.save()
    assert client.get(reverse("residents:download")).status_code == 200


def test_the_time_between_two_looks_at_a_session_is_a_minute():
    assert sessions.SEEN_EVERY <= 60


def test_the_page_knows_how_long_the_session_lasts_and_it_can_go_on(client):
    """A11: the page warns before the end; one press and the session goes on."""
    sign_in(client, worker(community()))
    shown = client.get(reverse("accounts:security")).content.decode()
    assert 'data-left="1800"' in shown and "再过两分钟没有操作" in shown
    idle(client, 29 * 60)
    assert client.post(reverse("accounts:still")).json() == {"left": 1800}
    assert client.session["seen_at"] > time.time() - 5
    idle(client, 30, began=12 * 3600 - 90)
    assert client.post(reverse("accounts:still")).json()["left"] <= 90, "the working day ends all the same"
    assert idle(client, 31 * 60).post(reverse("accounts:still")).status_code == 302


def test_a_resident_is_not_warned_of_next_week(client):
    sign_in(client, person())
    assert 'id="leaving"' not in client.get(MINE).content.decode()


def test_typed_words_come_back_after_signing_in_again(client):
    """A11: the end of a session loses nothing that was typed; nobody else reads it, and it is sent only on a press."""
    who, place = worker(community()), reverse("roles:appoint", args=[community().code])
    sign_in(client, who)
    over = idle(client, 31 * 60).post(place, {"name": "王<b>建国", "role": "", "staff_name": "LG0777"})
    assert over.url == f"{reverse('account_login')}?next=%2Faccounts%2Fkept%2F"
    assert "刚才填写的内容还在" in client.get(over.url).content.decode()
    again = client.session["typed"]
    sign_in(client, who)
    shown = client.get(reverse("accounts:kept")).content.decode()
    assert "王&lt;b&gt;建国" in shown and f'action="{place}"' in shown and 'name="staff_name" value="LG0777"' in shown
    assert "已删除" in client.post(reverse("accounts:kept"), follow=True).content.decode()
    assert client.get(reverse("accounts:kept")).url == "/"
    put(client, {**again, "at": again["at"] - 3 * 3600})
    assert client.get(reverse("accounts:kept")).url == "/", "two hours"
    sign_in(client, person())
    put(client, again)
    assert client.get(reverse("accounts:kept")).url == "/" and "typed" not in client.session, "another person"


@pytest.mark.parametrize("name", ["accounts:end_everywhere", "accounts:first_password", "account_login"])
def test_passwords_and_codes_are_never_kept(client, name):
    sign_in(client, worker(community()))
    idle(client, 31 * 60).post(reverse(name), {"password": "secret-word", "password1": "secret-word", "code": "123456"})
    assert "typed" not in client.session


def put(client, taken):
    session = client.session
    session["typed"] = taken
    session.save()
