"""Voting on a device of the service centre: who gets in, what the worker sees, what is left behind. Without script."""

import time
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from communities.centres.models import ServiceCentre
from portal import clock
from portal.models import LogEntry, Notice
from projects.models import Ballot, CountedBallot, Kiosk, KioskPass, Participation
from projects.voting import keys, kiosk, services
from tests import factories as f
from tests.projects.voting.papers import paper_poll
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day():
    with clock.pretend(f.NOON):
        yield


@pytest.fixture
def poll():
    made = paper_poll(people=4)
    made.centre = ServiceCentre.objects.create(community=made.home, name="龙岭党群服务中心", address="龙岭路 1 号")
    yield made
    keys.destroy_key(made.slate.round_id)


def at(poll, name, *args):
    return reverse(f"voting:{name}", args=[poll.slate.round.number, *args])


def said(answer):
    return answer.content.decode()


@pytest.fixture
def device(poll):
    """A browser on which a worker has opened voting."""
    client = sign_in(Client(), poll.first)
    assert client.post(at(poll, "open_kiosk", poll.home.code), {"centre": ""}).status_code == 422
    opened = client.post(at(poll, "open_kiosk", poll.home.code), {"centre": poll.centre.pk})
    assert opened.status_code == 302 and opened["Location"] == reverse("voting:kiosk")
    return client


def passed(poll, who=0):
    return services.admit_voter(entry_id=poll.entries[who], by=poll.second, now=f.NOON)


def enter(client, code):
    return client.post(reverse("voting:kiosk_pass"), {"code": code})


def vote(client, poll, *ids):
    return client.post(at(poll, "cast"), {"choices": ids})


def test_opening_signs_the_worker_out_and_shows_a_start_page(poll, device):
    assert device.get(reverse("desk:queue")).status_code == 302, "nobody is signed in on the device"
    start = device.get(reverse("voting:kiosk"))
    assert "我有投票码" in said(start) and "no-store" in start["Cache-Control"]
    assert device.cookies["kiosk"]["httponly"] and device.cookies["kiosk"]["path"] == "/voting/"
    assert Client().get(reverse("voting:kiosk"))["Location"].startswith("/sign-in")
    forged = Client()
    forged.cookies["kiosk"] = str(Kiosk.objects.get().pk)
    assert forged.get(reverse("voting:kiosk"))["Location"].startswith("/sign-in")
    stranger = sign_in(Client(), poll.voters[0])
    assert stranger.post(at(poll, "open_kiosk", poll.home.code), {"centre": poll.centre.pk}).status_code == 403


def test_a_resident_votes_by_pass_and_the_place_is_kept_with_the_register_only(poll, device):
    """B1, B8: channel and centre on the participation; the ballot says neither."""
    code = passed(poll)
    assert enter(device, f"{code[:4]} {code[4:]}")["Location"] == at(poll, "ballot")
    page = device.get(at(poll, "ballot"))
    assert 'http-equiv="refresh" content="240' in said(page) and "no-store" in page["Cache-Control"]
    assert 'href="/proposals/' not in said(page) and 'class="brand" href' not in said(page)
    assert "您还没有提交" in said(device.post(at(poll, "review"), {"choices": [poll.numbers[0]]}))
    assert "unfinished" not in device.cookies
    assert vote(device, poll, poll.numbers[0])["Location"] == at(poll, "receipt")
    took = Participation.objects.get()
    assert (took.person, took.channel, took.centre) == (poll.voters[0], "kiosk", poll.centre)
    ballot = Ballot.objects.get()
    assert ballot.channel == "online" and "centre" not in {field.name for field in Ballot._meta.fields}
    assert {field.name for field in CountedBallot._meta.fields}.isdisjoint({"centre", "kiosk"})
    assert "完成，离开" in said(device.get(at(poll, "receipt")))
    assert not KioskPass.objects.exists()
    assert "核对证件" in Notice.objects.get(person=poll.voters[0], kind="voting.kiosk").text
    assert code not in str(list(LogEntry.objects.values_list("detail", "reason")))
    assert enter(device, code).status_code == 422, "a pass is good once"


def test_nothing_of_the_visit_is_left(poll, device):
    """Cookies, cache, the way back, the session's row, another person's request."""
    enter(device, passed(poll))
    device.cookies["elder"] = "1"
    vote(device, poll, poll.numbers[0])
    held = device.session.session_key
    left = device.post(reverse("voting:kiosk_leave"))
    assert left["Location"] == reverse("voting:kiosk") and left["Clear-Site-Data"] == '"cache", "storage"'
    gone = {name for name, cookie in left.cookies.items() if cookie["max-age"] == 0}
    assert {"elder", "csrf", "session", "unfinished", "language"} <= gone and "kiosk" not in gone
    assert not Session.objects.filter(session_key=held).exists()
    for name in ("ballot", "receipt"):
        back = device.get(at(poll, name))
        assert back.status_code == 302 and back["Location"].startswith(reverse("voting:kiosk")), name
    assert vote(device, poll, poll.numbers[1]).status_code == 302
    assert Ballot.objects.get().choices == {str(poll.numbers[0]): 1}
    enter(device, passed(poll, 1))
    assert "checked" not in said(device.get(at(poll, "ballot"))) and "您已经投过票" not in said(device.get(at(poll, "ballot")))


def test_nobody_there_for_five_minutes_and_everything_goes(poll, device, monkeypatch):
    """Without script: the page turns itself to a question, the question to the end; the server ends it in any case."""
    enter(device, passed(poll))
    still = said(device.get(reverse("voting:kiosk_still")))
    assert f'content="60;url={reverse("voting:kiosk_leave")}"' in still
    assert device.post(reverse("voting:kiosk_still")).status_code == 204
    began = time.time()
    monkeypatch.setattr(time, "time", lambda: began + kiosk.IDLE + 1)
    late = device.post(at(poll, "cast"), {"choices": [poll.numbers[0]]})
    assert late["Location"] == f"{reverse('voting:kiosk')}?idle=1" and late["Clear-Site-Data"]
    assert not Participation.objects.exists()
    assert "已自动清空" in said(device.get(late["Location"]))
    assert device.post(reverse("voting:kiosk_still")).status_code == 302


def test_the_worker_cannot_see_a_ballot_through_a_pass(poll, device):
    """What she cast at home stays hidden where others could look on, from the worker who could use the pass too."""
    services.cast_ballot(slate_id=poll.slate.pk, by=poll.voters[0], choices={poll.numbers[0]: 1}, now=f.NOON)
    enter(device, passed(poll))
    page = said(device.get(at(poll, "ballot")))
    assert "checked" not in page and "choice-picked" not in page and "您已经投过票" in page
    assert device.get(reverse("desk:mine")).status_code == 302, "a visit opens nothing of her account"
    assert device.get(reverse("residents:mine")).status_code == 302
    desk = sign_in(Client(), poll.first)
    for name, args in (("paper_roll", ()), ("paper_desk", ())):
        shown = said(desk.get(reverse(f"voting:{name}", args=[poll.slate.round.number, poll.home.code, *args])))
        assert Ballot.objects.get().tracker not in shown
    vote(device, poll, poll.numbers[1])
    assert Participation.objects.get().channel == "online" and Ballot.objects.get().choices == {str(poll.numbers[1]): 1}


def test_passes_are_refused_when_wrong_late_or_not_hers(poll, device):
    code = passed(poll)
    wrong = f"{(int(code) + 1) % 10**8:08d}"
    for typed in ("", "12", "\x00", "９９", wrong):
        assert enter(device, typed).status_code == 422, typed
    with clock.pretend(f.NOON + timedelta(minutes=11)):
        assert "已经过期" in said(enter(device, code))
    for _try in range(10):
        enter(device, wrong)
    assert "输错次数太多" in said(enter(device, code))
    again = passed(poll)
    assert enter(device, code).status_code == 422, "the new pass makes the old one useless"
    assert enter(device, again).status_code == 302
    with pytest.raises(Exception) as refused:
        services.admit_voter(entry_id=poll.entries[0], by=poll.officer, now=f.NOON)
    assert refused.value.refusal.code == "not_yours"


def test_a_resident_proves_herself_by_phone(poll, device, settings):
    settings.DEMO = True
    stranger = f.resident(f.community("南坑社区", poll.home.parent))
    for who, ends in ((stranger, 422), (poll.voters[2], 302)):
        from communities.accounts import phones

        phone = phones.unseal(who.phone_cipher)
        assert device.post(reverse("voting:kiosk_phone"), {"phone": phone}).status_code == 302
        shown = device.session["code"]["shown"]
        done = device.post(reverse("voting:kiosk_code"), {"code": shown})
        assert done.status_code == ends, said(done)
        device.get(reverse("voting:kiosk")) if ends == 422 else None
    assert done["Location"] == at(poll, "ballot") and "_auth_user_id" not in device.session
    assert vote(device, poll, poll.numbers[2]).status_code == 302
    assert Participation.objects.get().person == poll.voters[2]


def test_a_device_ends_by_the_worker_by_the_day_and_with_the_poll(poll, device):
    row = Kiosk.objects.get()
    enter(device, passed(poll))
    with clock.pretend(f.NOON + timedelta(hours=15)):
        assert device.get(at(poll, "ballot"))["Location"].startswith("/sign-in")
    close = at(poll, "close_kiosk", poll.home.code, row.pk)
    assert sign_in(Client(), poll.voters[1]).post(close).status_code == 403
    assert sign_in(Client(), poll.second).post(close).status_code == 302
    assert device.get(reverse("voting:kiosk"))["Location"].startswith("/sign-in")
    assert vote(device, poll, poll.numbers[0]).status_code == 302 and not Participation.objects.exists()
    with pytest.raises(Exception) as refused:
        passed(poll, 3)
    assert refused.value.refusal.code == "no_kiosk"


def test_a_device_is_for_one_community(poll, device):
    """The pass of one community opens no other device; another community's voter is refused by phone."""
    other = paper_poll(people=2)
    ServiceCentre.objects.create(community=other.home, name="另一个中心", address="别处")
    place = other.home.centres.get().pk
    services.open_kiosk(slate_id=other.slate.pk, centre_id=place, by=other.first, now=f.NOON)
    code = services.admit_voter(entry_id=other.entries[0], by=other.second, now=f.NOON)
    assert enter(device, code).status_code == 422
    with pytest.raises(Exception) as refused:
        services.open_kiosk(slate_id=other.slate.pk, centre_id=poll.centre.pk, by=other.first, now=f.NOON)
    assert refused.value.refusal.code == "no_centre"
    keys.destroy_key(other.slate.round_id)
