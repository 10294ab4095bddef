"""A crowd casts and changes through the real server while the poll closes (B1, B5).

Every accepted ballot is counted once, every refusal was shown as one, participation = ballots, trackers = receipts.
"""

import threading

import pytest

from tests.journeys.crowd import Crowd, shell
from tests.journeys.processes import wait_until
from tests.journeys.stack import ask, demo_portal

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
PEOPLE = "SELECT person_id FROM projects_participation WHERE slate_id = %s"
HELD = "SELECT choices FROM projects_ballot WHERE slate_id = %s AND channel <> ''"
COUNTED = "SELECT id FROM projects_countedballot WHERE slate_id = %s"
TRACKERS = "SELECT tracker FROM projects_countedtracker WHERE slate_id = %s"
STAGE = "SELECT r.stage FROM projects_round r JOIN projects_slate s ON s.round_id = r.id WHERE s.id = %s"


@pytest.fixture
def portal(tmp_path):
    with demo_portal("crowd", tmp_path / "var", PORTAL_TICK_SECONDS="3", WEB_WORKERS="2", WEB_THREADS="8") as portal:
        yield portal


def test_every_accepted_ballot_is_counted_once_and_every_refusal_was_shown(portal):
    crowd = Crowd.enrol(portal, VOTERS)

    def found(sql: str) -> list:
        return [value for (value,) in ask(portal, sql, crowd.slate)]

    def held() -> list[list[int]]:
        return sorted(sorted(map(int, choices)) for choices in found(HELD))

    people, ballots = found(PEOPLE), held()
    crowd.votes(THREADS, seed=1)
    assert [voter.answers for voter in crowd.voters] == [[302]] * VOTERS
    assert held() == sorted([*ballots, *(voter.accepted for voter in crowd.voters)])
    receipts = {voter.person: crowd.receipt(voter) for voter in crowd.voters[:40]}

    shell(portal, LEFT.format(number=crowd.number, early=3))
    changing = [threading.Thread(target=crowd.votes, args=(THREADS // 2, seed)) for seed in (2, 3)]
    for phones in changing:
        phones.start()
    for phones in changing:
        phones.join()
    wait_until("the poll is closed", lambda: found(STAGE) != ["voting"], 90)

    assert {status for voter in crowd.voters for status in voter.answers} <= {302, 404, 422}
    assert crowd.refused, "some came too late"
    assert all("结束" in text or "截止" in text for text in crowd.refused)
    assert sorted(found(PEOPLE)) == sorted([*people, *(voter.person for voter in crowd.voters)])
    assert len(found(COUNTED)) == len(found(TRACKERS)) == len(found(PEOPLE))
    assert set(receipts.values()) <= set(found(TRACKERS)), "a receipt stays the same after a change"
