"""Votes and interests of the members: from their own phones, by show of hands, on paper slips."""

from __future__ import annotations

from collections.abc import Mapping, Set
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from communities.accounts.models import User
from portal import log
from portal.publishing import objection_to_publishing
from portal.refusals import Refusal, insist
from portal.refusals import gettext_noop as _
from projects.deliberation import mandate, queries, rules
from projects.deliberation.models import AgendaItem, MemberVote, Recusal, Slip
from projects.deliberation.services.locked import item_for


@transaction.atomic
def vote_item(*, item_id: int, choice: str, by: User, now: datetime, person_id: int | None = None) -> MemberVote:
    """A member's own vote on the item at the vote, or the one that she casts for `person_id`, apart from her own. An open
    vote may be changed until the item is closed; a secret one is final, and nothing joins the slip to the member."""
    item = item_for("deliberation.vote_item", item_id, by=by, now=now)
    person = by.pk if person_id is None else person_id
    held = item.votes.filter(person=person).first()
    present, represented = queries.people_at(item.meeting)
    aside, carries = queries.aside_from(item), person != by.pk
    if carries:
        silent = person in mandate.silenced(represented, aside=aside)
        insist(mandate.objection_to_voting_for(mandated=represented.get(person) == by.pk, silent=silent))
    insist(
        rules.objection_to_vote(
            choice,
            is_open=rules.voting_open(opened_at=item.opened_at, closed_at=item.closed_at),
            on_roll=item.meeting.attendances.filter(person=by).exists(),
            present=by.pk in present,
            recused=by.pk in aside,
            already=held is not None and (item.meeting.secret or held.entered_by_id is not None),
        )
    )
    log.record("deliberation.vote_item", by=by, about=item, now=now, person=person)
    holder = by if carries else None
    if item.meeting.secret:
        Slip.objects.create(item=item, choice=choice)
        return MemberVote.objects.create(item=item, person_id=person, holder=holder, at=now)
    kept = {"choice": choice, "holder": holder, "at": now}
    vote, _made = MemberVote.objects.update_or_create(item=item, person_id=person, defaults=kept)
    return vote


@transaction.atomic
def enter_hands(*, item_id: int, votes: Mapping[int, str], by: User, now: datetime) -> int:
    """The clerk's record of a show of hands, member by member; who voted on the phone keeps her own vote.

    A repeat replaces what the clerk entered before, until the item is closed.
    """
    item = item_for("deliberation.run_meeting", item_id, by=by, now=now)
    insist(_objection_to_entering(item))
    if item.meeting.secret:
        insist(Refusal("secret", _("这次会议是无记名表决，不能逐人登记。")))
    own = set(item.votes.filter(entered_by=None).values_list("person_id", flat=True))
    insist(rules.objection_to_hands(votes, entitled=queries.entitled_to(item) - own))
    item.votes.exclude(entered_by=None).delete()
    _present, held_by = queries.people_at(item.meeting)
    MemberVote.objects.bulk_create(
        MemberVote(item=item, person_id=person, holder_id=held_by.get(person), choice=choice, entered_by=by, at=now)
        for person, choice in votes.items()
    )
    log.record("deliberation.enter_hands", by=by, about=item, now=now, people=len(votes))
    return len(votes)


@transaction.atomic
def enter_slips(
    *, item_id: int, people: Set[int], in_favour: int, against: int, abstained: int, by: User, now: datetime
) -> int:
    """Paper slips of a secret vote: who handed one in, and what the heap comes to. Final once entered."""
    item = item_for("deliberation.run_meeting", item_id, by=by, now=now)
    insist(_objection_to_entering(item))
    if not item.meeting.secret:
        insist(Refusal("not_secret", _("这次会议是举手表决，请逐人登记。")))
    given = set(item.votes.values_list("person_id", flat=True))
    if people & given or people - queries.entitled_to(item):
        insist(Refusal("not_entitled", _("交票名单里有人已用手机投票、未到会或需要回避，请核对。"), field="people"))
    insist(rules.objection_to_slips(people=len(people), in_favour=in_favour, against=against, abstained=abstained))
    _present, held_by = queries.people_at(item.meeting)
    MemberVote.objects.bulk_create(
        MemberVote(item=item, person_id=each, holder_id=held_by.get(each), entered_by=by, at=now) for each in people
    )
    heap = [rules.FOR] * in_favour + [rules.AGAINST] * against + [rules.ABSTAIN] * abstained
    Slip.objects.bulk_create(Slip(item=item, choice=choice) for choice in heap)
    log.record("deliberation.enter_slips", by=by, about=item, now=now, people=len(people))
    return len(people)


@transaction.atomic
def declare_interest(*, item_id: int, person_id: int, reason: str, by: User, now: datetime) -> Recusal:
    """A member stands aside from an item; the clerk may record what was said in the room. A repeat changes nothing."""
    own = by.pk == person_id
    action = "deliberation.declare_interest" if own else "deliberation.run_meeting"
    item = item_for(action, item_id, by=by, now=now)
    voted = item.votes.filter(Q(person_id=person_id) | Q(holder_id=person_id)).exists()
    is_open = rules.voting_open(opened_at=item.opened_at, closed_at=item.closed_at)
    insist(rules.objection_to_recusal(is_open=is_open, decided=item.closed_at is not None, voted=voted))
    seats = queries.seats_on(item.meeting.council, queries.local_day(now))
    if not seats.filter(person=person_id).exists():
        insist(Refusal("not_on_council", _("只有议事代表需要声明回避。"), field="person"))
    if not reason.strip():
        insist(Refusal("reason_missing", _("请写明回避的原因，例如“我住在这栋楼”。"), field="reason"))
    insist(objection_to_publishing(reason, field="reason"))
    row, made = Recusal.objects.get_or_create(
        item=item,
        person_id=person_id,
        defaults={"reason": reason.strip(), "entered_by": None if own else by, "at": now},
    )
    if made:
        log.record("deliberation.declare_interest", by=by, about=item, now=now, person=person_id)
    return row


def _objection_to_entering(item: AgendaItem) -> Refusal | None:
    if rules.voting_open(opened_at=item.opened_at, closed_at=item.closed_at):
        return None
    return Refusal("vote_closed", _("这一项现在不在表决，不能登记表决意见。"))
