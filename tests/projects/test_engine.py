"""The engine on PostgreSQL: it moves when nothing holds, once, back with a reason, and writes down each move."""

from datetime import timedelta

import pytest

from portal.models import LogEntry
from portal.refusals import Refused
from projects import engine
from projects.models import Round
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return f.community()


def after(batch: Round, stage: str):
    return batch.windows.get(stage=stage).closes_at + timedelta(minutes=1)


def test_a_held_round_stays_where_it_is(home):
    batch = f.round_at("screening", home)
    f.proposal(batch, f.resident(home))
    with pytest.raises(Refused) as refused:
        engine.advance(batch, leaving="screening", now=after(batch, "screening"))
    batch.refresh_from_db()
    assert refused.value.refusal.code == "held" and batch.stage == "screening"
    assert not batch.moves.exists()


def test_a_move_is_written_down_and_logged(home):
    batch = f.round_at("proposals", home)
    now = after(batch, "proposals")
    assert engine.advance(batch, leaving="proposals", now=now) is True
    batch.refresh_from_db()
    move = batch.moves.get()
    assert (batch.stage, batch.stage_since) == ("screening", now)
    assert (move.left, move.entered, move.by, move.passed) == ("proposals", "screening", None, [])
    assert LogEntry.objects.get(action="engine.move").detail == {
        "left": "proposals",
        "entered": "screening",
        "passed": [],
    }


def test_a_repeat_finds_the_round_gone(home):
    batch = f.round_at("proposals", home)
    now = after(batch, "proposals")
    engine.advance(batch, leaving="proposals", now=now)
    assert engine.advance(batch, leaving="proposals", now=now) is False
    assert batch.moves.count() == 1


def test_a_stage_that_the_round_does_not_use_is_passed_and_the_log_says_so(home):
    batch = f.round_at("deliberation", home)
    Round.objects.filter(pk=batch.pk).update(unused_stages=["voting"])
    assert engine.advance(batch, leaving="deliberation", now=after(batch, "deliberation"))
    move = batch.moves.get()
    assert (move.entered, move.passed) == ("tally", ["voting"])


def test_the_way_back_asks_for_a_reason_and_keeps_it(home):
    batch = f.round_at("publicity", home)
    officer = batch.created_by
    with pytest.raises(Refused) as refused:
        engine.send_back(batch, leaving="publicity", to="tally", reason=" ", now=f.NOON, by=officer)
    assert refused.value.refusal.code == "reason_missing"
    with pytest.raises(Refused) as refused:
        engine.send_back(batch, leaving="publicity", to="voting", reason="重投", now=f.NOON, by=officer)
    assert refused.value.refusal.code == "not_on_chart"
    assert engine.send_back(batch, leaving="publicity", to="tally", reason="异议成立", now=f.NOON, by=officer)
    assert batch.moves.get().reason == "异议成立"
