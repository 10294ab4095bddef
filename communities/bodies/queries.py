"""Who serves a community: 党、站、居、经、社、服, with the people in office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q

from communities.bodies.models import Body, Office
from communities.divisions.models import Division
from portal import clock

ORDER = [kind.value for kind in Body.Kind]


@dataclass(frozen=True, slots=True)
class Serving:
    """A body and those in office on the day."""

    body: Body
    people: list[Office]


def who_serves(community: Division, day: date | None = None) -> list[Serving]:
    """The bodies of the community in the order 党站居经社服, each with its people in office; two queries."""
    day = day or clock.today()
    in_office = Office.objects.filter(Q(since__lte=day) & (Q(until=None) | Q(until__gte=day))).order_by("since", "pk")
    bodies = Body.objects.filter(community=community).prefetch_related(
        Prefetch("offices", queryset=in_office, to_attr="in_office")
    )
    ordered = sorted(bodies[:200], key=lambda body: (ORDER.index(body.kind), body.name))
    return [Serving(body, list(body.in_office)) for body in ordered]
