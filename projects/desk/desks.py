"""What the offices' pages print: rows of the queue, a round's desk, the facts of a dossier."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from communities.accounts.models import User
from portal import figures, holidays
from portal.web import words
from portal.workdays import working_days_left
from projects import engine, permissions, pipeline
from projects.desk import cards
from projects.desk.forms import QueueForm
from projects.items import Hold, Task
from projects.models import Proposal, Round
from projects.permissions import title_of
from projects.rounds import queries
from projects.rounds.services.move import objection_to_move_on
from projects.voting.queries import desks_of

ISO_DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")


def queue_rows(tasks: Iterable[Task], asked: Mapping[str, Any], *, today: date) -> list[dict]:
    """Tasks that fit the filter, as the queue component takes them, numbered in their order."""
    kept = [
        task
        for task in tasks
        if asked.get("stage", task.stage) == task.stage and asked.get("community", task.community) == task.community
    ]
    calendar = holidays.calendar()
    return [
        {
            "url": task.url,
            "title": task.title,
            "kind": task.text,
            "place": task.community,
            "number": _(pipeline.stage(task.stage).title),
            "due_on": task.due_on,
            "left": working_days_left(today, task.due_on, calendar) if task.due_on else None,
            "place_in_queue": place,
        }
        for place, task in enumerate(kept)
    ]


def beside(rows: list[dict], at: str, form: QueueForm) -> dict:
    """The row looked at and links to its neighbours that keep the filter (keys j and k)."""
    place = int(at) if at.isascii() and at.isdigit() and len(at) < 6 and int(at) < len(rows) else 0
    if rows:
        rows[place]["current"] = bool(at)
    return {
        "current": rows[place] if rows else None,
        "next_url": f"?{form.query(at=str(place + 1))}" if place + 1 < len(rows) else "",
        "previous_url": f"?{form.query(at=str(place - 1))}" if place else "",
    }


def desk_of(round: Round, *, person: User, now: datetime) -> dict:
    held = engine.holds(round, now=now)
    objection = None if round.stage == pipeline.DONE else objection_to_move_on(round, by=person, now=now)
    days = {row.stage: queries.window_of(round, row.stage) for row in round.windows.all()}
    back = () if round.stage == pipeline.DONE else pipeline.stage(round.stage).back_to
    to = "" if round.stage == pipeline.DONE else pipeline.next_after(round.stage, unused=engine.unused_stages(round))
    state, tone = cards.round_state(round)
    return {
        "round": round,
        "state": state,
        "tone": tone,
        "holds": [hold_row(hold) for hold in held],
        "to": title_of(to) if to else "",
        "why_not": words(objection) if objection else "",
        "back": [title_of(key) for key in back],
        "calendar": [
            {"title": _(row.title), "window": days.get(row.key), "current": row.key == round.stage, "timed": row.timed}
            for row in queries.used_stages(round)
        ],
        "paper": desks_of(person, today=timezone.localdate(now), of=round) if round.stage == "voting" else None,
        "can_rehearse": round.stage in permissions.PERMITS["rehearsal.run_rehearsal"].stages,
        "moves": [
            {"move": move, "left": title_of(move.left), "entered": title_of(move.entered)}
            for move in queries.moves_of(round)
        ],
    }


def hold_row(hold: Hold) -> dict:
    """A hold as the component takes it."""
    text = _(hold.text) % {"count": hold.count, **{name: _said(value) for name, value in hold.params.items()}}
    return {"text": text, "who": _(hold.who) if hold.who else "", "since": hold.since, "url": hold.url}


def _said(value: object) -> object:
    """Days among the values of a hold are said as people say them; rooms may hand them over as dates or ISO text."""
    if isinstance(value, str) and ISO_DAY.fullmatch(value):
        value = date.fromisoformat(value)
    return figures.day(value) if isinstance(value, date) else value


def facts_of(proposal: Proposal) -> list[dict]:
    """The proposal as an officer needs it, in the office's terms."""
    office_state, _tone = cards.state_of(proposal, office=True)
    rows = [
        (_("编号"), proposal.number),
        (_("批次"), f"{proposal.round.title}（{proposal.round.number}）"),
        (_("批次阶段"), proposal.round.get_stage_display()),
        (_("状态"), office_state),
        (_("社区"), proposal.community.name),
        (_("来源"), proposal.get_origin_display()),
        (_("提案人"), cards.proposer_shown(proposal)),
        (_("纸质登记号"), proposal.paper_ref),
        (_("提交时间"), figures.moment(proposal.lodged_at)),
        (_("地点"), proposal.place),
        (_("受益的人"), proposal.beneficiaries),
        (_("大约受益人数"), proposal.beneficiary_count),
        (_("类型"), proposal.get_category_display()),
        (_("内容类别"), proposal.get_content_class_display()),
        (_("估算金额"), figures.yuan(proposal.estimate)),
    ]
    return [{"label": label, "value": value} for label, value in rows]
