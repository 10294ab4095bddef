"""Casting, changing, closing, on PostgreSQL."""

from datetime import timedelta

import pytest

from portal.models import LogEntry
from portal.refusals import Refused
from projects import engine
from projects.models import Ballot, CountedBallot, CountedTracker, Participation, RollEntry
from projects.proposals.standings import Standing
from projects.voting import keys
from projects.voting.models import Slate
from projects.voting.queries import candidates_of
from projects.voting.services import cast_ballot, close_ballots, freeze_slates
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return f.community()


@pytest.fixture
def poll(home):
    """A round in voting with three candidates; two proved adults on the roll."""
    batch = f.round_at("voting", home)
    voters = [f.resident(home, "李秀兰"), f.resident(home, "王建国")]
    for title in ("坡道", "路灯", "充电棚"):
        f.proposal(batch, voters[0], standing=Standing.SHORTLISTED, title=title)
    [slate] = freeze_slates(batch, with_roll=True, now=f.NOON)
    keys.make_key(batch.pk)
    yield slate, voters
    keys.destroy_key(batch.pk)


def refusal(**arguments):
    with pytest.raises(Refused) as refused:
        cast_ballot(**{"now": f.NOON, **arguments})
    return refused.value.refusal.code


def test_a_ballot_is_kept_without_a_way_to_its_voter(poll):
    """B8: two tables, no common key; nothing of the ballot in the log."""
    slate, [voter, _other] = poll
    before = LogEntry.objects.count()
    first = candidates_of(slate)[0].pk
    receipt = cast_ballot(slate_id=slate.pk, by=voter, choices={first: 1}, now=f.NOON)
    ballot = Ballot.objects.get()
    assert ballot.choices == {str(first): 1} and ballot.tracker == receipt.tracker
    assert Participation.objects.get().person == voter
    assert {field.name for field in Ballot._meta.fields}.isdisjoint({"person", "participation", "at", "ip"})
    assert LogEntry.objects.count() == before


def test_the_last_ballot_counts_and_the_receipt_stays(poll):
    """B5, B7"""
    slate, [voter, _other] = poll
    one, two, _three = (each.pk for each in candidates_of(slate))
    first = cast_ballot(slate_id=slate.pk, by=voter, choices={one: 1}, now=f.NOON)
    again = cast_ballot(slate_id=slate.pk, by=voter, choices={one: 1}, now=f.NOON)
    changed = cast_ballot(slate_id=slate.pk, by=voter, choices={two: 1}, now=f.NOON)
    assert first == again and changed.tracker == first.tracker and changed.revision == 2
    assert Ballot.objects.get().choices == {str(two): 1}
    assert Participation.objects.count() == 1


def test_who_may_not_vote_is_told_why(poll, home):
    slate, _voters = poll
    late = f.resident(home, "新邻居")
    stranger = f.resident(f.community("南坑社区", home.parent))
    unproved = f.resident(home, proved=False)
    assert refusal(slate_id=slate.pk, by=unproved, choices={}) == "not_proved"
    assert refusal(slate_id=slate.pk, by=stranger, choices={}) == "other_community"
    assert refusal(slate_id=slate.pk, by=late, choices={}) == "not_on_roll"
    assert refusal(slate_id=slate.pk, by=f.worker(home), choices={}) == "no_home"


def test_nobody_votes_before_or_after(poll):
    """B3"""
    slate, [voter, _other] = poll
    assert refusal(slate_id=slate.pk, by=voter, choices={}, now=f.NOON - timedelta(days=2)) == "not_open"
    assert refusal(slate_id=slate.pk, by=voter, choices={}, now=f.NOON + timedelta(days=29)) == "closed"


def test_a_foreign_candidate_and_too_many_are_refused(poll):
    slate, [voter, _other] = poll
    assert refusal(slate_id=slate.pk, by=voter, choices={999_999: 1}) == "unknown_candidate"
    slate.round.rules["max_choices"] = 1
    slate.round.save()
    ticks = {each.pk: 1 for each in candidates_of(slate)}
    assert refusal(slate_id=slate.pk, by=voter, choices=ticks) == "too_many"
    assert not Participation.objects.exists()


def test_the_roll_is_a_snapshot(poll, home):
    """B2: who moves away after the freeze keeps her vote, who comes has to wait."""
    slate, [voter, _other] = poll
    voter.residencies.update(until=f.NOON.date())
    assert cast_ballot(slate_id=slate.pk, by=voter, choices={}, now=f.NOON)
    f.resident(home)
    assert RollEntry.objects.filter(slate=slate).count() == 2


def test_the_close_leaves_ballots_without_links(poll, django_capture_on_commit_callbacks):
    slate, voters = poll
    one = candidates_of(slate)[0].pk
    trackers = [cast_ballot(slate_id=slate.pk, by=each, choices={one: 1}, now=f.NOON).tracker for each in voters]
    with django_capture_on_commit_callbacks(execute=True):
        assert close_ballots(slate.round, now=f.NOON) == 2
    assert not Ballot.objects.exists()
    assert CountedBallot.objects.filter(slate=slate).count() == 2
    assert list(CountedTracker.objects.values_list("tracker", flat=True).order_by("tracker")) == sorted(trackers)
    with pytest.raises(FileNotFoundError):
        keys.link_of(slate.round_id, voters[0].pk)
    assert close_ballots(slate.round, now=f.NOON) == 0


def test_a_missing_ballot_stops_the_close(poll):
    slate, [voter, other] = poll
    cast_ballot(slate_id=slate.pk, by=voter, choices={}, now=f.NOON)
    Ballot.objects.all().delete()
    with pytest.raises(Refused) as refused:
        close_ballots(slate.round, now=f.NOON)
    assert refused.value.refusal.code == "ballots_do_not_match"
    assert Slate.objects.get(pk=slate.pk).closed_at is None


def test_the_poll_holds_its_round_until_the_window_closes(poll):
    slate, _voters = poll
    assert [hold.code for hold in engine.holds(slate.round, now=f.NOON)] == ["poll_open"]
    assert engine.holds(slate.round, now=f.NOON + timedelta(days=29)) == []
