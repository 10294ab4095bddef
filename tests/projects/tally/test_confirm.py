"""Residents vote, then the council confirms: a round's frozen setting with its effect in gates, standings and pages."""

from datetime import timedelta

import pytest

from projects import engine
from projects.models import CountedBallot, Outcome, Round
from projects.proposals.standings import Standing
from projects.rounds import services as rounds
from projects.rounds.rules import CONFIRM, COUNCIL_ONLY, SHORTLIST, UNUSED, fault_in
from projects.tally import gate
from projects.tally.services import count_refused
from projects.voting.models import Channel
from projects.voting.queries import candidates_of
from projects.voting.services import freeze_slates
from tests import factories as f
from tests.projects.deliberation.council import DAY, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def poll():
    """Four projects of 80,000 over 200,000: residents choose the first two; nobody has deliberated before."""
    w = world(seats=5, proposals=4, stage="rounds", combine=CONFIRM, least_votes=0)
    w.batch.windows.filter(stage="deliberation").delete()
    w.batch.windows.update(opens_at=f.NOON - timedelta(days=60), closes_at=f.NOON - timedelta(minutes=1))
    w.batch.envelopes.update(amount=200_000_00)
    frozen = {"unused_stages": ["deliberation"], "digest": "1" * 64, "frozen_at": f.NOON}
    Round.objects.filter(pk=w.batch.pk).update(stage="screening", **frozen)
    w.batch.refresh_from_db()
    assert engine.advance(w.batch, leaving="screening", now=f.NOON - timedelta(days=40))
    w.batch.refresh_from_db()
    [slate] = freeze_slates(w.batch, with_roll=True, now=f.NOON)
    ids = [str(each.pk) for each in candidates_of(slate)]
    return w, slate, ids


def standings(w):
    return [row.standing for row in w.batch.proposals.order_by("pk")]


def holds(w):
    return {hold.code: hold.count for hold in gate.holding(w.batch, now=DAY)}


def test_what_passed_the_screening_is_on_the_ballot_and_what_won_waits_for_the_council(poll, client):
    """B3: the confirming meeting sits in the count's own stage, and nothing leaves it before every item is resolved."""
    w, slate, ids = poll
    assert w.batch.stage == "voting" and standings(w) == ["shortlisted"] * 4
    slate.roll_size = 9
    slate.save()
    Round.objects.filter(pk=w.batch.pk).update(stage="tally", stage_since=f.NOON)
    w.batch.refresh_from_db()
    for listed in ([0, 1], [0, 1], [0], [1], [2]):
        choices = {ids[place]: 1 for place in listed}
        CountedBallot.objects.create(slate=slate, choices=choices, channel=Channel.ONLINE)
    slate.closed_at = f.NOON
    slate.save()
    gate.enter(w.batch, now=f.NOON)
    assert standings(w) == ["elected", "elected", "not_chosen", "not_chosen"]
    assert holds(w) == {"unconfirmed": 2}
    assert engine.holds(w.batch, now=DAY)
    assert "等确认 2 个" in client.get(f"/tally/{w.batch.number}/").content.decode()

    won = list(w.batch.proposals.filter(standing=Standing.ELECTED).order_by("pk"))
    meeting = w.opened(*won)
    yes, no = meeting.items.order_by("position")
    w.resolve(yes, in_favour=5)
    w.resolve(no, in_favour=2, reason="坡道要占消防通道。")
    assert standings(w)[:2] == ["chosen", "refused"]
    assert count_refused(now=DAY) == 0, "not while the meeting is on"
    w.finished(meeting)
    assert count_refused(now=DAY) == 1 and count_refused(now=DAY) == 0
    assert standings(w) == ["chosen", "refused", "elected", "not_chosen"]
    assert Outcome.objects.filter(proposal=won[1]).first().tally.slate.tallies.first().left_out == [won[1].number]
    assert holds(w) == {"unconfirmed": 1}
    shown = client.get(f"/tally/{w.batch.number}/").content.decode()
    assert "议事会没有确认" in shown and "已确认 1 个，等确认 1 个" in shown

    third = w.batch.proposals.get(standing=Standing.ELECTED)
    again = w.opened(third)
    w.resolve(again.items.get(), in_favour=4)
    w.finished(again)
    assert holds(w) == {} and standings(w) == ["chosen", "refused", "chosen", "not_chosen"]


def test_equal_votes_in_the_council_follow_its_charter(poll):
    """A pass mark over one half needs more than half; one that includes its own number is reached by half."""
    w, _slate, _ids = poll
    Round.objects.filter(pk=w.batch.pk).update(stage="tally")
    rows = list(w.batch.proposals.order_by("pk")[:2])
    for row in rows:
        type(row).objects.filter(pk=row.pk).update(standing=Standing.ELECTED)
    w.council.pass_inclusive = False
    w.council.save()
    meeting = w.opened(rows[0], present=4)
    assert w.resolve(meeting.items.get(), in_favour=2, reason="两种意见相等。", present=4).outcome == "refused"
    w.finished(meeting)
    w.council.pass_inclusive = True
    w.council.save()
    meeting = w.opened(rows[1], present=4)
    assert w.resolve(meeting.items.get(), in_favour=2, present=4).outcome == "passed"


def test_the_combination_and_the_stages_of_a_round_are_one_setting():
    home = f.community()
    officer = f.street_officer(home.parent)
    day = f.NOON.date() + timedelta(days=9)
    made = rounds.prepare_round(by=officer, street_id=home.parent_id, title="x", first_day=day, now=f.NOON)
    assert made.rules["combine"] == SHORTLIST and made.unused_stages == []
    given = {"round_id": made.pk, "by": officer, "now": f.NOON}
    for combine in (CONFIRM, COUNCIL_ONLY, SHORTLIST):
        held = rounds.set_basics(title="x", unused_stages=UNUSED[combine], **given)
        assert (held.rules["combine"], held.unused_stages) == (combine, list(UNUSED[combine]))
    held = rounds.set_rules(changes={"combine": CONFIRM}, **given)
    assert held.unused_stages == ["deliberation"]
    rounds.lay_calendar(first_day=day, **given)
    window = held.windows.get(stage="tally")
    assert (window.closes_at - window.opens_at).days >= 13 and not held.windows.filter(stage="deliberation").exists()
    assert [fault.field for fault in fault_in({"combine": "dice"})] == ["combine"]
