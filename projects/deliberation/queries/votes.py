"""Reads of the votes: who is there, whose vote may be cast, what was cast, what a member has still to do."""

from __future__ import annotations

from django.db.models import Count

from communities.accounts.models import User
from projects.deliberation import mandate, rules
from projects.deliberation.models import AgendaItem, Meeting, MemberVote, Recusal
from projects.deliberation.queries.mandates import carried_by, carried_votes, charter_of
from projects.deliberation.queries.meetings import roll_of
from projects.deliberation.rules import Count as Figures


def people_at(meeting: Meeting) -> tuple[set[int], dict[int, int]]:
    """(who is there, {who is represented: by whom}), as the roll stands; one query."""
    rows = meeting.attendances.filter(state__in=(rules.PRESENT, mandate.REPRESENTED))
    pairs = dict(rows.values_list("person_id", "holder_id"))
    return {person for person, holder in pairs.items() if holder is None}, {k: v for k, v in pairs.items() if v}


def aside_from(item: AgendaItem) -> set[int]:
    return set(item.recusals.values_list("person_id", flat=True))


def entitled_to(item: AgendaItem) -> set[int]:
    """Whose vote may be cast on the item: those present, and those represented, without whoever stood aside."""
    present, represented = people_at(item.meeting)
    return mandate.entitled(present, represented=represented, aside=aside_from(item))


def figures_of(item: AgendaItem) -> Figures:
    """The item's vote in figures, as it stands now."""
    present, represented = people_at(item.meeting)
    aside = aside_from(item)
    silenced = mandate.silenced(represented, aside=aside)
    source = item.slips if item.meeting.secret else item.votes
    given = dict(source.values_list("choice").annotate(n=Count("pk")))
    return Figures(
        seats=item.meeting.seats or 0,
        present=len(present),
        recused=len(present & aside) + len(silenced),
        in_favour=given.get(rules.FOR, 0),
        against=given.get(rules.AGAINST, 0),
        abstained=given.get(rules.ABSTAIN, 0),
        represented=len(represented),
        represented_count=charter_of(item.meeting).in_quorum,
    )


def hands_to_enter(item: AgendaItem) -> tuple[list[User], dict[int, str]]:
    """Who may vote and did not vote on the phone, and what the clerk entered before."""
    held = list(item.votes.all())
    own = {vote.person_id for vote in held if vote.entered_by_id is None}
    given = {vote.person_id: vote.choice for vote in held if vote.entered_by_id is not None}
    return people_of(item, entitled_to(item) - own), given


def yet_to_vote(item: AgendaItem) -> list[User]:
    return people_of(item, entitled_to(item) - set(item.votes.values_list("person_id", flat=True)))


def people_of(item: AgendaItem, keys: set[int]) -> list[User]:
    """Those people in the order of the roll; `votes_by` is the member who votes in somebody's stead."""
    people = []
    for each in roll_of(item.meeting):
        if each.person_id in keys:
            each.person.votes_by = each.holder
            people.append(each.person)
    return people


def mine_in(meeting: Meeting, person: User) -> dict[str, object]:
    """Item ids that the person stood aside from, and that she voted on; for whom else she votes, and where she has."""
    return {
        "aside": set(Recusal.objects.filter(item__meeting=meeting, person=person).values_list("item_id", flat=True)),
        "voted": set(MemberVote.objects.filter(item__meeting=meeting, person=person).values_list("item_id", flat=True)),
        "carries": carried_by(meeting, person),
        "carried": carried_votes(meeting, person),
    }
