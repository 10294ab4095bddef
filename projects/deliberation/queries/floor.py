"""Reads of the speaking order: the queue of an item, who speaks, who has spoken."""

from __future__ import annotations

from dataclasses import dataclass

from communities.accounts.models import User
from projects.deliberation.models import AgendaItem, Attendance, Meeting, Turn

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Floor:
    """An item's turns: who speaks now, who waits in order, who has spoken."""

    speaking: Turn | None
    waiting: list[Turn]
    spoken: list[Turn]


def floor_of(item: AgendaItem) -> Floor:
    """One query. Those who wait are never more than the members; of those who spoke the last fifty."""
    rows = list(item.turns.select_related("person").order_by("pk"))
    speaking = next((row for row in rows if row.called_at and not row.spoke_at), None)
    waiting = [row for row in rows if not row.called_at]
    return Floor(speaking, waiting, [row for row in rows if row.spoke_at][-SHOWN:])


def own_turns(meeting: Meeting, person: User) -> dict[int, dict[str, object]]:
    """{item: {turn, ahead}} of the turns that the person asked for and has not had; two queries for a whole agenda."""
    mine = {row.item_id: row for row in Turn.objects.filter(item__meeting=meeting, person=person, spoke_at=None)}
    if not mine:
        return {}
    others = Turn.objects.filter(item__in=list(mine), called_at=None).values_list("item_id", "pk")
    ahead = {key: sum(item == key and pk < row.pk for item, pk in others) for key, row in mine.items()}
    return {key: {"turn": row, "ahead": ahead[key]} for key, row in mine.items()}


def may_speak(item: AgendaItem) -> list[User]:
    """Members who are there and do not wait for a turn already, in the order of the roll."""
    busy = set(item.turns.filter(spoke_at=None).values_list("person_id", flat=True))
    rows = item.meeting.attendances.filter(state=Attendance.State.PRESENT).select_related("person").order_by("seat")
    return [row.person for row in rows if row.person_id not in busy]


def speakers_in(meeting: Meeting) -> dict[int, list[str]]:
    """{item: names} of who was called to speak, in that order, each once; one query."""
    rows = Turn.objects.filter(item__meeting=meeting, called_at__isnull=False).order_by("called_at", "pk")
    held: dict[int, dict[str, None]] = {}
    for item, name in rows.values_list("item_id", "person__name"):
        held.setdefault(item, {})[name] = None
    return {item: list(names) for item, names in held.items()}
