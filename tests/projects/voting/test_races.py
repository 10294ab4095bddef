"""Races on PostgreSQL: one voter many times, many voters at once, ballots against the close."""

from datetime import timedelta

import pytest
from django.db import transaction

from portal import locks
from portal.refusals import Refused
from projects import engine
from projects.models import Ballot, CountedBallot, Participation, Round
from projects.proposals.standings import Standing
from projects.voting import keys
from projects.voting.queries import candidates_of
from projects.voting.services import Receipt, cast_ballot, freeze_slates
from tests import factories as f
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def poll():
    home = f.community()
    batch = f.round_at("voting", home)
    voters = [f.resident(home, f"居民{number}") for number in range(20)]
    for title in ("坡道", "路灯"):
        f.proposal(batch, voters[0], standing=Standing.SHORTLISTED, title=title)
    [slate] = freeze_slates(batch, with_roll=True, now=f.NOON)
    keys.make_key(batch.pk)
    yield slate, voters, [each.pk for each in candidates_of(slate)]
    keys.destroy_key(batch.pk)


def cast(slate, voter, choices, now=f.NOON):
    return lambda: cast_ballot(slate_id=slate.pk, by=voter, choices=choices, now=now)


def test_twenty_ballots_of_one_voter_leave_one(poll):
    """B1, B4, B5"""
    slate, voters, ids = poll
    answers = at_once([cast(slate, voters[0], {ids[place % 2]: 1}) for place in range(20)])
    assert all(isinstance(answer, Receipt) for answer in answers), answers
    assert len({answer.tracker for answer in answers}) == 1
    assert Ballot.objects.count() == Participation.objects.count() == 1


def test_twenty_voters_at_once_are_all_counted(poll):
    """B4"""
    slate, voters, ids = poll
    answers = at_once([cast(slate, voter, {ids[0]: 1}) for voter in voters])
    assert all(isinstance(answer, Receipt) for answer in answers), answers
    assert Ballot.objects.count() == Participation.objects.count() == 20


def test_ballots_racing_the_close_are_all_counted_or_refused(poll):
    slate, voters, ids = poll
    closing = f.NOON + timedelta(days=29)
    acts = [cast(slate, voter, {ids[0]: 1}) for voter in voters]
    acts.insert(10, lambda: engine.advance(slate.round, leaving="voting", now=closing))
    answers = at_once(acts)
    accepted = sum(isinstance(answer, Receipt) for answer in answers)
    refused = [answer for answer in answers if isinstance(answer, Refused)]
    assert accepted + len(refused) == 20 and answers[10] is True, answers
    assert {each.refusal.code for each in refused} <= {"closed"}
    assert CountedBallot.objects.count() == Participation.objects.count() == accepted
    assert Ballot.objects.count() == 0


def test_ten_workers_move_a_round_once(poll):
    slate, _voters, _ids = poll
    closing = f.NOON + timedelta(days=29)
    answers = at_once([lambda: engine.advance(slate.round, leaving="voting", now=closing) for _place in range(10)])
    assert sorted(answers, key=bool) == [False] * 9 + [True]
    moved = Round.objects.get(pk=slate.round_id)
    assert moved.stage == "tally" and moved.moves.count() == 1


def test_a_voter_does_not_wait_for_another(poll):
    """Casting takes the round's lock shared: two transactions hold it at the same time."""
    slate, voters, ids = poll
    with transaction.atomic():
        locks.hold_shared("round", slate.round_id)
        [answer] = at_once([cast(slate, voters[0], {ids[0]: 1})])
    assert isinstance(answer, Receipt)
