"""Who serves a community: 党、站、居、经、社、服, with the people in office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from communities.bodies.models import Body, Office
from communities.bodies.rules import Term
from communities.divisions.models import Division
from portal import clock

ORDER = [kind.value for kind in Body.Kind]


@dataclass(frozen=True, slots=True)
class Serving:
    """A body and those in office on the day."""

    body: Body
    people: list[Office]


def serving(community: Division) -> QuerySet[Body]:
    """The community's own bodies and those that it shares with its neighbours."""
    shared = Body.also_serves.through.objects.filter(division=community).values("body")
    return Body.objects.filter(Q(community=community) | Q(pk__in=shared))


def terms_of(body_id: int | None, *, but: int | None = None) -> list[Term]:
    """Every term of office in a body, that of the row `but` left out."""
    rows = Office.objects.filter(body_id=body_id).exclude(pk=but)
    return [Term(*row) for row in rows.values_list("title", "name", "since", "until", "several")]


def who_serves(community: Division, day: date | None = None) -> list[Serving]:
    """The bodies of the community in the order 党站居经社服, each with its people in office; two queries."""
    day = day or clock.today()
    in_office = Office.objects.filter(Q(since__lte=day) & (Q(until=None) | Q(until__gte=day))).order_by("since", "pk")
    offices = Prefetch("offices", queryset=in_office, to_attr="in_office")
    bodies = serving(community).select_related("community").prefetch_related(offices)
    ordered = sorted(bodies[:200], key=lambda body: (ORDER.index(body.kind), body.name))
    return [Serving(body, list(body.in_office)) for body in ordered]
