"""One phone acts for several people only by a recorded proxy: dated, witnessed, revocable, logged, never for a ballot (A20)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from communities.accounts.models import User
from communities.proxies import rules, services
from communities.proxies.models import Proxy, ProxyAct
from communities.residents.models import Residency
from communities.residents.privacy import everything_about
from communities.residents.services import close_account
from portal import clock, log
from portal.models import LogEntry, Notice
from portal.refusals import Refused
from projects.models import RollEntry, Support
from projects.voting.services.cast import cast_ballot
from tests import factories as make
from tests.architecture.url_world import addresses
from tests.factories import NOON
from tests.signing_in import sign_in

TODAY = NOON.date()
FITS = {
    "roles": {"community_worker"}, "same_person": False, "witness_is_party": False, "holder_fits": True, "person_lives_here": True,
    "starts": TODAY, "ends": TODAY + timedelta(days=365), "standing": False, "held": 2,
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({}, None),
        ({"roles": {"street_officer"}}, "not_worker"),
        ({"witness_is_party": True}, "own_proxy"),
        ({"same_person": True}, "same_person"),
        ({"holder_fits": False}, "holder_unfit"),
        ({"person_lives_here": False}, "not_resident"),
        ({"ends": TODAY + timedelta(days=366)}, "too_long"),
        ({"ends": TODAY - timedelta(days=1)}, "too_long"),
        ({"standing": True}, "proxy_stands"),
        ({"held": 3}, "too_many"),
        ({"namesake": "陈桂兰"}, "namesake"),
    ],
)
def test_what_a_proxy_needs(change, code):
    found = rules.objection_to_recording(**FITS | change)
    assert (found and found.code) == code


def test_only_what_is_listed_is_open_and_a_secret_ballot_never():
    """Every address of the portal, so that a new page is closed until somebody opens it knowingly."""
    names = {name for name, _entry in addresses()}
    assert set(rules.ACTS) | rules.PAGES | rules.OWN - {"reading-mode"} | set(rules.ABOUT.values()) <= names
    assert set(rules.ABOUT) <= set(rules.ACTS)
    secret = {name for name in names if name.startswith(("voting:", "rehearsal:"))}
    assert len(secret) > 20
    for name in names:
        refusals = [rules.objection_to_page(name, safe=safe) for safe in (True, False)]
        if name in secret:
            assert all(refusal.code == "secret_ballot" for refusal in refusals)
        elif name in rules.ACTS:
            assert refusals == [None, None]
        else:
            assert (refusals[0] is None) == (name in rules.PAGES) and refusals[1].code == "not_by_proxy"


class World:
    def __init__(self):
        self.home = make.community()
        self.worker = make.worker(self.home)
        self.daughter = make.resident(self.home, "陈丽")
        User.objects.filter(pk=self.daughter.pk).update(adult=True)
        self.daughter.refresh_from_db()

    def records(self, **other):
        given = {
            "community_id": self.home.pk, "holder_id": self.daughter.pk, "person_id": None, "name": "陈桂兰", "adult": True,
            "evidence": "visit", "why": "no_phone", "paper_ref": "代-2026-01", "ends_on": TODAY + timedelta(days=90),
            "by": self.worker, "now": NOON,
        }  # fmt: skip
        return services.record_proxy(**given | other)


@pytest.fixture
def world(db):
    with clock.pretend(NOON):
        yield World()


def refused(act) -> str:
    with pytest.raises(Refused) as found, transaction.atomic():
        act()
    return found.value.refusal.code


def test_a_mother_without_a_phone(world, client):
    """Her account has no phone, her home is proved by the worker, both are told; the daughter supports for her, once for
    herself and once for her mother; each act says by which proxy."""
    proxy = world.records()
    mother = proxy.person
    assert mother.phone_index is None and not mother.has_usable_password()
    home = Residency.objects.get(person=mother)
    assert (home.proof, home.proved_by) == ("vouched", world.worker)
    assert mother.consents.get().channel == "paper"
    assert set(Notice.objects.filter(kind="proxies.recorded").values_list("person", flat=True)) == {mother.pk, world.daughter.pk}
    batch = make.round_at("proposals", world.home)
    item = make.proposal(batch, make.resident(world.home, "王强"))
    support = reverse("proposals:support", args=[item.number])
    sign_in(client, world.daughter)
    assert client.post(support).status_code == 302
    assert client.post(reverse("proxies:begin", args=[proxy.pk])).status_code == 302
    page = client.get(reverse("desk:proposal", args=[item.number]))
    assert "陈桂兰" in page.content.decode() and "结束代办" in page.content.decode()
    assert client.post(support).status_code == 302
    backed = LogEntry.objects.filter(action="proposals.support_proposal").order_by("pk")
    assert [(row.actor_id, row.detail.get("proxy")) for row in backed] == [(world.daughter.pk, None), (mother.pk, proxy.pk)]
    assert Support.objects.filter(proposal=item).count() == 2
    assert ProxyAct.objects.get().act == "proposals:support"
    assert client.post(reverse("accounts:still")).json()["left"] > 0  # the holder's session is kept awake
    for closed in (reverse("residents:mine"), reverse("desk:mine"), reverse("accounts:security"), reverse("voting:ballot", args=[batch.number])):
        assert client.get(closed).status_code == 403
    assert client.post(reverse("residents:close_account"), {"sure": "on"}).status_code == 403
    shown = client.get(reverse("proxies:proxy", args=[proxy.pk])).content.decode()
    assert f'href="{reverse("desk:proposal", args=[item.number])}">支持提案 {item.number}<' in shown and "陈丽" in shown
    assert everything_about(mother)["代办"][0]["办过的事"][0]["事项"] == "支持提案"
    client.post(reverse("proxies:end"))
    assert client.get(reverse("residents:mine")).status_code == 200


def test_nobody_votes_for_another_even_past_the_pages(world):
    """The service itself refuses while a proxy acts (B1)."""
    mother = world.records().person
    token = log.origin.set(log.Origin(proxy=1))
    try:
        assert refused(lambda: cast_ballot(slate_id=0, by=mother, choices={}, now=NOON)) == "secret_ballot"
    finally:
        log.origin.reset(token)
    assert not RollEntry.objects.exists()


def test_it_ends_when_revoked_and_when_its_time_is_over(world, client):
    proxy = world.records()
    sign_in(client, world.daughter)
    client.post(reverse("proxies:begin", args=[proxy.pk]))
    assert client.get(reverse("desk:mine")).status_code == 403
    with clock.pretend(NOON + timedelta(days=91)):
        assert client.get(reverse("desk:mine")).status_code == 200  # herself again
        assert client.post(reverse("proxies:begin", args=[proxy.pk])).status_code == 409
    client.post(reverse("proxies:begin", args=[proxy.pk]))
    services.revoke_proxy(proxy_id=proxy.pk, by=world.worker, now=NOON)
    assert client.get(reverse("desk:mine")).status_code == 200
    assert refused(lambda: services.revoke_proxy(proxy_id=proxy.pk, by=world.worker, now=NOON)) == "revoked_already"
    over = world.records(person_id=proxy.person_id, ends_on=TODAY)
    later = NOON + timedelta(days=3)
    again = world.records(person_id=proxy.person_id, now=later)
    over.refresh_from_db()
    assert over.revoked_at is None  # it ran out; nobody revoked it
    with pytest.raises(DatabaseError), transaction.atomic():
        Proxy.objects.filter(pk=over.pk).update(ends_on=later.date())
    close_account(by=world.daughter, now=NOON)
    again.refresh_from_db()
    assert again.revoked_by == world.daughter


def test_nobody_gets_a_second_account_and_with_it_a_second_ballot(world, client):
    """One person is one resident: her second proxy names her; a namesake is told apart knowingly; what she has stays."""
    mother, son = world.records().person, make.resident(world.home, "陈强")
    User.objects.filter(pk=son.pk).update(adult=True, **phone_of("13900002222"))
    other = {"holder_id": son.pk, "paper_ref": "代-2026-02"}
    assert refused(lambda: world.records(**other)) == "namesake"
    assert refused(lambda: world.records(**other, name="陈强")) == "namesake"
    sign_in(client, world.worker)
    first = Proxy.objects.get()
    assert f"?again={first.pk}" in client.get(reverse("proxies:proxy", args=[first.pk])).content.decode()
    sent = {
        "community": world.home.pk, "holder_phone": "13900002222", "why": "no_phone", "paper_ref": "代-2", "ends_on": "2026-05-01",
        "both_here": "on", "name": "陈桂兰", "age": "adult", "evidence": "visit",
    }  # fmt: skip
    answer = client.post(reverse("proxies:record"), sent)
    assert answer.status_code == 422 and 'name="another"' in answer.content.decode()
    assert client.post(f"{reverse('proxies:record')}?again={first.pk}", sent).status_code == 302
    assert Proxy.objects.latest("pk").person == mother and Residency.objects.filter(person__name="陈桂兰").count() == 1
    assert client.post(reverse("proxies:record"), {**sent, "another": "on", "paper_ref": "代-3"}).status_code == 302
    assert Residency.objects.filter(person__name="陈桂兰").count() == 2
    for junk in ("x", "9" * 30, "٣", "-1"):
        assert client.get(f"{reverse('proxies:record')}?again={junk}").status_code == 200


def test_strangers_neither_see_nor_begin_nor_revoke(world, client):
    proxy, next_door = world.records(), make.community("凤凰社区", world.home.parent)
    stranger, other_worker = make.resident(world.home, "李明"), make.worker(next_door)
    for who in (stranger, other_worker):
        sign_in(client, who)
        for view in ("proxy", "sheet"):
            assert client.get(reverse(f"proxies:{view}", args=[proxy.pk])).status_code == 404
        for view in ("begin", "revoke"):
            assert client.post(reverse(f"proxies:{view}", args=[proxy.pk])).status_code == 404
    assert refused(lambda: services.begin_acting(proxy_id=proxy.pk, by=stranger, now=NOON)) == "not_holder"
    assert refused(lambda: services.revoke_proxy(proxy_id=proxy.pk, by=other_worker, now=NOON)) == "not_yours"
    assert refused(lambda: world.records(by=other_worker)) == "not_worker"
    assert refused(lambda: world.records(person_id=proxy.person_id)) == "proxy_stands"
    assert refused(lambda: world.records(person_id=world.daughter.pk)) == "same_person"
    services.note_act(proxy_id=proxy.pk, view="centres:sign_up", path="/", now=NOON)
    with pytest.raises(DatabaseError), transaction.atomic():
        ProxyAct.objects.all().delete()


def test_the_worker_writes_it_down(world, client):
    """Without her own phone the form wants name, age and what was seen; what was typed stays."""
    sign_in(client, world.worker)
    User.objects.filter(pk=world.daughter.pk).update(**phone_of("13900001111"))
    sent = {"community": world.home.pk, "holder_phone": "139 0000 1111", "why": "no_phone", "paper_ref": "代-7", "ends_on": "2026-05-01", "both_here": "on"}
    answer = client.post(reverse("proxies:record"), sent)
    assert answer.status_code == 422 and set(answer.context["form"].errors) == {"name", "age", "evidence"}
    assert client.post(reverse("proxies:record"), {**sent, "ends_on": "2027-05-01", "person_phone": "\x00x"}).status_code == 422
    answer = client.post(reverse("proxies:record"), {**sent, "name": "陈桂兰", "age": "adult", "evidence": "identity"})
    assert answer.status_code == 302
    proxy = Proxy.objects.get()
    assert "陈桂兰" in client.get(reverse("proxies:desk")).content.decode()
    assert "____" in client.get(reverse("proxies:blank")).content.decode()
    sheet = client.get(reverse("proxies:sheet", args=[proxy.pk])).content.decode()
    assert "不能代投" in sheet and "2026年5月1日" in sheet


def phone_of(phone: str) -> dict:
    from communities.accounts.phones import index_of, seal

    return {"phone_cipher": seal(phone), "phone_index": index_of(phone)}
