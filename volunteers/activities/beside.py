"""What a project's pages say of helpers: shifts that are open, and for its workers, a call for each step of the plan."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from communities.divisions.models import Division
from portal import asides, clock
from projects.delivery.models import Milestone
from projects.funding.models import Project
from volunteers.activities import queries
from volunteers.parties import parties_at
from volunteers.permissions import objection_to

WANTED, ASK = "volunteers/activities/_wanted.html", "volunteers/activities/_ask.html"
NEXT, MOST = "volunteers/activities/_next.html", 3


def register() -> None:
    """Called once when the app is ready."""
    asides.beside("project", wanted)
    asides.beside("delivery", ask)
    asides.beside("home", needed)
    asides.beside("community", needed)


def wanted(number: str, *, person: Any) -> tuple[str, dict[str, Any]] | None:
    """志愿者招募 on the life page of a project; nothing when nobody is wanted."""
    shifts = list(queries.coming(clock.now()).filter(call__project__proposal__number=number)[:5])
    return (WANTED, {"shifts": shifts}) if shifts else None


def needed(place: Division | None, *, person: Any) -> tuple[str, dict[str, Any]]:
    """志愿者招募 on the home page and on a community's: what needs helpers next, or that nothing does."""
    return NEXT, {"shifts": queries.with_places(clock.now(), community=place)[:MOST], "place": place}


def ask(project: Project, *, person: Any) -> tuple[str, dict[str, Any]] | None:
    """For the community's worker on the project's own page, while it is being carried out."""
    if project.stage != "delivery":
        return None
    parties = parties_at(person, project.community, day=timezone.localdate(clock.now()))
    may = objection_to("activities.make_call", roles=parties) is None
    steps = Milestone.objects.filter(project=project, done_on=None)[:20] if may else []
    shifts = list(queries.coming_of_project(project.pk, clock.now()))
    return (ASK, {"steps": steps, "shifts": shifts, "project": project}) if steps or shifts else None
