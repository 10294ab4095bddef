"""SIGKILL to web, worker and beat while residents vote and rounds move; Redis away for a minute (R4).

Nothing accepted is lost, nothing moves twice, and the pipeline goes on when they return.
"""

import http.client
import json
import random
import re
import threading
import time
from urllib.parse import urlencode

import pytest

from tests.conftest import start_services
from tests.journeys.crowd import WITHOUT_PAPER, shell
from tests.journeys.processes import Portal, wait_until
from tests.journeys.stack import demo_portal

pytestmark = pytest.mark.processes

VOTERS = 40
AWAY = 60
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
import json
from projects.models import CountedBallot, Participation, Round, Tally
batch = Round.objects.get(number="{number}")
print(json.dumps({{
    "stage": batch.stage,
    "left": list(batch.moves.order_by("pk").values_list("left", flat=True)),
    "voters": list(Participation.objects.filter(round=batch).values_list("person", flat=True)),
    "counted": CountedBallot.objects.filter(slate__round=batch).count(),
    "tallied": sum(t.ballots for t in Tally.objects.filter(slate__round=batch)),
    "counts": Tally.objects.filter(slate__round=batch).count(),
}}))
"""
FORWARD = "from portal import clock; clock.move_demo_clock(days={days})"


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    start_services()
    var = tmp_path_factory.mktemp("survives") / "var"
    with demo_portal("survives", var, PORTAL_TICK_SECONDS="2", REDIS_URL="") as portal:
        yield portal


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
        for _try in range(60):
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
    before = set(json.loads(shell(portal, STATE.format(number=number)))["voters"])
    phones = [threading.Thread(target=voter.vote) for voter in voters]
    chance = random.Random(8)
    for phone in phones:
        phone.start()
        time.sleep(chance.random() * 0.3)
        if chance.random() < 0.2:
            portal.kill(chance.choice(["web", "worker", "beat"]))
    for phone in phones:
        phone.join(90)
    accepted = {voter.person for voter in voters if voter.accepted}
    assert len(accepted) == VOTERS, "who tries again gets through"
    now_in = set(json.loads(shell(portal, STATE.format(number=number)))["voters"])
    assert accepted <= now_in and now_in - before == accepted

    shell(portal, FORWARD.format(days=6))
    for what in ("worker", "beat", "web", "worker"):
        portal.kill(what)
        time.sleep(chance.random() * 2)
    wait_until("the poll is closed", lambda: at_stage(portal, number, "tally"), 120, every=2)
    shell(portal, FORWARD.format(days=4))
    portal.kill("worker")
    moved = wait_until("the notice is up", lambda: at_stage(portal, number, "publicity"), 120, every=2)
    assert moved["counted"] == moved["tallied"] == len(now_in)
    assert moved["counts"] == 2, "one count for each of the two communities"
    assert moved["left"].count("voting") == moved["left"].count("tally") == 1


def at_stage(portal: Portal, number: str, stage: str) -> dict | None:
    state = json.loads(shell(portal, STATE.format(number=number)))
    return state if state["stage"] == stage or stage in state["left"] else None


def test_the_pipeline_goes_on_after_a_minute_without_redis(portal):
    """The collecting round is due while Redis hangs; pages answer all the while; afterwards it moves, once."""
    number = shell(portal, "from projects.models import Round; print(Round.objects.get(stage='proposals').number)")
    with portal.redis_stopped():
        shell(portal, FORWARD.format(days=30))
        until = time.monotonic() + AWAY
        while time.monotonic() < until:
            status, _text = portal.get("/", 10)
            assert status == 200
            time.sleep(5)

    def moved() -> dict | None:
        state = json.loads(shell(portal, STATE.format(number=number)))
        return state if state["stage"] != "proposals" else None

    state = wait_until("the call is over", moved, 120, every=2)
    assert state["left"].count("proposals") == 1
