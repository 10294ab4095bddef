"""What a person may see, copy and have forgotten of her part in the programme (P8, P9)."""

import json

import pytest

from communities.residents.privacy import everything_about
from communities.residents.services import close_account
from portal.models import Notice
from projects.models import Follow, Participation, Proposal, Support
from projects.proposals.standings import Standing
from projects.voting import keys
from projects.voting.queries import candidates_of
from projects.voting.services import cast_ballot, freeze_slates
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def neighbour():
    home = f.community()
    batch = f.round_at("voting", home)
    who = f.resident(home, "李秀兰")
    lodged = f.proposal(batch, who, standing=Standing.SHORTLISTED, title="坡道")
    f.proposal(batch, who, standing=Standing.DRAFT, title="没写完的")
    Support.objects.create(proposal=lodged, person=who, at=f.NOON)
    Follow.objects.create(proposal=lodged, person=who, at=f.NOON)
    [slate] = freeze_slates(batch, with_roll=True, now=f.NOON)
    keys.make_key(batch.pk)
    cast_ballot(slate_id=slate.pk, by=who, choices={candidates_of(slate)[0].pk: 1}, now=f.NOON)
    Notice.objects.create(person=who, kind="x", key="k", text="投票开始了", at=f.NOON)
    yield who
    keys.destroy_key(batch.pk)


def test_her_copy_holds_everything_but_what_she_chose(neighbour):
    held = everything_about(neighbour)
    text = json.dumps(held, ensure_ascii=False)
    assert {"提案", "支持和关注", "投票", "异议、问题反映和评价", "消息"} <= held.keys()
    assert "坡道" in text and "没写完的" in text and "投票开始了" in text
    assert held["投票"][0].keys() == {"批次", "日期", "方式", "地点"}


def test_closing_the_account_forgets_what_only_she_had(neighbour):
    close_account(by=neighbour, now=f.NOON)
    neighbour.refresh_from_db()
    assert neighbour.name == "" and neighbour.phone_cipher is None and not neighbour.is_active
    assert list(Proposal.objects.values_list("title", flat=True)) == ["坡道"]
    assert not Follow.objects.exists() and not Notice.objects.filter(person=neighbour).exists()
    assert Support.objects.count() == Participation.objects.count() == 1
