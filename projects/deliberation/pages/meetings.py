"""Pages of a meeting as plain values: its state in words, its public sheet, the minutes, the wall, the clerk's console."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from communities.accounts.models import User
from portal import clock, figures
from portal.templatetags.words import in_words
from projects.deliberation import mandate, queries, rules
from projects.deliberation.models import AgendaItem, Attendance, Choice, Meeting
from projects.deliberation.pages.mandates import came_in_words, mandates_in_words
from projects.parties import parties_at
from projects.permissions import Party

TONES = {rules.PASSED: "done", rules.REFUSED: "urgent", rules.DEFERRED: "turn"}


def state_of(meeting: Meeting) -> tuple[str, str]:
    """(words, tone) of a meeting."""
    if meeting.adjourned_at:
        return _("已改期"), "stopped"
    if meeting.published_at:
        return _("纪要已公开"), "done"
    if meeting.closed_at:
        return _("已结束，待签字"), "turn"
    if meeting.opened_at:
        return _("正在开会"), "active"
    return _("已通知"), "plain"


def card(meeting: Meeting) -> dict[str, Any]:
    words, tone = state_of(meeting)
    return {"row": meeting, "state": words, "tone": tone}


def item_line(item: AgendaItem) -> dict[str, Any]:
    """One line of an agenda: the result, or where it stands."""
    resolution = getattr(item, "resolution", None)
    if resolution:
        words, tone = resolution.get_outcome_display(), TONES[resolution.outcome]
    elif item.proposal.standing not in queries.WAITING:
        words, tone = item.proposal.get_standing_display(), "stopped"
    elif item.opened_at and not item.closed_at:
        words, tone = _("正在表决"), "active"
    else:
        words, tone = _("待评议"), "plain"
    return {"item": item, "resolution": resolution, "state": words, "tone": tone, "url": place_of(item)}


def place_of(item: AgendaItem) -> str:
    return reverse("desk:proposal", args=[item.proposal.number])


def marks_in_words(meeting: Meeting) -> str:
    """The charter's thresholds as this meeting applied them."""
    marks = {"quorum": in_words(queries.mark(meeting, "quorum")), "mark": in_words(queries.mark(meeting, "pass"))}
    said = _(
        "开会要求：到会%(quorum)s（按应到人数算）。通过要求：同意%(mark)s（按可表决人数算）。回避的人算到会，不算可表决人数。"
    )
    return said % marks + mandates_in_words(queries.charter_of(meeting))


def public_sheet(meeting: Meeting) -> dict[str, Any]:
    words, tone = state_of(meeting)
    shown = meeting.published_at is not None
    made = queries.documents_of(meeting) if shown else {}
    roll = queries.roll_of(meeting) if shown else []
    return {
        "meeting": meeting,
        "state": words,
        "tone": tone,
        "lines": [item_line(item) for item in queries.items_of(meeting)],
        "marks": marks_in_words(meeting),
        "roll": roll,
        "attendance": attendance_in_words(roll),
        "document": made.get("docx"),
        "pdf": made.get("pdf"),
    }


def minutes_sheet(meeting: Meeting) -> dict[str, Any]:
    roll, spoke = queries.roll_of(meeting), queries.speakers_in(meeting)
    for each in roll:
        each.came = came_in_words(each)
    return {
        **public_sheet(meeting),
        "roll": roll,
        "attendance": attendance_in_words(roll),
        "lines": [
            {**item_line(item), "votes": votes_by_choice(item), "spoke": figures.listed(spoke.get(item.pk, []))}
            for item in queries.items_of(meeting)
        ],
    }


def counted(roll: list[Attendance]) -> dict[str, int]:
    states = Counter(each.state for each in roll)
    known = (rules.PRESENT, rules.ABSENT, rules.EXCUSED, mandate.REPRESENTED)
    return {"seats": len(roll), **{state: states[state] for state in known}}


def attendance_in_words(roll: list[Attendance]) -> str:
    """How many should have come, came, are represented, stayed away; nothing before the roll is entered."""
    if not roll:
        return ""
    figures_of = counted(roll)
    if figures_of[mandate.REPRESENTED]:
        said = _("应到 %(seats)s 人，实到 %(present)s 人，委托出席 %(proxy)s 人，缺席 %(absent)s 人，请假 %(excused)s 人。")
    else:
        said = _("应到 %(seats)s 人，实到 %(present)s 人，缺席 %(absent)s 人，请假 %(excused)s 人。")
    return said % figures_of


def votes_by_choice(item: AgendaItem) -> list[dict[str, Any]]:
    """[{choice, names}] of an open vote, those in favour first; nothing for a secret one."""
    held: dict[str, list[str]] = {choice: [] for choice in Choice.values}
    for vote in item.votes.all():
        if vote.choice:
            said = _("%(name)s（%(holder)s代）") % {"name": vote.person.name, "holder": vote.holder.name} if vote.holder else ""
            held[vote.choice].append(said or vote.person.name)
    return [{"choice": Choice(choice).label, "names": figures.listed(names)} for choice, names in held.items() if names]


def may_read_minutes(meeting: Meeting, person: User) -> bool:
    """Everybody once they are signed; before that the community's worker and whoever chaired."""
    if meeting.published_at:
        return True
    if not meeting.closed_at:
        return False
    parties = parties_at(person, meeting.community, day=clock.today())
    return Party.WORKER in parties or (person.is_authenticated and person.pk == meeting.chair_id)


def wall_of(meeting: Meeting) -> dict[str, Any]:
    """The item at the vote with how many have voted, or the last result."""
    item = queries.item_at_vote(meeting)
    if item:
        return {"item": item, "voted": item.votes.count(), "entitled": len(queries.entitled_to(item)), "last": None}
    rows = meeting.items.filter(resolution__isnull=False).select_related("proposal", "resolution")
    return {"item": None, "last": rows.order_by("-resolution__at").first()}


def console(meeting: Meeting) -> dict[str, Any]:
    """The clerk's page: roll, quorum, agenda with what can be done at each item."""
    roll = queries.roll_of(meeting)
    seats = meeting.seats or queries.seats_on(meeting.council, clock.today()).count()
    quorum, tally, charter = queries.mark(meeting, "quorum"), counted(roll), queries.charter_of(meeting)
    heads = tally["present"] + (tally[mandate.REPRESENTED] if charter.in_quorum else 0)
    words, tone = state_of(meeting)
    lines = [item_line(item) for item in queries.items_of(meeting)]
    return {
        "meeting": meeting,
        "state": words,
        "tone": tone,
        "lines": lines,
        "roll": roll,
        "counted": tally,
        "seats": seats,
        "needed": quorum.needed(seats),
        "quorate": quorum.is_reached(heads, seats),
        "charter": charter,
        "voting": next((line["item"] for line in lines if line["item"].opened_at and not line["item"].closed_at), None),
        "left": sum(not line["resolution"] and line["item"].proposal.standing in queries.WAITING for line in lines),
        "marks": marks_in_words(meeting),
        "is_today": is_due(meeting, today=clock.today()),
    }


def is_due(meeting: Meeting, *, today: date) -> bool:
    return today >= queries.local_day(meeting.starts_at)


def standing_of_vote(item: AgendaItem) -> dict[str, Any]:
    """The clerk's view of a vote before it is closed: figures and what they would come to."""
    count = queries.figures_of(item)
    meeting = item.meeting
    decision = rules.decide(count, quorum=queries.mark(meeting, "quorum"), mark=queries.mark(meeting, "pass"))
    return {"count": count, "decision": decision if isinstance(decision, rules.Decision) else None}


def first_day_in_words(batch: Any, council: Any) -> str:
    return figures.day(queries.first_possible_day(batch, council, today=clock.today()))
