"""Attacks on the vote through its pages: each is refused in words and leaves the ballots as they were."""

from datetime import timedelta

import pytest
from django.contrib.admin import site
from django.test import Client
from django.urls import reverse

from communities.centres.models import ServiceCentre
from communities.roles.rules import Role
from portal import clock
from portal.refusals import Refused
from projects import engine
from projects.models import Ballot, PaperBatch, PaperSheet, Participation, StartedBallot
from projects.proposals.standings import Standing
from projects.voting import keys, rules, services
from projects.voting.queries import candidates_of
from projects.voting.services import cast_ballot, freeze_slates, lay_slots
from tests import factories as f
from tests.projects.voting.papers import paper_poll
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db
BEFORE, AFTER = f.NOON.replace(day=1, hour=1) - timedelta(days=9), f.NOON + timedelta(days=29)


@pytest.fixture
def poll():
    home = f.community()
    batch = f.round_at("voting", home, max_choices=2, advised_choices=1)
    voters = [f.resident(home, f"居民{number}") for number in range(3)]
    for title in ("坡道", "路灯", "充电棚"):
        f.proposal(batch, voters[0], standing=Standing.SHORTLISTED, title=title)
    [slate] = freeze_slates(batch, with_roll=True, now=f.NOON)
    keys.make_key(batch.pk)
    lay_slots(batch)
    yield slate, voters, [each.pk for each in candidates_of(slate)]
    keys.destroy_key(batch.pk)


def cast(client, slate, choices, *, now=f.NOON, **more):
    with clock.pretend(now):
        return client.post(f"/voting/{slate.round.number}/cast/", {"choices": choices, **more})


def refused(answer):
    return answer.status_code in (403, 404, 405, 409, 422)


def test_two_phones_two_tabs_and_a_replayed_form_are_one_ballot(poll):
    """B1, B5"""
    slate, [voter, *_rest], ids = poll
    phones = [sign_in(Client(), voter), sign_in(Client(), voter)]
    for phone in (*phones, phones[0]):
        assert cast(phone, slate, [ids[0]]).status_code == 302
    assert Ballot.objects.get().revision == 1 and Participation.objects.count() == 1
    cast(phones[1], slate, [ids[1]])
    assert Ballot.objects.get().choices == {str(ids[1]): 1}, "the last one counts"


@pytest.mark.parametrize("choices", [["999999"], ["1e9"], ["-1"], ["x"], ["9" * 400], ["\x00"], ["１"]])
def test_changed_ids_are_refused(poll, client, choices):
    slate, [voter, *_rest], _ids = poll
    assert refused(cast(sign_in(client, voter), slate, choices))
    assert not Ballot.objects.exists() and not Participation.objects.exists()


def test_choosing_how_to_read_keeps_the_ticks_and_writes_nothing_down(poll, client):
    """A8, A18, B10: by the ballot's own form, on both of its pages; the choice of projects stays in the request."""
    slate, [voter, *_rest], ids = poll
    sign_in(client, voter)
    at = {name: reverse(f"voting:{name}", args=[slate.round.number]) for name in ("ballot", "review", "cast")}
    with clock.pretend(f.NOON):
        shown = client.get(at["ballot"]).content.decode()
        assert f'formaction="{at["ballot"]}?elder=1"' in shown and "/reading" not in shown
        sent = [client.post(at[name] + wish, {"choices": [ids[0], ids[2]]}) for name, wish in (("ballot", "?elder=1"), ("review", "?lang=en"))]
        again = client.post(at["ballot"] + "?elder=2", {"choices": ["x", "\x00", ids[1]]})
    ticked, checked = (answer.content.decode() for answer in sent)
    assert 'data-elder="1"' in ticked and ticked.count(" checked") == 2 and client.cookies["elder"].value == "1"
    assert 'lang="en"' in checked and checked.count('type="hidden" name="choices"') == 2 and "lang=zh-hans" in checked
    assert again.status_code == 200 and again.content.decode().count(" checked") == 1 and "elder" not in again.cookies
    assert not Ballot.objects.exists() and not Participation.objects.exists()
    kept = {name: cookie.value.partition(":")[0] for answer in sent for name, cookie in answer.cookies.items() if name != "csrf"}
    assert kept == {"elder": "1", "language": "en", "size": "", "unfinished": f"{voter.pk}|{slate.round.number}"}


def test_over_the_limit_is_refused(poll, client):
    """B6"""
    slate, [voter, *_rest], ids = poll
    assert refused(cast(sign_in(client, voter), slate, ids))
    assert not Participation.objects.exists()


def test_another_communitys_project_and_another_communitys_resident(poll, client):
    slate, [voter, *_rest], _ids = poll
    elsewhere = f.community("南坑社区", slate.community.parent)
    other = f.round_at("voting", elsewhere)
    stranger = f.resident(elsewhere)
    f.proposal(other, stranger, standing=Standing.SHORTLISTED, title="凉亭")
    [foreign] = freeze_slates(other, with_roll=True, now=f.NOON)
    [theirs] = [each.pk for each in candidates_of(foreign)]
    assert refused(cast(sign_in(client, voter), slate, [theirs]))
    assert refused(cast(sign_in(client, stranger), slate, [theirs]))
    assert not Ballot.objects.exists()


@pytest.mark.parametrize("now", [BEFORE, AFTER])
def test_before_opening_and_after_closing(poll, client, now):
    """B3"""
    slate, [voter, *_rest], ids = poll
    assert refused(cast(sign_in(client, voter), slate, [ids[0]], now=now))
    assert not Participation.objects.exists()


@pytest.mark.parametrize("role", [Role.COMMUNITY_WORKER, Role.STREET_OFFICER, Role.ADMINISTRATOR, Role.AUDITOR])
def test_staff_and_administrators_have_no_ballot(poll, client, role):
    slate, _voters, ids = poll
    at = slate.community if role is Role.COMMUNITY_WORKER else slate.community.parent
    assert refused(cast(sign_in(client, f.holder(role, at)), slate, [ids[0]]))
    assert not Ballot.objects.exists()


def test_a_visitor_and_somebody_elses_number_in_the_form(poll, client):
    slate, [voter, other, _third], ids = poll
    assert cast(client, slate, [ids[0]]).status_code == 302 and not Ballot.objects.exists()
    cast(sign_in(client, voter), slate, [ids[0]], person=other.pk, by=other.pk, link="00", channel="paper")
    assert list(Participation.objects.values_list("person", "channel")) == [(voter.pk, "online")]


def test_nobody_sees_anothers_receipt(poll, client):
    slate, [voter, other, _third], ids = poll
    held = cast_ballot(slate_id=slate.pk, by=voter, choices={ids[0]: 1}, now=f.NOON)
    with clock.pretend(f.NOON):
        assert sign_in(client, other).get(f"/voting/{slate.round.number}/receipt/").status_code == 404
        own = sign_in(client, voter).get(f"/voting/{slate.round.number}/receipt/").content.decode()
    assert "-".join(held.tracker[place : place + 4] for place in range(0, 16, 4)) in own and "data:image/svg" in own


def test_a_forged_receipt_is_found_out(poll, client):
    slate, [voter, *_rest], ids = poll
    held = cast_ballot(slate_id=slate.pk, by=voter, choices={ids[0]: 1}, now=f.NOON)
    engine.advance(slate.round, leaving="voting", now=AFTER)
    address = f"/tally/{slate.round.number}/tracker/"
    forged = rules.tracker_from(31**14 + 7)
    assert "已计入。" in client.post(address, {"tracker": held.tracker}).content.decode()
    assert "名单里没有这个编号" in client.post(address, {"tracker": forged}).content.decode()
    assert client.post(address, {"tracker": held.tracker[:-1] + "I"}).status_code == 422


def test_everybody_is_told_whether_she_may_vote(poll, client):
    slate, [voter, *_rest], _ids = poll
    address = f"/voting/{slate.round.number}/eligibility/"
    unproved = f.resident(slate.community, proved=False)
    with clock.pretend(f.NOON):
        assert "登录以后" in client.get(address).content.decode()
        assert "您可以投票。" in sign_in(client, voter).get(address).content.decode()
        assert "还没有核实" in sign_in(client, unproved).get(address).content.decode()


@pytest.fixture
def channels():
    """A poll with paper and a device at the centre."""
    made = paper_poll(people=4)
    made.centre = ServiceCentre.objects.create(community=made.home, name="党群服务中心", address="一号")
    with clock.pretend(f.NOON):
        services.print_sheets(slate_id=made.slate.pk, count=10, by=made.first, now=f.NOON)
        made.device = sign_in(Client(), made.first)
        opened = reverse("voting:open_kiosk", args=[made.slate.round.number, made.home.code])
        made.device.post(opened, {"centre": made.centre.pk})
    yield made
    keys.destroy_key(made.slate.round_id)


def at_the_device(poll, who=0):
    code = services.admit_voter(entry_id=poll.entries[who], by=poll.second, now=f.NOON)
    return poll.device.post(reverse("voting:kiosk_pass"), {"code": code})


def test_one_person_by_phone_device_and_paper_has_one_vote(channels):
    """B1: every order of channels ends with one participation and at most one ballot of hers."""
    with clock.pretend(f.NOON):
        voter, phone = channels.voters[0], sign_in(Client(), channels.voters[0])
        cast(phone, channels.slate, [channels.numbers[0]])
        assert at_the_device(channels).status_code == 302
        cast(channels.device, channels.slate, [channels.numbers[1]])
        assert Ballot.objects.get().choices == {str(channels.numbers[1]): 1}, "the last one counts"
        services.hand_out_paper(entry_id=channels.entries[0], by=channels.first, now=f.NOON)
        assert not Ballot.objects.exists(), "paper withdraws what was cast before"
        for client in (phone, channels.device):
            assert refused(cast(client, channels.slate, [channels.numbers[2]]))
        with pytest.raises(Refused) as final:
            at_the_device(channels)
    assert final.value.refusal.code == "paper_is_final"
    assert list(Participation.objects.values_list("person", "channel")) == [(voter.pk, "paper")]
    assert not Ballot.objects.exists()


def test_a_pass_a_visit_and_a_device_serve_nobody_else(channels):
    """Forged fields, another device, another round's address, a sign-in beside the visit."""
    with clock.pretend(f.NOON):
        assert at_the_device(channels).status_code == 302
        other = channels.voters[1]
        cast(channels.device, channels.slate, [channels.numbers[0]], person=other.pk, centre=999, channel="paper", by=other.pk)
        assert list(Participation.objects.values_list("person", "centre")) == [(channels.voters[0].pk, channels.centre.pk)]
        stolen = Client()
        stolen.cookies["session"] = channels.device.cookies["session"].value
        assert stolen.get(f"/voting/{channels.slate.round.number}/receipt/").status_code == 302, "no device, no visit"
        for path in ("/mine/", "/residents/", f"/voting/{channels.slate.round.number}/paper/{channels.home.code}/"):
            assert channels.device.get(path).status_code in (302, 404), path
        elsewhere = f.round_at("voting", f.community("南坑社区", channels.home.parent))
        assert channels.device.get(f"/voting/{elsewhere.number}/").status_code == 404


@pytest.mark.parametrize("now", [BEFORE, AFTER])
def test_the_device_and_the_counter_keep_the_hours_too(channels, now):
    """B3"""
    code = services.admit_voter(entry_id=channels.entries[0], by=channels.second, now=f.NOON)
    with clock.pretend(f.NOON):
        channels.device.post(reverse("voting:kiosk_pass"), {"code": code})
    late = {"by": channels.second, "now": now}
    for act in (services.admit_voter, services.hand_out_paper):
        with pytest.raises(Refused):
            act(entry_id=channels.entries[1], **late)
    with pytest.raises(Refused):
        services.open_kiosk(slate_id=channels.slate.pk, centre_id=channels.centre.pk, **late)
    answer = cast(channels.device, channels.slate, [channels.numbers[0]], now=now)
    assert answer.status_code in (302, 409, 422) and not Participation.objects.exists()


def test_a_form_from_another_site_a_link_and_a_flood_of_ids(poll):
    """S6: no ballot without the form's token, none by GET; ten thousand ticks are a refusal, not a fault."""
    slate, [voter, *_rest], ids = poll
    strict = sign_in(Client(enforce_csrf_checks=True), voter)
    assert cast(strict, slate, [ids[0]]).status_code == 403
    with clock.pretend(f.NOON):
        phone = sign_in(Client(), voter)
        assert phone.get(f"/voting/{slate.round.number}/cast/", {"choices": ids[0]}).status_code == 405
    assert refused(cast(phone, slate, [str(ids[0])] * 900 + ["7"]))
    assert cast(phone, slate, [str(number) for number in range(10_000)]).status_code in (400, 422)
    assert not Participation.objects.exists()


@pytest.mark.parametrize("why", ["stranger", "before", "after", "paper"])
def test_who_cannot_vote_never_gets_to_the_review_and_is_not_remembered(channels, why):
    """B3: the reason instead of "you have not cast yet", no row that she began, no reminder on her pages."""
    stranger, paper = f.resident(f.community("南坑社区", channels.home.parent)), channels.voters[1]
    if why == "paper":
        services.hand_out_paper(entry_id=channels.entries[1], by=channels.first, now=f.NOON)
    who = {"stranger": stranger, "paper": paper}.get(why, channels.voters[0])
    client = sign_in(Client(), who)
    with clock.pretend({"before": BEFORE, "after": AFTER}.get(why, f.NOON)):
        answer = client.post(reverse("voting:review", args=[channels.slate.round.number]), {"choices": [channels.numbers[0]]})
    assert answer.status_code in (200, 404, 409), answer.status_code
    assert "您还没有提交" not in answer.content.decode() and "unfinished" not in answer.cookies
    assert not StartedBallot.objects.exists()


def test_a_clerk_who_keyed_a_sheet_cannot_have_it_replaced_after_a_voiding(channels):
    """B11: she has seen what is on it; its voter's ballot stays, whatever number a friend brings to the counter."""
    given = {"by": channels.first, "now": f.NOON}
    for entry in channels.entries[:2]:
        services.hand_out_paper(entry_id=entry, **given)
    batch = PaperBatch.objects.get()
    channels.seal(batch, 8, 2)
    serial = channels.serials(batch)[0]
    channels.key(batch, serial, channels.first)
    services.ask_void(batch_id=batch.pk, reason="要再清点一次", **given)
    services.answer_void(batch_id=batch.pk, agree=True, by=channels.second, now=f.NOON)
    with pytest.raises(Refused) as refusal:
        services.replace_sheet(entry_id=channels.entries[1], serial=serial, reason="damaged", **given)
    assert refusal.value.refusal.code == "envelope_counted"
    assert not PaperSheet.objects.exclude(replaced="").exists()


def test_nobody_reaches_ballots_through_the_administration(poll):
    """No model of the vote is registered there: an administrator has no page of ballots, keys or participations."""
    known = {model._meta.model_name for model in site._registry if model._meta.app_label == "projects"}
    vote = {"ballot", "participation", "rollentry", "papersheet", "keying", "countedballot", "kioskpass", "slate"}
    assert not vote & known


def test_what_is_frozen_cannot_be_moved_while_voting(poll):
    """B4: a price that changes after the freeze changes neither candidate nor limit; a late project is no candidate."""
    slate, [voter, *_rest], ids = poll
    late = f.proposal(slate.round, voter, standing=Standing.SHORTLISTED, title="晚到的凉亭")
    held = {each.pk: each.cost for each in candidates_of(slate)}
    type(late).objects.filter(round=slate.round).update(estimate=1)
    assert {each.pk: each.cost for each in candidates_of(slate)} == held
    assert refused(cast(sign_in(Client(), voter), slate, [max(ids) + 1]))
