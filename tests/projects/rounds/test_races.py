"""Ten workers and one round: it moves once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

import pytest
from django.db import connections

from portal.refusals import Refused
from projects.models import StageMove
from projects.rounds import services
from tests import factories
from tests.factories import NOON, SHANGHAI

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


def test_ten_workers_advancing_one_round_move_it_once():
    home = factories.community()
    officer = factories.street_officer(home.parent)
    factories.worker(home)
    factories.council(home, seats=3)
    made = services.prepare_round(by=officer, street_id=home.parent_id, title="第一批", first_day=NOON.date(), now=NOON)
    services.set_envelope(round_id=made.pk, by=officer, community_id=home.pk, amount=1_000_00, now=NOON)
    services.open_call(round_id=made.pk, by=officer, now=NOON)
    factories.proposal(made, factories.resident(home))  # unanswered: it holds the screening
    start = Barrier(10)

    def tick(_worker: int) -> int:
        try:
            start.wait()
            return services.advance_due(now=datetime(2026, 4, 1, tzinfo=SHANGHAI)).moved
        finally:
            connections.close_all()

    with ThreadPoolExecutor(10) as pool:
        moved = sum(pool.map(tick, range(10)))
    made.refresh_from_db()
    assert (moved, made.stage) == (1, "screening")
    assert StageMove.objects.filter(round=made, left="proposals").count() == 1


def test_two_officers_opening_one_call_open_it_once():
    home = factories.community()
    officer = factories.street_officer(home.parent)
    factories.worker(home)
    factories.council(home, seats=3)
    made = services.prepare_round(by=officer, street_id=home.parent_id, title="x", first_day=NOON.date(), now=NOON)
    services.set_envelope(round_id=made.pk, by=officer, community_id=home.pk, amount=1_000_00, now=NOON)
    start = Barrier(2)

    def click(_who: int) -> str:
        try:
            start.wait()
            return services.open_call(round_id=made.pk, by=officer, now=NOON).digest
        except Refused as refused:
            return refused.refusal.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(click, range(2)), key=len)
    made.refresh_from_db()
    assert answers == ["not_now", made.digest]
    assert StageMove.objects.filter(round=made).count() == 1
