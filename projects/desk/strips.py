"""The stage strip of a round and of one proposal, as the component takes it: steps in a resident's words, with dates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from portal import figures
from projects import pipeline
from projects.models import Project, Proposal, Round
from projects.proposals.standings import ENDED, Standing
from projects.rounds import queries, terms

PLAIN_WORDS = terms.DISHES
FIRST = 1  # the strip begins where residents come in; the preparation is the office's


def round_steps(round: Round, words: Mapping[str, str]) -> list[dict]:
    """The round's own stages, then one step for the projects, which travel alone."""
    steps = _of_round(round, words)
    after = "current" if round.stage == pipeline.DONE else "next"
    return [*steps, {"title": _("逐项落实和评价"), "state": after, "dates": ""}]


def proposal_steps(proposal: Proposal, words: Mapping[str, str]) -> list[dict]:
    """The whole way of one proposal; a way that ended early stops at the step where it ended."""
    project = project_of(proposal)
    steps = _of_round(proposal.round, words)
    if project is None and (proposal.standing in ENDED or proposal.standing == Standing.NOT_CHOSEN):
        walked = [step for step in steps if step["state"] != "next"]
        return [{**step, "state": "done" if step["state"] == "current" else step["state"]} for step in walked]
    rows = pipeline.stages_of(pipeline.PROJECT)
    keys = [row.key for row in rows]
    here = _place(keys, project.stage) if project else -1
    return steps + [
        {"title": _(words[row.key]), "state": _state(place, here), "dates": ""} for place, row in enumerate(rows)
    ]


def _of_round(round: Round, words: Mapping[str, str]) -> list[dict]:
    rows = pipeline.stages_of(pipeline.ROUND)[FIRST:]
    used = {row.key for row in queries.used_stages(round)}
    keys = [row.key for row in rows]
    here = -1 if round.stage == "rounds" else _place(keys, round.stage)
    steps = []
    for place, row in enumerate(rows):
        window = queries.window_of(round, row.key)
        state = _state(place, here) if row.key in used else "over"
        steps.append({"title": _(words[row.key]), "state": state, "dates": dates_of(window) if window else ""})
    return steps


def dates_of(window: object) -> str:
    first, last = queries.days_of(window)
    if first == last:
        return figures.short_day(first)
    return f"{figures.short_day(first)}–{figures.short_day(last)}"


def project_of(proposal: Proposal) -> Project | None:
    return getattr(proposal, "project", None)


def note_of(round: Round, *, today: date) -> str:
    """正在投票，还剩 5 天: what a round does now, in one clause with its date."""
    window = queries.open_window(round)
    if round.cancelled_at or window is None:
        return ""
    left = (queries.days_of(window)[1] - today).days
    if left < 0:
        return _("正在收尾，办完就进入下一步")
    return figures.days_left(left, unit="calendar")


def next_step_of(round: Round, words: Mapping[str, str], *, today: date) -> str:
    """接下来：居民投票，11月21日起. When the stage before it runs late, no date is named that has passed."""
    window = None if round.cancelled_at else queries.next_window(round)
    return step_from(round, window.stage, words, today=today) if window else ""


def step_from(round: Round, stage: str, words: Mapping[str, str], *, today: date) -> str:
    """The same for a stage further on."""
    window = None if round.cancelled_at else queries.window_of(round, stage)
    if window is None:
        return ""
    if queries.days_of(window)[0] < today:
        return _("接下来：%(what)s") % {"what": _(words[stage])}
    return _("接下来：%(what)s，%(on)s起") % {"what": _(words[stage]), "on": figures.short_day(window.opens_at)}


def _place(keys: list[str], key: str) -> int:
    return len(keys) if key == pipeline.DONE else keys.index(key)


def _state(place: int, here: int) -> str:
    return "done" if place < here else "current" if place == here else "next"
