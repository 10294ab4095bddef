"""A crowd casts and changes through the real server while the poll closes (B1, B5).

Every accepted ballot is counted once, every refusal was shown as one, participation = ballots, trackers = receipts.
"""

import json
import threading

import pytest

from tests.journeys.crowd import Crowd, shell
from tests.journeys.processes import wait_until
from tests.journeys.stack import demo_portal

pytestmark = pytest.mark.processes
VOTERS, THREADS = 240, 12
LEFT = """
from datetime import timedelta
from django.db.models import F
from portal import clock
from portal.models import DemoClock
from projects.models import Round
from projects.voting import queries
clock.move_demo_clock(days=0)
left = queries.window_of(Round.objects.get(number="{number}")).closes_at - clock.now() - timedelta(seconds={early})
DemoClock.objects.update(ahead_seconds=F("ahead_seconds") + int(left.total_seconds()))
"""
COUNTED = """
import json
from projects.models import CountedBallot, CountedTracker, Participation, Round
batch = Round.objects.get(number="{number}")
mine = CountedBallot.objects.filter(slate={slate})
print(json.dumps({{
    "closed": batch.stage != "voting",
    "why": str([batch.stage, batch.window]) if False else "",
    "people": list(Participation.objects.filter(slate={slate}).values_list("person", flat=True)),
    "ballots": [sorted(int(key) for key in choices) for choices in mine.values_list("choices", flat=True)],
    "trackers": list(CountedTracker.objects.filter(slate={slate}).values_list("tracker", flat=True)),
}}))
"""
HELD = """
import json
from projects.models import Ballot, Participation
print(json.dumps({{"people": list(Participation.objects.filter(slate={slate}).values_list("person", flat=True)),
    "ballots": [sorted(int(key) for key in choices) for choices in
        Ballot.objects.filter(slate={slate}).values_list("choices", flat=True)]}}))
"""


@pytest.fixture
def portal(tmp_path):
    with demo_portal("crowd", tmp_path / "var", PORTAL_TICK_SECONDS="3", WEB_WORKERS="2", WEB_THREADS="8") as portal:
        yield portal


def test_every_accepted_ballot_is_counted_once_and_every_refusal_was_shown(portal):
    crowd = Crowd.enrol(portal, VOTERS)
    before = json.loads(shell(portal, HELD.format(slate=crowd.slate)))
    crowd.votes(THREADS, seed=1)
    assert [voter.answers for voter in crowd.voters] == [[302]] * VOTERS
    now_in = json.loads(shell(portal, HELD.format(slate=crowd.slate)))
    assert sorted(now_in["ballots"]) == sorted([*before["ballots"], *(voter.accepted for voter in crowd.voters)])
    receipts = {voter.person: crowd.receipt(voter) for voter in crowd.voters[:40]}

    shell(portal, LEFT.format(number=crowd.number, early=3))
    changing = [threading.Thread(target=crowd.votes, args=(THREADS // 2, seed)) for seed in (2, 3)]
    for phones in changing:
        phones.start()
    for phones in changing:
        phones.join()
    wait_until("the poll is closed", lambda: held_at_the_end(portal, crowd)["closed"], 90, every=2)
    end = held_at_the_end(portal, crowd)

    assert {status for voter in crowd.voters for status in voter.answers} <= {302, 404, 422}
    assert crowd.refused, "some came too late"
    assert all("结束" in text or "截止" in text for text in crowd.refused)
    assert sorted(end["people"]) == sorted([*before["people"], *(voter.person for voter in crowd.voters)])
    assert len(end["ballots"]) == len(end["trackers"]) == len(end["people"])
    assert set(receipts.values()) <= set(end["trackers"]), "a receipt stays the same after a change"


def held_at_the_end(portal, crowd: Crowd) -> dict:
    return json.loads(shell(portal, COUNTED.format(number=crowd.number, slate=crowd.slate)))
