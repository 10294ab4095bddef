"""A crowd of voters of one open poll: put on its roll and signed in beforehand, then casting through the real server.

Used by a journey (a few hundred, with the close in the middle) and by bench/ballots.py (4,000).
"""

from __future__ import annotations

import http.client
import json
import random
import re
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

from tests.journeys.processes import Portal

CSRF = "c" * 32
# The demo's open envelope would hold the close until two clerks have keyed it: it is taken out of the copy.
WITHOUT_PAPER = """
from projects.models import PaperBatch, PaperSheet, Participation
open_batches = PaperBatch.objects.filter(slate__round__stage="voting", accepted_at=None)
Participation.objects.filter(slate__in=open_batches.values("slate"), channel="paper").delete()
PaperSheet.objects.filter(batch__in=open_batches).delete()
open_batches.delete()
"""
ENROL = """WITHOUT_PAPER
import json
from datetime import timedelta
from importlib import import_module
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.test import RequestFactory
from communities.accounts import sessions
from communities.accounts.models import User
from communities.residents.models import Residency
from portal import clock
from projects.models import RollEntry, Slate
from projects.voting.services.slots import lay_slots
store, now = import_module(settings.SESSION_ENGINE).SessionStore, clock.now()
slate = Slate.objects.filter(round__stage="voting", roll__isnull=False).order_by("pk").first()
with transaction.atomic():
    people = User.objects.bulk_create(
        [User(name="居民", adult=True, date_joined=now, password="!") for _ in range({count})], batch_size=2000)
    Residency.objects.bulk_create([Residency(person=each, community=slate.community, since=now.date() - timedelta(90),
        proof="roster", proved_at=now) for each in people], batch_size=2000)
    RollEntry.objects.bulk_create(
        [RollEntry(slate=slate, round_id=slate.round_id, person=each) for each in people], batch_size=2000)
    Slate.objects.filter(pk=slate.pk).update(roll_size=slate.roll_size + len(people))
    lay_slots(slate.round)
    keys = []
    for each in people:
        request = RequestFactory().get("/", HTTP_USER_AGENT="crowd")
        request.session, request.user = store(), AnonymousUser()
        sessions.begin(request, each, how="phone")
        request.session.save()
        keys.append([each.pk, request.session.session_key])
print(json.dumps({{"round": slate.round.number, "slate": slate.pk, "people": keys,
    "candidates": list(slate.candidates.values_list("pk", flat=True)), "most": slate.round.rules["max_choices"]}}))
""".replace("WITHOUT_PAPER", WITHOUT_PAPER)


@dataclass
class Voter:
    person: int
    session: str
    accepted: list[int] = field(default_factory=list)  # the choices of the last ballot that was taken
    answers: list[int] = field(default_factory=list)
    tracker: str = ""


@dataclass
class Crowd:
    portal: Portal
    number: str
    slate: int
    candidates: list[int]
    most: int
    voters: list[Voter]
    refused: list[str] = field(default_factory=list)

    @classmethod
    def enrol(cls, portal: Portal, count: int) -> Crowd:
        told = json.loads(shell(portal, ENROL.format(count=count)))
        people = [Voter(*row) for row in told["people"]]
        return cls(portal, told["round"], told["slate"], told["candidates"], told["most"], people)

    def votes(self, threads: int, seed: int) -> float:
        """Everybody casts once, `threads` at a time, each on a kept connection; answers the seconds that it took."""
        waiting = list(self.voters)
        random.Random(seed).shuffle(waiting)
        began = time.perf_counter()
        phones = [
            threading.Thread(target=self._cast_all, args=(waiting[place::threads], seed + place))
            for place in range(threads)
        ]
        for phone in phones:
            phone.start()
        for phone in phones:
            phone.join()
        return time.perf_counter() - began

    def _cast_all(self, voters: list[Voter], seed: int) -> None:
        chance, line = random.Random(seed), self._line()
        for voter in voters:
            choices = sorted(chance.sample(self.candidates, chance.randint(1, min(3, self.most, len(self.candidates)))))
            status, text = self._ask(line, voter, "cast/", {"csrfmiddlewaretoken": CSRF, "choices": choices})
            voter.answers.append(status)
            if status == 302:
                voter.accepted = choices
            else:
                self.refused.append(text)

    def receipt(self, voter: Voter) -> str:
        """The tracker on her receipt, as she reads it."""
        _status, text = self._ask(self._line(), voter, "receipt/")
        return re.search(r"\b((?:[0-9A-Z]{4}-){3}[0-9A-Z]{3,4})\b", text)[1].replace("-", "")

    def _line(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.portal.port, timeout=60)

    def _ask(self, line: http.client.HTTPConnection, voter: Voter, page: str, form: dict | None = None):
        host = f"localhost:{self.portal.port}"
        told = {"Host": host, "Origin": f"http://{host}", "Cookie": f"session={voter.session}; csrf={CSRF}"}
        if form:
            told["Content-Type"] = "application/x-www-form-urlencoded"
        body = urlencode(form, doseq=True) if form else None
        line.request("POST" if form else "GET", f"/voting/{self.number}/{page}", body, told)
        answer = line.getresponse()
        return answer.status, answer.read().decode()


def shell(portal: Portal, code: str) -> str:
    """The last line that a piece of Python prints inside the portal."""
    printed = portal.manage("shell", "--verbosity", "0", "--command", code, seconds=300)
    return printed.strip().rsplit("\n", 1)[-1]
