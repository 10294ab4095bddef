"""The course of a meeting: the roll, opening, one item after the other, closing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from communities.accounts.models import User
from portal import figures, log
from portal.refusals import Refusal, insist
from portal.refusals import gettext_noop as _
from projects.deliberation import mandate, queries, rules
from projects.deliberation.models import AgendaItem, Attendance, Meeting
from projects.deliberation.services.convene import stand_aside
from projects.deliberation.services.locked import item_for, meeting_for


@transaction.atomic
def enter_roll(*, meeting_id: int, states: Mapping[int, str], by: User, now: datetime) -> Meeting:
    """Write down for every seat whether its member is there. May be corrected while no item is at the vote."""
    meeting = meeting_for("deliberation.run_meeting", meeting_id, by=by, now=now)
    insist(_objection_to_ended(meeting))
    if queries.item_at_vote(meeting):
        insist(Refusal("vote_open", _("有一项正在表决，表决结束后才能改到会情况。")))
    seats = {seat.person_id: seat for seat in queries.seats_on(meeting.council, queries.local_day(now))}
    insist(rules.objection_to_roll(states, seats=seats.keys()))
    holders = queries.holders_in(meeting)
    insist(mandate.objection_to_represented(states, present=rules.PRESENT, holders=holders))
    for person, seat in seats.items():
        Attendance.objects.update_or_create(
            meeting=meeting,
            person_id=person,
            defaults={
                "seat": seat,
                "state": states[person],
                "holder_id": holders[person] if states[person] == mandate.REPRESENTED else None,
                "entered_by": by,
                "at": now,
            },
        )
    meeting.attendances.exclude(person__in=seats).delete()
    present = sum(state == rules.PRESENT for state in states.values())
    log.record("deliberation.enter_roll", by=by, about=meeting, now=now, seats=len(seats), present=present)
    return meeting


@transaction.atomic
def open_meeting(*, meeting_id: int, chair_id: int, by: User, now: datetime) -> Meeting:
    """Open the meeting with a quorum and a chair who is there; the number of filled seats is frozen. Once."""
    meeting = meeting_for("deliberation.run_meeting", meeting_id, by=by, now=now)
    insist(_objection_to_ended(meeting))
    if meeting.opened_at:
        insist(Refusal("already_open", _("会议已经开始。")))
    if queries.local_day(now) < queries.local_day(meeting.starts_at):
        insist(Refusal("not_the_day", _("会议定在%(day)s，当天才能开会。"), {"day": figures.day(meeting.starts_at)}))
    states = dict(meeting.attendances.values_list("person_id", "state"))
    seats = {seat.person_id for seat in queries.seats_on(meeting.council, queries.local_day(now))}
    insist(rules.objection_to_roll(states, seats=seats))
    insist(mandate.objection_to_represented(states, present=rules.PRESENT, holders=queries.holders_in(meeting)))
    present, represented = queries.people_at(meeting)
    heads = len(present) + (len(represented) if queries.charter_of(meeting).in_quorum else 0)
    quorum = queries.mark(meeting, "quorum")
    insist(rules.objection_to_quorum(seats=len(seats), present=heads, quorum=quorum))
    if chair_id not in present or chair_id == by.pk:
        insist(Refusal("chair_absent", _("主持人要从到会的议事代表里选，不能是记录人本人。"), field="chair"))
    meeting.opened_at, meeting.seats, meeting.chair_id = now, len(seats), chair_id
    meeting.save(update_fields=["opened_at", "seats", "chair"])
    log.record("deliberation.open_meeting", by=by, about=meeting, now=now, seats=len(seats), present=len(present))
    return meeting


@transaction.atomic
def open_vote(*, item_id: int, by: User, now: datetime) -> AgendaItem:
    """Put one item to the vote; the others wait. The proposer stands aside. A repeat changes nothing."""
    item = item_for("deliberation.run_meeting", item_id, by=by, now=now)
    insist(objection_to_running(item.meeting))
    at_vote = queries.item_at_vote(item.meeting)
    if at_vote and at_vote.pk == item.pk:
        return item
    if at_vote:
        insist(Refusal("vote_open", _("还有一项正在表决，请先结束表决。")))
    insist(_objection_to_item(item))
    members = set(item.meeting.attendances.values_list("person_id", flat=True))
    if item.proposal.proposer_id in members:
        stand_aside(item, now=now)
    count = queries.figures_of(item)
    quorum = queries.mark(item.meeting, "quorum")
    insist(rules.objection_to_item(count, quorum=quorum))
    item.opened_at = now
    item.save(update_fields=["opened_at"])
    log.record("deliberation.open_vote", by=by, about=item, now=now, present=count.present, recused=count.recused)
    return item


@transaction.atomic
def close_meeting(*, meeting_id: int, by: User, now: datetime) -> Meeting:
    """End the meeting when every item has a result; what was withdrawn meanwhile needs none."""
    meeting = meeting_for("deliberation.run_meeting", meeting_id, by=by, now=now)
    insist(objection_to_running(meeting))
    voting = 1 if queries.item_at_vote(meeting) else 0
    insist(rules.objection_to_closing(undecided=queries.undecided_items(meeting).count(), voting=voting))
    meeting.closed_at = now
    meeting.save(update_fields=["closed_at"])
    log.record("deliberation.close_meeting", by=by, about=meeting, now=now)
    return meeting


def objection_to_running(meeting: Meeting) -> Refusal | None:
    if meeting.opened_at is None and meeting.adjourned_at is None:
        return Refusal("not_open", _("会议还没有开始，"), next=_("请先登记到会情况并宣布开会。"))
    return _objection_to_ended(meeting)


def _objection_to_ended(meeting: Meeting) -> Refusal | None:
    if meeting.closed_at or meeting.adjourned_at:
        return Refusal("ended", _("这次会议已经结束或改期，不能再改。"))
    return None


def _objection_to_item(item: AgendaItem) -> Refusal | None:
    if item.proposal.standing not in queries.WAITING or item.closed_at:
        return Refusal("item_settled", _("这一项已经有结果或已撤回，不用再表决。"))
    return None
