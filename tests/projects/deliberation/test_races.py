"""Members and clerks at the same instant, on PostgreSQL."""

from __future__ import annotations

import pytest

from communities.models import User
from portal.refusals import Refused
from projects.deliberation import services
from projects.deliberation.models import Meeting, MemberVote, Resolution, Slip
from tests.projects.deliberation.council import DAY, world
from tests.threads import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


def test_all_members_vote_at_once_and_each_vote_counts_once():
    w = world(seats=6)
    item = w.opened().items.get()
    services.open_vote(item_id=item.pk, by=w.worker, now=DAY)
    acts = [
        lambda key=member.pk: services.vote_item(item_id=item.pk, choice="for", by=User.objects.get(pk=key), now=DAY)
        for member in w.members
        for _twice in range(2)
    ]
    assert not [answer for answer in at_once(acts) if isinstance(answer, Exception)]
    assert MemberVote.objects.filter(item=item, choice="for").count() == 6


def test_a_secret_vote_sent_twice_at_once_leaves_one_slip():
    w = world(seats=5, council_secret=True)
    item = w.opened().items.get()
    services.open_vote(item_id=item.pk, by=w.worker, now=DAY)
    key = w.members[0].pk
    act = lambda: services.vote_item(item_id=item.pk, choice="for", by=User.objects.get(pk=key), now=DAY)  # noqa: E731
    answers = at_once([act] * 8)
    assert sum(isinstance(answer, MemberVote) for answer in answers) == 1
    assert {answer.refusal.code for answer in answers if isinstance(answer, Refused)} == {"already_voted"}
    assert (Slip.objects.count(), MemberVote.objects.count()) == (1, 1)


def test_votes_racing_the_close_are_counted_or_refused():
    w = world(seats=5)
    item = w.opened().items.get()
    services.open_vote(item_id=item.pk, by=w.worker, now=DAY)
    for member in w.members[:3]:
        services.vote_item(item_id=item.pk, choice="for", by=member, now=DAY)
    late = [
        lambda key=member.pk: services.vote_item(item_id=item.pk, choice="for", by=User.objects.get(pk=key), now=DAY)
        for member in w.members[3:]
    ]
    close = lambda: services.close_vote(item_id=item.pk, reason="", by=User.objects.get(pk=w.worker.pk), now=DAY)  # noqa: E731
    answers = at_once([*late, close])
    accepted = sum(isinstance(answer, MemberVote) for answer in answers)
    assert {answer.refusal.code for answer in answers if isinstance(answer, Exception)} <= {"vote_closed"}
    assert Resolution.objects.get().in_favour == 3 + accepted == MemberVote.objects.count()


def test_two_clerks_close_at_once_and_one_resolution_stands():
    w = world(seats=5)
    item = w.opened().items.get()
    services.open_vote(item_id=item.pk, by=w.worker, now=DAY)
    for member in w.members:
        services.vote_item(item_id=item.pk, choice="for", by=member, now=DAY)
    act = lambda: services.close_vote(item_id=item.pk, reason="", by=User.objects.get(pk=w.worker.pk), now=DAY)  # noqa: E731
    answers = at_once([act] * 4)
    assert sum(isinstance(answer, Resolution) for answer in answers) == 1
    assert {answer.refusal.code for answer in answers if isinstance(answer, Exception)} == {"vote_closed"}


def test_two_workers_call_the_same_items_at_once_and_one_meeting_stands():
    w = world(seats=5, proposals=2)
    answers = at_once([w.call] * 3)
    assert sum(isinstance(answer, Meeting) for answer in answers) == 1
    assert {answer.refusal.code for answer in answers if isinstance(answer, Exception)} == {"items_taken"}
    assert Meeting.objects.count() == 1
