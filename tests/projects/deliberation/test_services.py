"""A meeting from the call to signed minutes, on PostgreSQL."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from portal.models import Job, LogEntry, Notice
from portal.refusals import Refused
from projects.deliberation import gate, queries, services
from projects.deliberation.models import CarryOver, MemberVote, Resolution, Slip
from projects.proposals.standings import Standing
from tests import factories
from tests.factories import NOON
from tests.projects.deliberation.council import DAY, world

pytestmark = pytest.mark.django_db


def refused(code: str):
    return pytest.raises(Refused, match=f"^{code}$")


def held(batch) -> dict[str, int]:
    return {hold.code: hold.count for hold in gate.holding(batch, now=DAY)}


def test_the_agenda_goes_out_in_time_and_everybody_is_told():
    w = world(seats=5, proposals=2)
    with refused("too_early") as told:
        w.call(at=NOON + timedelta(days=2))
    assert "2026年3月5日（周四）" in told.value.refusal.params["first"]
    meeting = w.call(at=NOON + timedelta(days=3))
    assert meeting.number == f"YS-2026-{meeting.pk:06d}"
    assert meeting.marks == {"quorum": [2, 3, False], "pass": [1, 2, False], "mandates": [0, False]}
    assert Notice.objects.filter(kind="deliberation.convened").count() == 5
    assert Notice.objects.filter(kind="deliberation.on_agenda", person=w.proposals[0].proposer).count() == 2


def test_the_charters_notice_counts_when_it_is_longer():
    w = world()
    w.council.notice_days = 7
    w.council.save()
    with refused("too_early"):
        w.call(at=NOON + timedelta(days=6))
    w.call(at=NOON + timedelta(days=7))


def test_an_item_is_on_one_agenda_at_a_time():
    w = world()
    meeting = w.call()
    with refused("items_taken"):
        w.call()
    services.adjourn_meeting(meeting_id=meeting.pk, reason="台风停工", by=w.worker, now=NOON)
    assert w.call().items.count() == 1


def test_a_community_without_seats_cannot_be_called():
    w = world()
    w.council.seats.update(until=NOON.date() - timedelta(days=1))
    with refused("no_council"):
        w.call()


def test_only_the_communitys_worker_calls():
    w = world()
    stranger = factories.worker(factories.community("坂田社区"))
    w.worker = stranger
    with refused("not_yours"):
        w.call()


def test_without_quorum_the_meeting_can_only_be_put_off():
    w = world(seats=5)
    meeting = w.call()
    w.roll(meeting, present=3)
    with refused("no_quorum"):
        services.open_meeting(meeting_id=meeting.pk, chair_id=w.chair.pk, by=w.worker, now=DAY)
    services.adjourn_meeting(meeting_id=meeting.pk, reason="到会人数不足", by=w.worker, now=DAY)
    assert held(w.batch) == {"undecided": 1}
    with refused("ended"):
        w.roll(meeting, present=5)


def test_the_meeting_opens_on_its_day_with_a_full_roll_and_a_chair_who_is_there():
    w = world(seats=5)
    meeting = w.call()
    with refused("roll_incomplete"):
        services.enter_roll(meeting_id=meeting.pk, states={w.chair.pk: "present"}, by=w.worker, now=DAY)
    w.roll(meeting, present=4)
    with refused("not_the_day"):
        services.open_meeting(meeting_id=meeting.pk, chair_id=w.chair.pk, by=w.worker, now=NOON)
    with refused("chair_absent"):
        services.open_meeting(meeting_id=meeting.pk, chair_id=w.members[4].pk, by=w.worker, now=DAY)
    opened = services.open_meeting(meeting_id=meeting.pk, chair_id=w.chair.pk, by=w.worker, now=DAY)
    assert (opened.seats, opened.chair) == (5, w.chair)


def test_a_pass_is_computed_and_the_proposer_hears_it():
    w = world(seats=5)
    meeting = w.opened()
    row = w.resolve(meeting.items.get(), in_favour=3)
    assert (row.outcome, row.needed, row.in_favour, row.against, row.seats) == ("passed", 3, 3, 2, 5)
    w.proposals[0].refresh_from_db()
    assert w.proposals[0].standing == Standing.SHORTLISTED
    told = Notice.objects.get(kind="deliberation.resolved", person=w.proposals[0].proposer)
    assert "通过" in told.text and told.params["needed"] == 3
    assert queries.votes_for([w.proposals[0].pk]) == {w.proposals[0].pk: 3}


def test_a_refusal_needs_its_public_reason():
    w = world(seats=5)
    item = w.opened().items.get()
    with refused("reason_missing"):
        w.resolve(item, in_favour=2)
    with refused("personal_number"):
        services.close_vote(item_id=item.pk, reason="请打13800138000", by=w.worker, now=DAY)
    row = services.close_vote(item_id=item.pk, reason="属于物业公司的责任", by=w.worker, now=DAY)
    assert (row.outcome, row.reason) == ("refused", "属于物业公司的责任")
    w.proposals[0].refresh_from_db()
    assert w.proposals[0].standing == Standing.REFUSED


def test_a_deferred_item_comes_up_at_the_next_meeting():
    w = world(seats=5, proposals=2)
    meeting = w.opened()
    first, second = meeting.items.all()
    w.resolve(first, in_favour=5)
    services.defer_item(item_id=second.pk, reason="等产权单位意见", by=w.worker, now=DAY)
    w.proposals[1].refresh_from_db()
    assert w.proposals[1].standing == Standing.DEFERRED
    w.finished(meeting)
    assert held(w.batch) == {}
    again = w.call(w.proposals[1], at=DAY + timedelta(days=7))
    assert held(w.batch) == {"meetings": 1}
    assert again.items.get().proposal == w.proposals[1]


def test_a_member_who_proposed_stands_aside_and_leaves_the_base():
    w = world(seats=5)
    own = factories.proposal(w.batch, w.members[1], standing=Standing.ACCEPTED, title="代表自己的提案")
    meeting = w.opened(own)
    item = meeting.items.get()
    services.open_vote(item_id=item.pk, by=w.worker, now=DAY)
    assert item.recusals.get().person == w.members[1]
    with refused("recused"):
        services.vote_item(item_id=item.pk, choice="for", by=w.members[1], now=DAY)
    hands = {each.pk: "for" for each in w.members if each != w.members[1]}
    with refused("not_entitled"):
        services.enter_hands(item_id=item.pk, votes={**hands, w.members[1].pk: "for"}, by=w.worker, now=DAY)
    services.enter_hands(item_id=item.pk, votes=hands, by=w.worker, now=DAY)
    row = services.close_vote(item_id=item.pk, reason="", by=w.worker, now=DAY)
    assert (row.recused, row.needed, row.in_favour) == (1, 3, 4)


def test_a_member_declares_her_interest_before_voting_and_not_after():
    w = world(seats=5)
    item = w.opened().items.get()
    services.declare_interest(item_id=item.pk, person_id=w.members[2].pk, reason="我住这栋楼", by=w.members[2], now=DAY)
    services.declare_interest(item_id=item.pk, person_id=w.members[3].pk, reason="会上声明", by=w.worker, now=DAY)
    services.open_vote(item_id=item.pk, by=w.worker, now=DAY)
    services.vote_item(item_id=item.pk, choice="for", by=w.members[1], now=DAY)
    with refused("already_voted"):
        services.declare_interest(
            item_id=item.pk, person_id=w.members[1].pk, reason="想起来了", by=w.members[1], now=DAY
        )
    with refused("not_yours"):
        services.declare_interest(item_id=item.pk, person_id=w.members[4].pk, reason="替别人", by=w.members[1], now=DAY)
    assert queries.entitled_to(item) == {w.members[0].pk, w.members[1].pk, w.members[4].pk}


def test_members_vote_on_their_phones_and_the_clerk_enters_the_others():
    w = world(seats=5)
    item = w.opened(present=4).items.get()
    with refused("vote_closed"):
        services.vote_item(item_id=item.pk, choice="for", by=w.members[0], now=DAY)
    services.open_vote(item_id=item.pk, by=w.worker, now=DAY)
    services.vote_item(item_id=item.pk, choice="against", by=w.members[0], now=DAY)
    services.vote_item(item_id=item.pk, choice="for", by=w.members[0], now=DAY)
    with refused("not_present"):
        services.vote_item(item_id=item.pk, choice="for", by=w.members[4], now=DAY)
    with refused("not_yours"):
        services.vote_item(item_id=item.pk, choice="for", by=w.proposals[0].proposer, now=DAY)
    with refused("not_entitled"):
        services.enter_hands(
            item_id=item.pk, votes={each.pk: "against" for each in w.members[:4]}, by=w.worker, now=DAY
        )
    services.enter_hands(item_id=item.pk, votes={each.pk: "for" for each in w.members[1:4]}, by=w.worker, now=DAY)
    row = services.close_vote(item_id=item.pk, reason="", by=w.worker, now=DAY)
    assert (row.in_favour, row.present, row.needed) == (4, 4, 3)
    assert MemberVote.objects.get(item=item, person=w.members[0]).entered_by is None


def test_a_secret_vote_is_final_and_nothing_joins_the_slip_to_the_member():
    """B8: staff never see who voted for what."""
    w = world(seats=5, council_secret=True)
    item = w.opened().items.get()
    services.open_vote(item_id=item.pk, by=w.worker, now=DAY)
    services.vote_item(item_id=item.pk, choice="for", by=w.members[0], now=DAY)
    with refused("already_voted"):
        services.vote_item(item_id=item.pk, choice="against", by=w.members[0], now=DAY)
    with refused("secret"):
        services.enter_hands(item_id=item.pk, votes={}, by=w.worker, now=DAY)
    heap = {"people": {each.pk for each in w.members[1:4]}, "in_favour": 2, "against": 1, "abstained": 0}
    with refused("not_entitled"):
        services.enter_slips(item_id=item.pk, by=w.worker, now=DAY, **{**heap, "people": {w.members[0].pk, 1, 2}})
    services.enter_slips(item_id=item.pk, by=w.worker, now=DAY, **heap)
    row = services.close_vote(item_id=item.pk, reason="", by=w.worker, now=DAY)
    assert (row.in_favour, row.against, row.needed) == (3, 1, 3)
    assert set(MemberVote.objects.filter(item=item).values_list("choice", flat=True)) == {""}
    assert {field.name for field in Slip._meta.get_fields()} == {"id", "item", "choice"}
    assert not LogEntry.objects.filter(action="deliberation.vote_item", detail__has_key="choice").exists()


def test_votes_stand_once_the_item_is_resolved():
    w = world(seats=5)
    item = w.opened().items.get()
    row = w.resolve(item, in_favour=5)
    for change in (
        lambda: MemberVote.objects.filter(item=item).update(choice="against"),
        lambda: MemberVote.objects.filter(item=item).delete(),
        lambda: Resolution.objects.filter(pk=row.pk).update(outcome="refused"),
        lambda: row.delete(),
    ):
        with pytest.raises(DatabaseError, match="denied"), transaction.atomic():
            change()


def test_one_item_at_a_time_and_the_roll_rests_meanwhile():
    w = world(seats=5, proposals=2)
    meeting = w.opened()
    first, second = meeting.items.all()
    services.open_vote(item_id=first.pk, by=w.worker, now=DAY)
    assert services.open_vote(item_id=first.pk, by=w.worker, now=DAY) == first
    with refused("vote_open"):
        services.open_vote(item_id=second.pk, by=w.worker, now=DAY)
    with refused("vote_open"):
        w.roll(meeting, present=4)
    with refused("vote_open"):
        services.close_meeting(meeting_id=meeting.pk, by=w.worker, now=DAY)


def test_a_withdrawn_proposal_does_not_hold_the_meeting():
    w = world(seats=5, proposals=2)
    meeting = w.opened()
    first, second = meeting.items.all()
    w.resolve(first, in_favour=5)
    with refused("items_left"):
        services.close_meeting(meeting_id=meeting.pk, by=w.worker, now=DAY)
    type(second.proposal).objects.filter(pk=second.proposal_id).update(standing=Standing.WITHDRAWN)
    with refused("item_settled"):
        services.open_vote(item_id=second.pk, by=w.worker, now=DAY)
    assert services.close_meeting(meeting_id=meeting.pk, by=w.worker, now=DAY).closed_at == DAY


def test_two_different_people_sign_and_only_then_the_minutes_are_public():
    """S31: maker is not checker."""
    w = world(seats=5)
    meeting = w.opened()
    w.resolve(meeting.items.get(), in_favour=5)
    services.close_meeting(meeting_id=meeting.pk, by=w.worker, now=DAY)
    assert held(w.batch) == {"unsigned": 1}
    with refused("not_chair"):
        services.sign_minutes(meeting_id=meeting.pk, as_chair=True, by=w.members[1], now=DAY)
    with refused("not_clerk"):
        services.sign_minutes(meeting_id=meeting.pk, as_chair=False, by=w.chair, now=DAY)
    services.sign_minutes(meeting_id=meeting.pk, as_chair=True, by=w.chair, now=DAY)
    with refused("already_signed"):
        services.write_notes(meeting_id=meeting.pk, notes={}, by=w.worker, now=DAY)
    signed = services.sign_minutes(meeting_id=meeting.pk, as_chair=False, by=w.worker, now=DAY)
    assert signed.published_at == DAY
    assert held(w.batch) == {}
    assert Job.objects.get(kind="deliberation.minutes_document").args == {"meeting": meeting.pk}


def test_what_is_unfinished_is_carried_over_with_a_reason():
    w = world(seats=5, proposals=4)
    standings = [Standing.LODGED, Standing.RETURNED, Standing.DEFERRED, Standing.SHORTLISTED]
    for row, standing in zip(w.proposals, standings, strict=True):
        type(row).objects.filter(pk=row.pk).update(standing=standing)
    assert held(w.batch) == {"unscreened": 1}
    assert len(services.carry_over(w.batch, DAY)) == 3
    assert services.carry_over(w.batch, now=DAY) == []
    after = [type(row).objects.get(pk=row.pk).standing for row in w.proposals]
    assert after == ["carried", "carried", "carried", "shortlisted"]
    assert all("下一批次" in row.reason for row in CarryOver.objects.all())
    assert Notice.objects.filter(kind="deliberation.carried").count() == 3


def test_members_and_workers_are_told_when_the_round_comes_to_the_council():
    w = world(seats=5, proposals=2)
    gate.enter(w.batch, now=NOON)
    gate.enter(w.batch, now=NOON)
    assert Notice.objects.filter(kind="deliberation.waiting").count() == 5
    assert Notice.objects.get(kind="deliberation.convene").person == w.worker
    assert Notice.objects.filter(kind="deliberation.convene").get().params["count"] == 2


def test_a_cancelled_round_takes_no_more_acts_and_awaits_nobody():
    w = world(seats=5, proposals=2)
    meeting = w.call(w.proposals[0])
    type(w.batch).objects.filter(pk=w.batch.pk).update(cancelled_at=NOON)
    for act in (lambda: w.call(w.proposals[1]), lambda: w.roll(meeting)):
        with pytest.raises(Refused, match="cancelled"):
            act()
    assert queries.awaiting(w.worker, today=DAY.date()) == queries.awaiting(w.members[1], today=DAY.date()) == []
