"""Attacks on the vote through its pages: each is refused in words and leaves the ballots as they were."""

from datetime import timedelta

import pytest
from django.test import Client

from communities.roles.rules import Role
from portal import clock
from projects import engine
from projects.models import Ballot, Participation
from projects.proposals.standings import Standing
from projects.voting import keys, rules
from projects.voting.queries import candidates_of
from projects.voting.services import cast_ballot, freeze_slates, lay_slots
from tests import factories as f
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
