"""The way of the public money by place: envelopes, approved, paid, returned. A fixed number of queries for any place."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet, Sum

from communities.divisions.models import Division
from projects.desk.queries.below import CHILD, below_of
from projects.models import Envelope, Project, Settlement


@dataclass(frozen=True, slots=True)
class Flow:
    """In fen (分). `place` is None for the sum."""

    place: Division | None
    envelope: int = 0
    approved: int = 0
    paid: int = 0
    returned: int = 0


def place_of_money(code: str, known: Sequence[Division]) -> Division | None:
    """The place asked for, down to a community; the first with figures when none is asked for."""
    if not code:
        return next(iter(known), None)
    return Division.objects.filter(code=code, level__in=CHILD).first()


def way_of(place: Division) -> list[Division]:
    codes = [code for code in place.path.split("/") if code and code != place.code]
    return list(Division.objects.filter(code__in=codes).order_by("path"))


def lines_of(place: Division) -> list[Flow]:
    """Every child that has money. Four queries."""
    below = below_of(place)
    sums: dict[int, Counter] = defaultdict(Counter)
    envelopes, projects = Envelope.objects.exclude(round__stage="rounds"), Project.objects.all()
    for rows, way, amounts in (
        (envelopes, "", {"envelope": Sum("amount")}),
        (projects, "", {"approved": Sum("budget"), "paid": Sum("paid")}),
        (Settlement.objects.all(), "project__", {"returned": Sum("returned")}),
    ):
        rows = rows.filter(**below.inside(way)).values_list(f"{way}community").annotate(**amounts)
        for community, *fen in rows.order_by():
            sums[below.child_of[community]].update(dict(zip(amounts, fen, strict=True)))
    return [Flow(child, **sums[child.pk]) for child in below.listed(set(sums))]


def whole_of(place: Division, lines: Sequence[Flow]) -> Flow:
    return Flow(place, *(sum(getattr(line, name) for line in lines) for name in ("envelope", "approved", "paid", "returned")))


def projects_in(place: Division) -> QuerySet[Project]:
    """A community's projects, newest first; none for a wider place, where the children come first."""
    if place.level != Division.Level.COMMUNITY:
        return Project.objects.none()
    found = Project.objects.filter(community=place).select_related("proposal", "round")
    return found.order_by("-approved_at", "-pk")
