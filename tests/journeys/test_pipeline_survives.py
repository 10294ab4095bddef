"""SIGKILL to web, worker and beat while residents vote and rounds move; Redis away for a minute (R4).

Nothing accepted is lost, nothing moves twice, and the pipeline goes on when they return.
"""

import http.client
import json
import random
import re
import threading
import time
from typing import NamedTuple
from urllib.parse import urlencode

import pytest

from tests.conftest import start_services
from tests.journeys.crowd import WITHOUT_PAPER, shell
from tests.journeys.processes import Portal, wait_until
from tests.journeys.stack import ask, demo_portal

pytestmark = pytest.mark.processes

VOTERS = 40
AWAY = 60
PATIENT = 180  # as long as a phone tries: on a slow machine a killed server is away for long
SESSIONS = """WITHOUT_PAPER
import json
from importlib import import_module
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from communities.accounts import sessions
from projects.models import RollEntry
store = import_module(settings.SESSION_ENGINE).SessionStore
rows = RollEntry.objects.filter(round__stage="voting", person__participations=None).select_related("person", "round")
made = []
for entry in rows.order_by("pk")[:VOTERS]:
    request = RequestFactory().get("/", HTTP_USER_AGENT="test")
    request.session, request.user = store(), AnonymousUser()
    sessions.begin(request, entry.person, how="phone")
    request.session.save()
    made.append([entry.person_id, request.session.session_key, entry.round.number])
print(json.dumps(made))
""".replace("VOTERS", str(VOTERS)).replace("WITHOUT_PAPER", WITHOUT_PAPER)
STATE = """
SELECT r.stage,
  ARRAY(SELECT m."left" FROM projects_stagemove m WHERE m.round_id = r.id ORDER BY m.id),
  ARRAY(SELECT p.person_id FROM projects_participation p WHERE p.round_id = r.id),
  (SELECT count(*) FROM projects_countedballot c JOIN projects_slate s ON s.id = c.slate_id WHERE s.round_id = r.id),
  ARRAY(SELECT t.ballots FROM projects_tally t JOIN projects_slate s ON s.id = t.slate_id WHERE s.round_id = r.id)
FROM projects_round r WHERE r.number = %s
"""
FORWARD = "from portal import clock; clock.move_demo_clock(days={days})"


class State(NamedTuple):
    stage: str
    left: list[str]
    voters: list[int]
    counted: int
    tallies: list[int]


@pytest.fixture
def portal(tmp_path):
    start_services()
    with demo_portal("survives", tmp_path / "var", PORTAL_TICK_SECONDS="2", REDIS_URL="") as portal:
        yield portal


def state_of(portal: Portal, number: str) -> State:
    [row] = ask(portal, STATE, number)
    return State(*row)


class Voter:
    """A resident's phone: votes, and tries again when nobody answers, until she sees her receipt."""

    def __init__(self, portal: Portal, person: int, session: str, number: str):
        self.portal, self.person, self.number = portal, person, number
        self.cookies = {"session": session}
        self.accepted = False

    def ask(self, method: str, path: str, form: dict | None = None) -> tuple[int, str]:
        line = http.client.HTTPConnection("127.0.0.1", self.portal.port, timeout=10)
        told = {"Host": "localhost", "Cookie": "; ".join(f"{key}={value}" for key, value in self.cookies.items())}
        if form is not None:
            told |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "Origin": f"http://localhost:{self.portal.port}",
            }
            told["Host"] = f"localhost:{self.portal.port}"
        try:
            line.request(method, path, urlencode(form, doseq=True) if form else None, told)
            answer = line.getresponse()
            for cookie in answer.headers.get_all("Set-Cookie") or ():
                name, _, value = cookie.partition(";")[0].partition("=")
                self.cookies[name] = value
            return answer.status, answer.read().decode()
        finally:
            line.close()

    def vote(self) -> None:
        until = time.monotonic() + PATIENT
        while time.monotonic() < until:
            try:
                if self.once():
                    self.accepted = True
                    return
            except (OSError, http.client.HTTPException):
                pass
            time.sleep(0.5)

    def once(self) -> bool:
        status, text = self.ask("GET", f"/voting/{self.number}/")
        if status != 200:
            return False
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text)[1]
        ids = re.findall(r'name="choices" value="(\d+)"', text)[:2]
        form = {"csrfmiddlewaretoken": token, "choices": ids}
        status, text = self.ask("POST", f"/voting/{self.number}/cast/", form)
        return status == 302


def test_nothing_accepted_is_lost_and_nothing_moves_twice(portal):
    voters = [Voter(portal, *row) for row in json.loads(shell(portal, SESSIONS))]
    assert len(voters) == VOTERS
    number = voters[0].number
    before = set(state_of(portal, number).voters)
    phones = [threading.Thread(target=voter.vote) for voter in voters]
    chance = random.Random(8)
    for phone in phones:
        phone.start()
        time.sleep(chance.random() * 0.3)
        if chance.random() < 0.2:
            portal.kill(chance.choice(["web", "worker", "beat"]))
    for phone in phones:
        phone.join()
    accepted = {voter.person for voter in voters if voter.accepted}
    assert len(accepted) == VOTERS, "who tries again gets through"
    now_in = set(state_of(portal, number).voters)
    assert accepted <= now_in and now_in - before == accepted

    shell(portal, FORWARD.format(days=6))
    for what in ("worker", "beat", "web", "worker"):
        portal.kill(what)
        time.sleep(chance.random() * 2)
    wait_until("the poll is closed", lambda: has_reached(portal, number, "tally"), 120)
    shell(portal, FORWARD.format(days=4))
    portal.kill("worker")
    wait_until("the notice is up", lambda: has_reached(portal, number, "publicity"), 120)
    state = state_of(portal, number)
    assert state.counted == sum(state.tallies) == len(now_in)
    assert len(state.tallies) == 2, "one count for each of the two communities"
    assert state.left.count("voting") == state.left.count("tally") == 1


def has_reached(portal: Portal, number: str, stage: str) -> bool:
    state = state_of(portal, number)
    return state.stage == stage or stage in state.left


def test_the_pipeline_goes_on_after_a_minute_without_redis(portal):
    """The collecting round is due while Redis hangs; pages answer all the while; afterwards it moves, once."""
    [(number,)] = ask(portal, "SELECT number FROM projects_round WHERE stage = 'proposals'")
    with portal.redis_stopped():
        shell(portal, FORWARD.format(days=30))
        until = time.monotonic() + AWAY
        while time.monotonic() < until:
            status, _text = portal.get("/", 10)
            assert status == 200
            time.sleep(5)
    wait_until("the call is over", lambda: has_reached(portal, number, "screening"), 120)
    assert state_of(portal, number).left.count("proposals") == 1
