"""A member's papers as plain values: the plans, what is at the vote, what is hers to do now."""

from __future__ import annotations

from typing import Any

from communities.accounts.models import User
from projects.deliberation import mandate, queries
from projects.deliberation.models import AgendaItem, Meeting
from projects.deliberation.pages.mandates import mandates_sheet


def papers_sheet(meeting: Meeting, person: User) -> dict[str, Any]:
    """The agenda with the plans, the item at the vote, whom she votes for, where she asked for the floor."""
    mine, voting = queries.mine_in(meeting, person), queries.item_at_vote(meeting)
    sheet = mandates_sheet(meeting)
    papers = with_floor(meeting, person, queries.papers_of(meeting))
    return {
        **sheet,
        "papers": papers,
        "called": [item for item in papers if item.turn and item.turn["turn"].called_at and item.has_floor],
        "mine": mine,
        "voting": voting,
        "seated": person in queries.members_on_the_day(meeting),
        "given": next((row for row in sheet["rows"] if row.person_id == person.pk), None),
        "held": [row for row in sheet["rows"] if row.holder_id == person.pk],
        "carried": carried_lines(voting, person, mine) if voting else [],
    }


def carried_lines(item: AgendaItem, person: User, mine: dict[str, Any]) -> list[dict[str, Any]]:
    """Those whose votes she casts on the item: whether it rests, whether she has."""
    rests = mandate.silenced({each.pk: person.pk for each in mine["carries"]}, aside=queries.aside_from(item))
    return [
        {"person": each, "rests": each.pk in rests, "voted": (item.pk, each.pk) in mine["carried"]}
        for each in mine["carries"]
    ]


def with_floor(meeting: Meeting, person: User, items: list[AgendaItem]) -> list[AgendaItem]:
    """The items with her turn, and whether she may ask for one: she is there, and the item is not yet at the vote."""
    running = bool(meeting.opened_at and not meeting.closed_at)
    turns = queries.own_turns(meeting, person) if running else {}
    here = running and person.pk in queries.people_at(meeting)[0]
    for item in items:
        item.turn = turns.get(item.pk)
        item.has_floor = here and item.opened_at is None and item.proposal.standing in queries.WAITING
    return items
