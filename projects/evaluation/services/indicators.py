"""The district's tables of indicators, and the points that projects and communities are given."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from communities.accounts.models import User
from communities.divisions.models import Division
from portal import log
from portal.publishing import objection_to_publishing
from portal.refusals import insist
from projects import permissions
from projects.evaluation import examples, rules
from projects.evaluation.models import Indicator, IndicatorScore
from projects.funding.models import Project
from projects.funding.queries import locked_project
from projects.parties import parties_at, parties_to_project

SETS = {Indicator.Of.PROJECT: examples.PROJECT, Indicator.Of.COMMUNITY: examples.COMMUNITY}


@transaction.atomic
def write_indicator(
    *, district: Division, by: User, of: str, group: str, title: str, means: str, most: int, now: datetime, replaces: int = 0
) -> Indicator:  # fmt: skip
    """A line of the table; with `replaces`, the old line is retired, so that points given by it keep their meaning."""
    _insist_on_set(district, by, now)
    held = Indicator.objects.select_for_update().filter(district=district, of=of, retired_at=None)
    old = held.filter(pk=replaces).first()
    insist(rules.objection_to_indicator(taken=held.exclude(pk=replaces).filter(title=title).exists(), count=held.count()))
    place = old.place if old else (held.order_by("-place").values_list("place", flat=True).first() or 0) + 1
    if old:
        _retire(old, now)
    made = Indicator.objects.create(
        district=district, of=of, group=group, title=title, means=means, most=most, place=place
    )
    log.record("evaluation.write_indicator", by=by, about=made, now=now, title=title, most=most, replaces=replaces)
    return made


@transaction.atomic
def retire_indicator(*, indicator_id: int, by: User, now: datetime) -> Indicator:
    """No longer asked for; what was scored by it stays. A repeat changes nothing."""
    row = Indicator.objects.select_for_update(of=("self",)).select_related("district").get(pk=indicator_id)
    _insist_on_set(row.district, by, now)
    if row.retired_at is None:
        _retire(row, now)
        log.record("evaluation.retire_indicator", by=by, about=row, now=now, title=row.title)
    return row


@transaction.atomic
def adopt_examples(*, district: Division, by: User, of: str, now: datetime) -> int:
    """Begin an empty table with the portal's examples; a table that has lines stays as it is. How many were written."""
    _insist_on_set(district, by, now)
    if Indicator.objects.filter(district=district, of=of, retired_at=None).exists():
        return 0
    made = Indicator.objects.bulk_create(
        Indicator(district=district, of=of, group=group, title=title, means=means, most=most, place=place)
        for place, (group, title, means, most) in enumerate(SETS[Indicator.Of(of)], start=1)
    )
    log.record("evaluation.adopt_examples", by=by, about=district, now=now, of=of, count=len(made))
    return len(made)


@transaction.atomic
def score(
    *,
    by: User,
    points: Mapping[int, tuple[int, str]],
    now: datetime,
    project_id: int | None = None,
    community: Division | None = None,
    year: int | None = None,
) -> int:
    """Points with their evidence, by indicator: of a project, or of a community in a year. A repeat replaces. How many."""
    today = timezone.localdate(now)
    if project_id is not None:
        project = locked_project(project_id)
        parties, stage = parties_to_project(by, project, day=today), project.stage
        insist(permissions.objection_to("evaluation.score_project", roles=parties, stage=stage))
        about: Project | Division = project
        held = {"project": project}
    else:
        insist(permissions.objection_to("evaluation.score_community", roles=parties_at(by, community, day=today), stage="done"))
        insist(rules.objection_to_year(year, today=today))
        about, held = community, {"community": community, "year": year}
    for number, (given, evidence) in points.items():
        indicator = Indicator.objects.get(pk=number)
        insist(rules.objection_to_points(given, evidence, most=indicator.most, field=f"points_{number}"))
        insist(objection_to_publishing(evidence, field=f"evidence_{number}"))
        told = {"points": given, "evidence": evidence, "by": by, "at": now}
        IndicatorScore.objects.update_or_create(indicator=indicator, **held, defaults=told)
    log.record("evaluation.score", by=by, about=about, now=now, points={str(key): row[0] for key, row in points.items()}, year=year)
    return len(points)


def _retire(row: Indicator, now: datetime) -> None:
    row.retired_at = now
    row.save(update_fields=["retired_at"])


def _insist_on_set(district: Division, by: User, now: datetime) -> None:
    parties = parties_at(by, district, day=timezone.localdate(now))
    insist(permissions.objection_to("evaluation.set_indicators", roles=parties, stage="done"))
