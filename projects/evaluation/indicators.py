"""A table of indicators with the points given: of a project, or of a community in a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from communities.accounts.models import User
from communities.divisions.models import Division
from communities.roles.queries import appointments_of
from projects.evaluation.models import Indicator, IndicatorScore
from projects.funding.models import Project


@dataclass(frozen=True, slots=True)
class Scored:
    """Every line that is asked for, each with its score or None."""

    lines: tuple[tuple[Indicator, IndicatorScore | None], ...]

    @property
    def points(self) -> int:
        return sum(score.points for _row, score in self.lines if score)

    @property
    def most(self) -> int:
        return sum(row.most for row, _score in self.lines)

    @property
    def scored(self) -> int:
        return sum(score is not None for _row, score in self.lines)

    @property
    def complete(self) -> bool:
        return bool(self.lines) and self.scored == len(self.lines)


def district_above(place: Division) -> Division | None:
    """The district in which the place lies."""
    codes = [code for code in place.path.split("/") if code]
    return Division.objects.filter(code__in=codes, level=Division.Level.DISTRICT).first()


def district_of(person: User, *, today: date) -> Division | None:
    """The district where the person holds a term, or above it."""
    held = next(iter(appointments_of(person, today)), None)
    return held and district_above(held.division)


def table_of(district: Division | None, of: str) -> QuerySet[Indicator]:
    """The lines in force, in their order."""
    return Indicator.objects.filter(district=district, of=of, retired_at=None)


def scored_of(project: Project) -> Scored:
    """Two queries beside the one for the district. A retired line that was scored no longer counts."""
    lines = list(table_of(district_above(project.community), Indicator.Of.PROJECT))
    held = {row.indicator_id: row for row in IndicatorScore.objects.filter(project=project).select_related("by")}
    return Scored(tuple((line, held.get(line.pk)) for line in lines))


def scored_in(community: Division, year: int) -> Scored:
    lines = list(table_of(district_above(community), Indicator.Of.COMMUNITY))
    found = IndicatorScore.objects.filter(community=community, year=year).select_related("by")
    held = {row.indicator_id: row for row in found}
    return Scored(tuple((line, held.get(line.pk)) for line in lines))
