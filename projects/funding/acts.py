"""Acts on a project's pages: possible with an address, or disabled with the reason. Shared by the rooms that follow."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from communities.accounts.models import User
from portal import clock
from portal.refusals import Refusal, insist
from portal.web import words
from projects import engine, permissions, pipeline
from projects.funding import queries
from projects.funding.models import Project
from projects.items import Hold, Offer
from projects.parties import parties_to_project
from projects.permissions import Party

TABS = (
    ("funding:project", gettext_noop("资金")),
    ("delivery:project", gettext_noop("实施")),
    ("acceptance:project", gettext_noop("验收")),
    ("evaluation:project", gettext_noop("评价")),
)


def act(
    action: str,
    text: str,
    url: str,
    *,
    parties: frozenset[Party],
    stage: str,
    also: Refusal | None = None,
    posts: bool = False,
    primary: bool = False,
) -> Offer | None:
    """The act for these parties: None when it is not theirs or not of this stage, with the reason when something lacks."""
    if permissions.objection_to(action, roles=parties, stage=stage):
        return None
    refusal = also
    return Offer(
        text=text, url="" if refusal else url, posts=posts, primary=primary, why_not=words(refusal) if refusal else ""
    )


def possible(*acts: Offer | None) -> list[Offer]:
    return [made for made in acts if made is not None]


def load(number: str) -> Project:
    """The project with this public number; 404 when there is none."""
    return get_object_or_404(queries.project_by_number(number))


def load_for(request: HttpRequest, number: str, action: str = "desk.see_dossier") -> tuple[Project, frozenset[Party]]:
    """The project and the visitor's parties to it; refused when she has no business with `action`."""
    project = load(number)
    parties = parties_of(request.user, project, clock.today())
    insist(permissions.objection_to(action, roles=parties, stage=project.stage))
    return project, parties


def parties_of(person: User, project: Project, today: date) -> frozenset[Party]:
    return parties_to_project(person, project, day=today)


def spoken(holds: list[Hold]) -> list[dict]:
    """Holds as a component takes them, in the reader's language."""
    return [
        {
            "text": _(hold.text) % {"count": hold.count, **hold.params},
            "who": _(hold.who) if hold.who else "",
            "url": hold.url,
        }
        for hold in holds
    ]


def frame(project: Project, parties: frozenset[Party]) -> dict:
    """What every work page of a project shows: its strip, tabs and what holds it."""
    number = project.proposal.number
    stages = pipeline.stages_of(pipeline.PROJECT)
    keys = [stage.key for stage in stages]
    here = keys.index(project.stage) if project.stage in keys else len(keys)
    steps = [
        {"title": _(stage.title), "state": "done" if place < here else "current" if place == here else "next"}
        for place, stage in enumerate(stages)
    ]
    seen = (
        TABS if permissions.objection_to("desk.see_dossier", roles=parties, stage=project.stage) is None else TABS[1:2]
    )
    return {
        "project": project,
        "steps": steps,
        "tabs": [{"title": _(title), "url": reverse(view, args=[number])} for view, title in seen],
        "held": spoken(engine.holds(project, now=clock.now())),
        "parties": parties,
    }
