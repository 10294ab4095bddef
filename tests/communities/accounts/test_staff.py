"""Staff come in by password and second factor, and by nothing else (D2, D4, S15, S16, S19)."""

import re
import time
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.urls import reverse

from communities.accounts import checks
from communities.accounts.models import UsedPassword, User
from communities.accounts.passwords import kinds_in
from communities.accounts.services import staff as services
from communities.roles.models import Appointment
from communities.roles.rules import Role
from portal import clock
from portal.models import LogEntry, Notice
from portal.notices import words
from portal.refusals import Refused
from tests.factories import NOON, community, division, holder, worker
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db
PASSWORD = "Longling-2026-ok"


@pytest.fixture(autouse=True)
def _the_clock_stands():
    """A code holds for the half minute in which it was made: none ends between the test and the page."""
    with time_machine.travel(time.time(), tick=False):
        yield


def totp_now(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.fixture
def officer():
    """A worker with a password and an authenticator; `.seed` is the authenticator's."""
    person = worker(community())
    person.set_password(PASSWORD)
    person.save()
    person.seed = generate_totp_secret()
    TOTP.activate(person, person.seed)
    return person


def password(client, person, given=PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": person.staff_name, "password": given, **more})


def test_the_password_alone_opens_nothing(client, officer):
    """S16, D4."""
    assert password(client, officer).url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    assert client.get(reverse("residents:vouching")).status_code == 302


def test_password_and_code_open_the_desk(client, officer):
    password(client, officer)
    answer = client.post(reverse("mfa_authenticate"), {"code": totp_now(officer.seed)})
    assert answer.status_code == 302 and "_auth_user_id" in client.session
    assert client.get(reverse("residents:vouching")).status_code == 200
    assert LogEntry.objects.filter(action="accounts.sign_in", result="done", actor_id=officer.pk).exists()


def test_next_is_kept_through_both_steps_when_it_is_ours(client, officer):
    """S7."""
    wanted = reverse("residents:vouching")
    password(client, officer, next=wanted)
    assert client.post(reverse("mfa_authenticate"), {"code": totp_now(officer.seed)}).url == wanted


def test_next_elsewhere_is_forgotten(client, officer):
    password(client, officer, next="https://evil.example/")
    answer = client.post(reverse("mfa_authenticate"), {"code": totp_now(officer.seed)})
    assert "evil" not in answer.url


def test_a_wrong_code_stays_outside(client, officer):
    password(client, officer)
    answer = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "动态码不对" in answer.content.decode() and "_auth_user_id" not in client.session


def test_a_wrong_password_and_a_wrong_name_are_told_alike(client, officer):
    """S18; the failed try of a real account is in the log (S45)."""
    wrong = password(client, officer, "Something-else-1").content.decode()
    nobody = client.post(reverse("account_login"), {"login": "nobody", "password": "x"}).content.decode()
    assert "工号或密码不对" in wrong and "工号或密码不对" in nobody
    refused = LogEntry.objects.filter(action="accounts.sign_in", result="refused")
    assert [row.actor_id for row in refused.order_by("pk")] == [officer.pk, None]
    assert PASSWORD not in str(list(refused.values()))


def test_five_wrong_passwords_lock_for_a_while(client, officer):
    """D2: the right one does not help then."""
    for _ in range(5):
        password(client, officer, "Wrong-password-1")
    answer = password(client, officer)
    assert answer.status_code != 302 and "10 分钟" in answer.content.decode()


def test_a_session_without_second_factor_is_led_to_it(client, officer):
    """S16: also one that was made by other means."""
    sign_in(client, officer, second_factor=False)
    assert client.get(reverse("residents:vouching")).url.startswith(reverse("mfa_reauthenticate"))
    answer = client.post(reverse("mfa_reauthenticate"), {"code": totp_now(officer.seed), "next": "/accounts/security/"})
    assert answer.url == "/accounts/security/"
    assert client.get(reverse("residents:vouching")).status_code == 200


def test_staff_without_a_factor_set_one_up_before_anything_else(client):
    person = worker(community())
    sign_in(client, person, second_factor=False)
    for url in (reverse("residents:vouching"), "/", reverse("accounts:security")):
        assert client.get(url).url == reverse("mfa_activate_totp")


def test_first_administrator_gets_a_link_and_nothing_else(client, capsys):
    """S15: no default password; the link works once; password, then authenticator, then the portal."""
    division("city", "深圳市", code="4403")
    call_command("first_administrator", "admin01")
    link = re.search(r"https?://\S+", capsys.readouterr().out)[0]
    path = re.sub(r"^https?://[^/]+", "", link)
    person = User.objects.get(staff_name="admin01")
    assert not person.has_usable_password()
    assert Appointment.objects.get(person=person).role == Role.ADMINISTRATOR
    landing = client.get(path)
    assert landing.url == reverse("accounts:first_password") and path.split("/")[-2] not in landing.url
    weak = client.post(landing.url, {"password": "short", "again": "short"})
    assert weak.status_code == 422
    done = client.post(landing.url, {"password": PASSWORD, "again": PASSWORD})
    assert done.url == reverse("mfa_activate_totp")
    assert client.get("/accounts/security/").url == reverse("mfa_activate_totp")
    page = client.get(done.url).content.decode()
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page)[1]
    assert client.post(done.url, {"code": totp_now(secret)}).status_code == 302
    assert client.get("/accounts/security/").status_code == 200
    assert client.get("/admin/").status_code == 200
    client.logout()
    assert "已经用过" in client.get(path).content.decode()
    User.objects.filter(pk=person.pk).update(last_login=NOON)
    with pytest.raises(CommandError):
        call_command("first_administrator", "admin02")


def test_a_link_is_over_after_three_days_and_a_new_one_ends_the_old(client):
    person = User.objects.create_staff("s1", name="王工")
    _made, first = services.invite(person_id=person.pk, by=None, now=NOON)
    made, second = services.invite(person_id=person.pk, by=None, now=NOON)
    with pytest.raises(Refused):
        services.accept_invitation(token=first, password=PASSWORD, now=NOON)
    with pytest.raises(Refused):
        services.accept_invitation(token=second, password=PASSWORD, now=NOON + timedelta(hours=72))
    assert second not in str(made.__dict__)
    services.accept_invitation(token=second, password=PASSWORD, now=NOON)
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("given", "kinds"), [("abc", 1), ("abcDEF", 2), ("abcDEF123", 3), ("abcDEF1-", 4), ("密码abc1", 3)]
)
def test_kinds_of_signs_are_counted(given, kinds):
    """C1."""
    assert kinds_in(given) == kinds


def test_changing_the_password_tells_the_person(client, officer):
    """S20."""
    sign_in(client, officer)
    answer = client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": "Another-2026-key", "password2": "Another-2026-key"},
    )
    assert answer.status_code == 302
    assert Notice.objects.filter(person=officer, kind="accounts.credentials").count() == 1


def change(client, old, new):
    cache.clear()  # five changes a minute are not what is asked here
    return client.post(reverse("account_change_password"), {"oldpassword": old, "password1": new, "password2": new})


def test_the_last_five_passwords_are_not_taken_again(client, officer, settings):
    """C1, profile dengbao: digests only; the sixth before is free again; the other profile forgets them and asks for no kinds."""
    held = [PASSWORD, *(f"Longling-{number}-word" for number in range(5))]
    for new in held[1:]:
        officer.set_password(new)
        officer.save()
    sign_in(client, officer)
    kept = list(UsedPassword.objects.filter(person=officer).values_list("hashed", flat=True))
    assert len(kept) == 5 and officer.password in kept and not any(word in digest for digest in kept for word in held)
    for again in (held[-1], held[1]):
        text = change(client, held[-1], again).content.decode()
        assert "这个密码最近用过" in text and again not in text
    assert "三种" in change(client, held[-1], "onlysmallletters").content.decode()
    assert change(client, held[-1], held[0]).status_code == 302
    assert LogEntry.objects.filter(action="accounts.change_password", actor_id=officer.pk).count() == 1
    settings.STAFF_PASSWORDS = "asvs"
    assert change(client, held[0], "onlysmallletters").status_code == 302
    assert not UsedPassword.objects.filter(person=officer).exists()


def test_a_password_of_ninety_days_is_named_once_and_still_opens(client, officer, settings):
    """C1: a reminder, no lock; a changed password starts anew; `asvs` reminds nobody."""
    UsedPassword.objects.update(at=NOON)
    later = NOON + timedelta(days=90)
    assert services.remind_of_passwords(now=later - timedelta(seconds=1)) == 0
    assert (services.remind_of_passwords(now=later), services.remind_of_passwords(now=later)) == (1, 0)
    notice = Notice.objects.get(person=officer, kind="accounts.password_old")
    assert "90 天" in words(notice) and notice.url == reverse("accounts:security")
    with clock.pretend(later):
        password(client, officer)
        answer = client.post(reverse("mfa_authenticate"), {"code": totp_now(officer.seed)}, follow=True)
        assert answer.status_code == 200 and "90 天" in answer.content.decode()
        assert "建议更改" in client.get(reverse("accounts:security")).content.decode()
        assert change(client, PASSWORD, "Another-2026-key").status_code == 302
        assert "建议更改" not in client.get(reverse("accounts:security")).content.decode()
    assert services.remind_of_passwords(now=later + timedelta(days=89)) == 0
    assert services.remind_of_passwords(now=later + timedelta(days=90)) == 1
    settings.STAFF_PASSWORDS = "asvs"
    assert services.remind_of_passwords(now=later + timedelta(days=900)) == 0


def test_the_profile_of_passwords_is_one_that_exists(settings):
    """C1: a typing error in the setting stops the start, not the first person who changes a password."""
    assert checks.password_profile_is_known(None) == [] and settings.STAFF_PASSWORDS == "dengbao"
    settings.STAFF_PASSWORDS = "dengbo"
    assert [fault.id for fault in checks.password_profile_is_known(None)] == ["accounts.E003"]


@pytest.mark.parametrize("path", ["/accounts/signup/", "/accounts/staff/signup/", "/accounts/password/reset/"])
def test_there_is_no_sign_up_and_no_password_by_mail(client, path):
    """S19, D5."""
    assert client.get(path).status_code == 404


def test_the_seed_of_an_authenticator_is_kept_encrypted(officer):
    held = Authenticator.objects.get(user=officer, type="totp")
    assert officer.seed not in str(held.data)


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.COUNCIL_MEMBER, Role.SUPERVISOR, Role.ADMINISTRATOR)])
def test_the_admin_is_for_administrators(client, role):
    """D5, S16: officers, workers and auditors get no further than 403."""
    home = community()
    at = home if role is Role.COMMUNITY_WORKER else home.parent if role is Role.STREET_OFFICER else home.parent.parent
    sign_in(client, holder(role, at))
    assert client.get("/admin/login/").status_code == 403
    assert client.get("/admin/").status_code == 302


def test_the_admin_sends_visitors_to_the_staff_page(client):
    assert client.get("/admin/").url.startswith("/admin/login/")
    assert client.get("/admin/login/").url.startswith(reverse("account_login"))


LIBRARY = [
    "account_change_password",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
]


@pytest.mark.parametrize("name", LIBRARY)
def test_every_page_of_the_library_speaks_chinese(client, officer, name):
    """A15: our words and our layout; no English heading reaches a reader."""
    if name != "mfa_add_webauthn":  # that page reads the keys that are there, and this one is hollow
        Authenticator.objects.create(user=officer, type="webauthn", data={"name": "安全密钥 1", "credential": {}})
    auto_generate_recovery_codes_for(officer)
    sign_in(client, officer)
    reauthenticate(client)
    text = client.get(reverse(name)).content.decode()
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", text, re.S)[1].strip()
    assert re.search(r"[\u4e00-\u9fff]", heading) and not re.search(r"[A-Za-z]{3}", heading)


def test_keys_are_renamed_and_removed_while_another_factor_stands(client, officer):
    key = Authenticator.objects.create(user=officer, type="webauthn", data={"name": "安全密钥 1", "credential": {}})
    sign_in(client, officer)
    reauthenticate(client)
    client.post(reverse("mfa_edit_webauthn", args=[key.pk]), {"name": "办公室的密钥"})
    assert "办公室的密钥" in client.get(reverse("mfa_list_webauthn")).content.decode()
    assert client.get(reverse("mfa_remove_webauthn", args=[key.pk])).status_code == 200
    client.post(reverse("mfa_remove_webauthn", args=[key.pk]))
    assert not Authenticator.objects.filter(pk=key.pk).exists()


def test_changing_the_second_factor_asks_for_the_factor_again(client, officer):
    """S21."""
    sign_in(client, officer)
    asked = client.get(reverse("mfa_add_webauthn"))
    assert asked.status_code == 302 and "again" in asked.url
    assert client.get(asked.url).status_code in (200, 302)


def test_a_recovery_code_replaces_the_authenticator_once(client, officer):
    """S17."""
    codes = auto_generate_recovery_codes_for(officer)
    for code, inside in ((codes[0], True), (codes[0], False), (codes[1], True)):
        client.logout()
        password(client, officer)
        client.post(reverse("mfa_authenticate"), {"code": code})
        assert ("_auth_user_id" in client.session) is inside


def auto_generate_recovery_codes_for(person):
    return RecoveryCodes.activate(person).get_unused_codes()


def reauthenticate(client):
    session = client.session
    session["account_authentication_methods"] = [
        *session["account_authentication_methods"],
        {"method": "mfa", "type": "totp", "at": time.time(), "reauthenticated": True},
    ]
    session.save()
