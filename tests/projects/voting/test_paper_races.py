"""Two clerks at once, on PostgreSQL: one paper a person, two readings a sheet, one acceptance."""

import pytest

from portal.refusals import Refused
from projects.models import Ballot, Keying, PaperBatch, Participation
from projects.voting import keys, services
from tests import factories as f
from tests.projects.voting.papers import paper_poll
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def poll():
    made = paper_poll(12)
    yield made
    keys.destroy_key(made.slate.round_id)


def codes(answers):
    return sorted(each.refusal.code for each in answers if isinstance(each, Refused))


def hand(entry, by):
    return lambda: services.hand_out_paper(entry_id=entry, by=by, now=f.NOON)


def test_two_clerks_hand_one_person_one_paper(poll):
    """B1, B4"""
    poll.printed(20)
    entry = poll.entries[0]
    answers = at_once([hand(entry, by) for by in (poll.first, poll.second) * 5])
    assert codes(answers) == ["has_paper"] * 9, answers
    assert PaperBatch.objects.get().handed_out == Participation.objects.count() == 1


def test_the_last_sheet_is_handed_out_once(poll):
    """Twelve people, ten sheets: ten are served, two are told; the count never passes what was printed."""
    poll.printed(10)
    answers = at_once([hand(entry, poll.first) for entry in poll.entries])
    assert codes(answers) == ["no_sheet_left"] * 2, answers
    assert PaperBatch.objects.get().handed_out == Participation.objects.count() == 10


def test_a_ballot_online_against_a_paper_at_the_counter(poll):
    """B1: whoever comes first, she has one participation, on paper, and no ballot online is left."""
    poll.printed(20)
    for place, voter in enumerate(poll.voters[:6]):
        cast = {"slate_id": poll.slate.pk, "by": voter, "choices": {poll.numbers[0]: 1}, "now": f.NOON}
        answers = at_once([lambda cast=cast: services.cast_ballot(**cast), hand(poll.entries[place], poll.first)])
        assert codes(answers) in ([], ["paper_is_final"]), answers
    assert not Ballot.objects.exists()
    assert list(Participation.objects.values_list("channel", flat=True)) == ["paper"] * 6


def test_four_clerks_key_one_sheet_and_two_readings_stay(poll):
    """B11"""
    batch = poll.sealed(1)
    serial = poll.serials(batch)[0]
    clerks = [poll.first, poll.second, f.worker(poll.home), f.worker(poll.home)]
    answers = at_once([lambda by=by: poll.key(batch, serial, by) for by in clerks])
    assert codes(answers) == ["keyed_twice"] * 2, answers
    assert sorted(Keying.objects.values_list("turn", flat=True)) == [1, 2]


def test_one_clerk_twice_at_once_reads_once(poll):
    batch = poll.sealed(1)
    serial = poll.serials(batch)[0]
    answers = at_once([lambda: poll.key(batch, serial, poll.first) for _place in range(4)])
    assert codes(answers) == ["keyed_by_you"] * 3, answers


def test_an_envelope_accepted_twice_at_once_counts_once(poll):
    batch = poll.sealed(2)
    for serial in poll.serials(batch)[:2]:
        for by in (poll.first, poll.second):
            poll.key(batch, serial, by)
    acts = [
        lambda by=by: services.accept_batch(batch_id=batch.pk, by=by, now=f.NOON) for by in (poll.first, poll.second)
    ]
    assert codes(at_once(acts)) == ["accepted"]
    assert Ballot.objects.count() == 2
