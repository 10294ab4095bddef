"""Counting a round: result rows, standings, the second count without what was struck."""

import hashlib
import json
from io import StringIO

import pytest
from django.core.management import call_command

from portal import locks
from projects.models import CountedBallot, Outcome, Tally
from projects.proposals.services import settle
from projects.proposals.standings import Standing
from projects.tally import queries
from projects.tally.services import count_round
from projects.voting.models import Channel
from projects.voting.queries import candidates_of
from projects.voting.services import freeze_slates
from tests import factories as f

pytestmark = pytest.mark.django_db

COSTS = {"坡道": 60_000_00, "路灯": 50_000_00, "充电棚": 40_000_00, "凉亭": 30_000_00}


@pytest.fixture
def poll():
    """100,000 yuan; votes 4, 3, 2, 0 for projects of 60, 50, 40, 30 thousand."""
    home = f.community()
    batch = f.round_at("tally", home, amount=100_000_00, counting_rule="greedy_votes")
    author = f.resident(home)
    made = {
        title: f.proposal(batch, author, standing=Standing.SHORTLISTED, title=title, estimate=cost)
        for title, cost in COSTS.items()
    }
    [slate] = freeze_slates(batch, with_roll=True, now=f.NOON)
    ids = {each.proposal.title: str(each.pk) for each in candidates_of(slate)}
    for listed in (["坡道", "路灯"], ["坡道", "路灯"], ["坡道", "充电棚"], ["坡道", "充电棚", "路灯"], []):
        CountedBallot.objects.create(
            slate=slate, choices=dict.fromkeys((ids[title] for title in listed), 1), channel=Channel.ONLINE
        )
    return batch, slate, made


def standings(made):
    for each in made.values():
        each.refresh_from_db()
    return {title: each.standing for title, each in made.items()}


def test_votes_decide_within_the_envelope(poll):
    batch, slate, made = poll
    [tally] = count_round(batch, now=f.NOON)
    assert standings(made) == {"坡道": "chosen", "路灯": "not_chosen", "充电棚": "chosen", "凉亭": "not_chosen"}
    assert (tally.spent, tally.ballots, tally.blank) == (100_000_00, 5, 1)
    lines = {row.proposal.title: (row.place, row.votes, row.reason, row.left) for row in queries.lines_of(tally)}
    assert lines == {
        "坡道": (1, 4, "chosen", 100_000_00),
        "充电棚": (2, 2, "chosen", 40_000_00),
        "路灯": (3, 3, "too_dear", 40_000_00),
        "凉亭": (4, 0, "excluded", None),
    }


def test_the_published_result_has_its_digest(poll):
    """B9"""
    batch, _slate, _made = poll
    [tally] = count_round(batch, now=f.NOON)
    text = json.dumps(tally.result, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert hashlib.sha256(text.encode()).hexdigest() == tally.digest


def test_counting_twice_changes_nothing(poll):
    batch, _slate, made = poll
    [first] = count_round(batch, now=f.NOON)
    [second] = count_round(batch, now=f.NOON)
    assert first == second and Tally.objects.count() == 1 and Outcome.objects.count() == 4


def test_the_same_ballots_are_counted_again_without_what_was_struck(poll):
    batch, slate, made = poll
    count_round(batch, now=f.NOON)
    locks.hold_alone("round", batch.pk)
    made["坡道"].refresh_from_db()
    settle(made["坡道"], to=Standing.STRUCK, now=f.NOON)
    [again] = count_round(batch, now=f.NOON)
    assert standings(made) == {"坡道": "struck", "路灯": "chosen", "充电棚": "chosen", "凉亭": "not_chosen"}
    assert again.left_out == [made["坡道"].number]
    assert queries.tally_in_force(batch.number, slate.community.code) == again
    assert Tally.objects.count() == 2


def test_what_is_approved_keeps_its_money_when_the_rest_is_counted_again(poll):
    batch, _slate, made = poll
    count_round(batch, now=f.NOON)
    for title, to in (("坡道", Standing.DECLINED), ("充电棚", Standing.APPROVED)):
        made[title].refresh_from_db()
        settle(made[title], to=to, now=f.NOON)
    [again] = count_round(batch, now=f.NOON)
    assert standings(made) == {"坡道": "declined", "路灯": "chosen", "充电棚": "approved", "凉亭": "not_chosen"}
    assert again.spent == 90_000_00 <= again.budget


def test_a_small_poll_publishes_totals_only(poll, client):
    """P11, secrecy of small communities."""
    batch, slate, _made = poll
    [tally] = count_round(batch, now=f.NOON)
    assert not queries.ballots_may_be_published(tally)
    assert client.get(f"/tally/{batch.number}/{slate.community.code}/ballots.pb").status_code == 404


def test_a_council_only_round_ranks_by_the_council(poll):
    home = f.community("南坑社区", f.street("坂田街道"))
    batch = f.round_at("tally", home, amount=100_000_00)
    author = f.resident(home)
    one = f.proposal(batch, author, standing=Standing.SHORTLISTED, title="甲", estimate=90_000_00)
    two = f.proposal(batch, author, standing=Standing.SHORTLISTED, title="乙", estimate=80_000_00)
    f.resolution(one, in_favour=7)
    f.resolution(two, in_favour=11)
    freeze_slates(batch, with_roll=False, now=f.NOON)
    count_round(batch, now=f.NOON)
    assert standings({"甲": one, "乙": two}) == {"甲": "not_chosen", "乙": "chosen"}


def test_a_recount_prints_the_published_bytes(poll, client):
    """B9"""
    batch, slate, _made = poll
    [tally] = count_round(batch, now=f.NOON)
    out, told = StringIO(), StringIO()
    call_command("recount", round=batch.number, stdout=out, stderr=told)
    served = client.get(f"/tally/{batch.number}/{slate.community.code}/result.json").content.decode()
    assert out.getvalue().rstrip("\n") == served and "same" in told.getvalue()
    CountedBallot.objects.exclude(choices={}).first().delete()
    with pytest.raises(SystemExit):
        call_command("recount", round=batch.number, stdout=StringIO(), stderr=StringIO())


def test_the_other_rule_stands_beside_and_changes_nothing(poll, client):
    batch, _slate, _made = poll
    [tally] = count_round(batch, now=f.NOON)
    assert tally.rule == "greedy_votes" and tally.result["beside"]["rule"] == "mes_cost_add1u"
    shown = client.get(f"/tally/{batch.number}/").content.decode()
    assert "均等份额法" in shown and "只供对照" in shown
    assert "recount --round" in client.get(f"/tally/{batch.number}/recount/").content.decode()


def test_equal_shares_are_explained_line_by_line(poll, client):
    batch, _slate, _made = poll
    batch.rules["counting_rule"] = "mes_cost_add1u"
    type(batch).objects.filter(pk=batch.pk).update(rules=batch.rules)
    [tally] = count_round(batch, now=f.NOON)
    assert tally.result["beside"]["rule"] == "greedy_votes"
    assert any(each["phase"] == "shares" and each["effective"] for each in tally.result["why"].values())
    assert "折合有效票" in client.get(f"/tally/{batch.number}/").content.decode()
