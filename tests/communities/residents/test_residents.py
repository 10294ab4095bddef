"""Declaring a home, moving, being vouched for; seeing a number; leaving (P3, P5, P8, P9, P11)."""

import json
import time
from datetime import timedelta

import pytest
from django.urls import reverse

from communities.accounts import phones
from communities.accounts.models import Consent, User
from communities.residents import privacy, queries, services
from communities.residents.models import Residency, ResidencyCheck
from communities.roles.rules import Role
from portal.models import LogEntry, Notice
from portal.refusals import Refused
from tests.factories import NOON, community, council, division, holder, person, resident, street_officer, worker
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


def code_of(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.refusal.code


def declare(who, home, estate="龙岭花园", now=NOON):
    return services.declare_home(by=who, community_id=home.pk, estate=estate, now=now)


def check(residency, by, outcome="confirmed", evidence="lease", reason=""):
    return services.check_residency(
        residency_id=residency.pk, outcome=outcome, evidence=evidence, reason=reason, by=by, now=NOON
    )


def confirmed(client):
    session = client.session
    session["confirmed_at"] = int(time.time())
    session.save()


def test_a_worker_vouches_and_the_resident_is_proved_and_told():
    home, who = community(), person()
    held = declare(who, home)
    assert not queries.is_proved_resident(User.objects.get(pk=who.pk), home)
    check(held, worker(home))
    assert queries.is_proved_resident(User.objects.get(pk=who.pk), home)
    assert Notice.objects.filter(person=who, kind="residents.confirmed").count() == 1
    row = ResidencyCheck.objects.get()
    assert (row.outcome, row.evidence, row.residency_id) == ("confirmed", "lease", held.pk)


@pytest.mark.parametrize("role", [Role.STREET_OFFICER, Role.DISTRICT_OFFICER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_only_the_communitys_worker_vouches(role):
    home, who = community(), person()
    held = declare(who, home)
    at = home.parent if role is Role.STREET_OFFICER else home.parent.parent
    assert code_of(lambda: check(held, holder(role, at))) == "not_worker"


def test_a_worker_of_another_community_does_not():
    home, who = community(), person()
    other = community("凤凰社区", home.parent)
    held = declare(who, home)
    assert code_of(lambda: check(held, worker(other))) == "not_worker"


def test_a_refusal_needs_a_reason_and_lets_the_person_choose_again():
    home, who = community(), person()
    held, by = declare(who, home), worker(home)
    assert code_of(lambda: check(held, by, "refused", "", "不行")) == "reason_missing"
    check(held, by, "refused", "", "租赁合同上是坂田街道")
    again = User.objects.get(pk=who.pk)
    assert queries.residency_of(again) is None
    assert queries.last_refusal(again).reason == "租赁合同上是坂田街道"
    assert declare(again, home).until is None and queries.last_refusal(again) is None


@pytest.mark.parametrize(("outcome", "evidence", "code"), [("confirmed", "", "evidence_missing"), ("refused", "", "reason_missing")])
def test_a_check_says_on_what_or_why_not(outcome, evidence, code):
    home = community()
    held = declare(person(), home)
    assert code_of(lambda: check(held, worker(home), outcome, evidence)) == code


def test_a_move_is_dated_and_must_be_proved_anew():
    old = community()
    new, who = community("凤凰社区", old.parent), resident(old)
    moved = declare(User.objects.get(pk=who.pk), new, now=NOON + timedelta(days=5))
    ended = who.residencies.get(community=old)
    assert ended.until == moved.since == TODAY + timedelta(days=5)
    assert moved.proof == Residency.Proof.DECLARED
    assert not queries.is_proved_resident(User.objects.get(pk=who.pk), old)


def test_the_same_community_again_keeps_the_proof():
    home, who = community(), None
    who = resident(home)
    declare(who, home, "新的小区")
    held = who.residencies.get()
    assert (held.estate, held.proof) == ("新的小区", Residency.Proof.VOUCHED)


def test_staff_accounts_and_other_places_are_no_home():
    home = community()
    assert code_of(lambda: declare(worker(home), home)) == "staff_account"
    assert code_of(lambda: declare(person(), home.parent)) == "no_community"
    home.abolished_on = TODAY
    home.save()
    assert code_of(lambda: declare(person(), home)) == "no_community"


def test_the_desk_shows_masked_people_of_her_communities(client):
    """P11: a list never holds a whole name or number."""
    home, who = community(), person("李秀兰")
    declare(who, home)
    declare(person("王大力"), community("凤凰社区", home.parent))
    sign_in(client, worker(home))
    text = client.get(reverse("residents:vouching")).content.decode()
    number = phones.unseal(who.phone_cipher)
    assert "李**" in text and "李秀兰" not in text and "王**" not in text
    assert number not in text and f"{number[:3]}****{number[-4:]}" in text


@pytest.mark.parametrize("typed", ["whole number", "李秀", "龙岭花"])
def test_the_desk_finds_by_number_name_and_estate(client, typed):
    home, who = community(), person("李秀兰")
    declare(who, home)
    declare(person("王大力"), home, "别处")
    sign_in(client, worker(home))
    asked = phones.unseal(who.phone_cipher) if typed == "whole number" else typed
    text = client.get(reverse("residents:vouching"), {"q": asked}).content.decode()
    assert "李**" in text and "王**" not in text


@pytest.mark.parametrize("count", [1, 3])
def test_the_desk_asks_the_same_number_of_times(client, django_assert_num_queries, count):
    home = community()
    for _ in range(count):
        declare(person(), home)
    sign_in(client, worker(home))
    client.get(reverse("residents:vouching"))
    with django_assert_num_queries(5):
        client.get(reverse("residents:vouching"))


def test_checking_at_the_counter_in_the_browser(client):
    home, who = community(), person("李秀兰")
    held = declare(who, home)
    sign_in(client, worker(home))
    url = reverse("residents:check", args=[held.pk])
    assert "李秀兰" in client.get(url).content.decode()
    assert client.post(url, {}).status_code == 422
    assert client.post(url, {"outcome": "confirmed"}).status_code == 422
    assert client.post(url, {"outcome": "confirmed", "evidence": "bill"}).url == reverse("residents:vouching")
    held.refresh_from_db()
    assert held.proof == Residency.Proof.VOUCHED


def test_another_streets_worker_gets_404(client):
    """S28."""
    home = community()
    held = declare(person(), home)
    far = community("象角塘社区", division("street", "坂田街道", home.parent.parent))
    sign_in(client, worker(far))
    assert client.get(reverse("residents:check", args=[held.pk])).status_code == 404
    assert client.post(reverse("residents:reveal_phone", args=[held.pk]), {"reason": "电话联系补材料"}).status_code == 404
    assert client.get(reverse("residents:check", args=[10**30])).status_code == 404


def test_a_number_is_revealed_for_a_reason_that_stays(client):
    home, who = community(), person("李秀兰")
    held, by = declare(who, home), worker(home)
    sign_in(client, by)
    url, number = reverse("residents:reveal_phone", args=[held.pk]), phones.unseal(who.phone_cipher)
    grouped = f"{number[:3]} {number[3:7]} {number[7:]}"
    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "看看"}).status_code == 422
    assert not LogEntry.objects.filter(action="residents.reveal_phone").exists()
    assert grouped in client.post(url, {"reason": "电话联系补材料"}).content.decode()
    row = LogEntry.objects.get(action="residents.reveal_phone")
    assert (row.actor_id, row.about_id, row.reason) == (by.pk, str(who.pk), "电话联系补材料")
    assert number not in str(row.detail)
    assert privacy.reveals_of(who)[0]["理由"] == "电话联系补材料"
    assert client.get(url).status_code == 405


def test_my_data_holds_all_that_is_kept(client):
    """P8: JSON, whole, with who looked at the number."""
    home = community()
    who = resident(home, "李秀兰")
    sign_in(client, who)
    confirmed(client)
    answer = client.get(reverse("residents:download"))
    held = json.loads(answer.content)
    assert held["账号"]["姓名"] == "李秀兰" and held["账号"]["手机号"] == phones.unseal(who.phone_cipher)
    assert held["居住登记"][0]["社区"] == home.name
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer.headers["Cache-Control"]


def test_other_rooms_add_what_they_keep(monkeypatch):
    monkeypatch.setattr(privacy, "KEEPERS", {})
    forgotten = []
    privacy.keeps("提案", export=lambda who: ["一条"], erase=lambda who, now: forgotten.append(who.pk))
    who = resident(community())
    assert privacy.everything_about(who)["提案"] == ["一条"]
    services.close_account(by=who, now=NOON)
    assert forgotten == [who.pk]


def test_publishing_the_name_is_a_consent_of_its_own_and_easily_taken_back(client):
    """P2, P3."""
    who = resident(community())
    sign_in(client, who)
    client.post(reverse("residents:publish_name"))
    who.refresh_from_db()
    assert who.show_name and who.consents.filter(purpose=Consent.Purpose.PUBLISH_NAME, withdrawn_at=None).exists()
    client.post(reverse("residents:hide_name"))
    who.refresh_from_db()
    assert not who.show_name and not who.consents.filter(withdrawn_at=None).exists()


def test_withdrawing_the_consent_signs_out_and_asks_again(client):
    """P3."""
    who = resident(community())
    Consent.objects.create(person=who, purpose="service", version="2026-1", at=NOON)
    sign_in(client, who)
    client.post(reverse("residents:withdraw"))
    assert "_auth_user_id" not in client.session
    assert not who.consents.filter(withdrawn_at=None).exists()


def test_closing_forgets_the_person_and_keeps_the_sums(client):
    """P9: a tombstone without name, number, estate; the residency's row stays."""
    home = community()
    who = resident(home, "李秀兰")
    number = phones.unseal(who.phone_cipher)
    who.residencies.update(estate="龙岭花园")
    sign_in(client, who)
    confirmed(client)
    assert client.post(reverse("residents:close_account"), {}).status_code == 422
    assert client.post(reverse("residents:close_account"), {"sure": "on"}).url == reverse("sign_in")
    gone = User.objects.get(pk=who.pk)
    assert (gone.name, gone.phone_cipher, gone.phone_index, gone.is_active) == ("", None, None, False)
    assert gone.residencies.get().estate == "" and gone.residencies.get().until is not None
    assert User.objects.with_phone(number) is None
    assert client.get(reverse("residents:mine")).status_code == 302


def test_who_is_in_office_leaves_the_office_first():
    member = council(community()).seats.first().person
    assert code_of(lambda: services.close_account(by=member, now=NOON)) == "in_office"


def test_the_estate_holds_no_door_number(client):
    """P5."""
    home = community()
    sign_in(client, person())
    url = reverse("residents:declare_home", args=[home.code])
    assert client.post(url, {"estate": "龙岭花园3栋1201室13800138000"}).status_code == 422
    assert client.post(url, {"estate": "龙岭花园"}).status_code == 302
    assert client.get(reverse("residents:declare_home", args=[home.parent.code])).status_code == 404


def test_correcting_the_name_is_a_form_of_ones_own(client):
    """P8, S29: fields that are not in the form change nothing."""
    who = resident(community(), "李秀南")
    Consent.objects.create(person=who, purpose="service", version="2026-1", at=NOON)
    sign_in(client, who)
    client.post(reverse("accounts:name"), {"name": "李秀兰", "is_staff": "1", "staff_name": "x"})
    who.refresh_from_db()
    assert (who.name, who.is_staff, who.staff_name) == ("李秀兰", False, None)


@pytest.mark.parametrize("name", ["", "李", "李秀兰1", "<b>李</b>", "李" * 51, "\x00李秀兰", "13800138000"])
def test_what_is_no_name_gets_a_sentence(client, name):
    """U4, U13."""
    who = resident(community())
    Consent.objects.create(person=who, purpose="service", version="2026-1", at=NOON)
    sign_in(client, who)
    assert client.post(reverse("accounts:name"), {"name": name}).status_code == 422


def test_who_is_not_proved_reads_what_is_missing_and_the_three_ways(client):
    """On 我的 and 我的资料, until the home is proved; without a home the first step is to choose one."""
    home, who = community(), person()
    sign_in(client, who)
    pages = [reverse("desk:mine"), reverse("residents:mine")]

    def told(words):
        return [words in client.get(page).content.decode() for page in pages] == [True, True]

    assert told("还差一步：选择您住的社区")
    held = declare(who, home)
    assert told(f"还差一步：核实您住在{home.name}") and told("与居民名册核对，输入社区来信上的验证码，或者到社区党群服务中心当面核实")
    check(held, worker(home))
    assert not any("还差一步" in client.get(page).content.decode() for page in pages)


def test_pages_of_the_person_need_signing_in(client):
    for name in ("mine", "home", "choose_home", "download", "close_account", "withdraw", "vouching"):
        assert client.get(reverse(f"residents:{name}")).url.startswith(reverse("sign_in"))
    assert street_officer(community().parent).is_staff
