"""The offices' overview: which places a person may look at, ageing, rows behind every figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from communities.accounts.models import User
from communities.divisions.models import Division
from communities.roles.queries import within
from portal.refusals import Refusal
from portal.refusals import gettext_noop as _
from projects import permissions
from projects.delivery.models import ProblemReport
from projects.delivery.queries import flagged, marked
from projects.delivery.rules import Flag
from projects.desk.queries import programme
from projects.desk.queries.below import Below
from projects.funding.queries import OFFICE
from projects.models import Project
from projects.parties import parties_anywhere
from projects.pipeline import DONE

LOOKED_AT = (Division.Level.CITY, Division.Level.DISTRICT, Division.Level.STREET, Division.Level.COMMUNITY)
AGES = ((30, _("30 天以内")), (60, _("31–60 天")), (90, _("61–90 天")), (None, _("90 天以上")))
STATES = {**programme.STATES, "overdue": (_("超期"), _("超期未开工、进展停滞或节点落后的项目。")), "stopped": (_("已暂停"), "")}
SORTS = ("overdue", "rate", "waiting", "code")


@dataclass(frozen=True, slots=True)
class Age:
    """How many projects have stood in one stage for how long."""

    stage: str
    counts: tuple[int, ...]

    @property
    def all(self) -> int:
        return sum(self.counts)


def objection_to_overview(person: User, *, today: date) -> Refusal | None:
    """The overview is for offices, supervisors and auditors."""
    parties = parties_anywhere(person, day=today)
    return permissions.objection_to("desk.see_dossier", roles=parties, stage=DONE)


def places_seen(person: User, *, today: date) -> QuerySet[Division]:
    """Divisions where the person's office may look: her own and those below, down to the communities."""
    reach = within(person, OFFICE, today)
    return Division.objects.filter(reach, level__in=LOOKED_AT, abolished_on=None).order_by("path")


def place_seen(person: User, code: str, *, today: date) -> Division | None:
    """The place of this code, or without a code the widest that the person has; None when it is not hers."""
    seen = places_seen(person, today=today)
    return seen.filter(code=code).first() if code else seen.first()


def way_to(place: Division, person: User, *, today: date) -> list[Division]:
    """The places above this one that the person may look at, the widest first."""
    above = [code for code in place.path.split("/") if code and code != place.code]
    return list(places_seen(person, today=today).filter(code__in=above))


def ages_of(place: Division, *, today: date, below: Below | None = None) -> list[Age]:
    """Open projects by stage and by how long they have stood there; one query."""
    midnight = timezone.make_aware(datetime.combine(today, time.min))
    bands, upper = {}, None
    for number, (days, _title) in enumerate(AGES):
        fits = Q(stage_since__lt=upper) if upper else Q()
        if days is not None:
            since = midnight - timedelta(days=days)
            fits &= Q(stage_since__gte=since)
            upper = since
        bands[f"band{number}"] = Count("pk", filter=fits)
    rows = programme.projects_below(place, below).filter(stage__in=programme.OPEN).values("stage").annotate(**bands).order_by()
    found = {row["stage"]: tuple(row[f"band{number}"] for number in range(len(AGES))) for row in rows}
    return [Age(stage, found.get(stage, (0,) * len(AGES))) for stage in programme.OPEN]


def unanswered_late(place: Division, *, today: date) -> int:
    """Problems and supervisors' findings whose answer is overdue."""
    found = ProblemReport.objects.filter(answered_at=None, answer_by__lt=today)
    if place.level != Division.Level.CITY:
        found = found.filter(project__community__path__startswith=place.path)
    return found.count()


def rows_of(place: Division, asked: Mapping[str, Any], *, today: date) -> QuerySet[Project]:
    """The projects behind a figure: of a state, type, class, stage, flag or age; the longest-waiting first."""
    found = marked(programme.projects_below(place), today=today).select_related("proposal", "community__parent", "round")
    state = asked.get("state", "")
    if state == "overdue":
        found = flagged(found, Flag.NOT_STARTED, Flag.STALLED, Flag.LATE)
    elif state == "stopped":
        found = flagged(found, Flag.STOPPED)
    elif state in programme.STATES:
        found = programme.in_state(found, state)
    for name in ("category", "content_class", "stage"):
        if value := asked.get(name):
            found = found.filter(**{name: value})
    if flag := asked.get("flag"):
        found = flagged(found, Flag(flag))
    if (age := asked.get("age")) and age in ("0", "1", "2", "3"):
        found = found.filter(_of_age(int(age), today))
    if search := asked.get("search"):
        found = found.filter(Q(title__icontains=search) | Q(proposal__number__iexact=search))
    return found.order_by("stage_since", "pk")


def _of_age(band: int, today: date) -> Q:
    midnight = timezone.make_aware(datetime.combine(today, time.min))
    fits = Q(stage__in=programme.OPEN)
    if AGES[band][0] is not None:
        fits &= Q(stage_since__gte=midnight - timedelta(days=AGES[band][0]))
    if band:
        fits &= Q(stage_since__lt=midnight - timedelta(days=AGES[band - 1][0]))
    return fits
