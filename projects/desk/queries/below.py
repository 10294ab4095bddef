"""What lies below a place, asked once for a page: its communities, and under which child of the place each is added up.

Rows carry their community's number. Sums are made by community in the database and added up to the children here: a condition on
the text of a division's path tells the planner nothing about how many rows will come, a list of numbers does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from communities.divisions.models import Division

LEVEL = Division.Level
CHILD = {LEVEL.CITY: LEVEL.DISTRICT, LEVEL.DISTRICT: LEVEL.STREET, LEVEL.STREET: LEVEL.COMMUNITY, LEVEL.COMMUNITY: LEVEL.COMMUNITY}


@dataclass(frozen=True, slots=True)
class Below:
    """`child_of`: the child under which a community's rows are added up. A community is its own only child."""

    place: Division
    child_of: dict[int, int]
    children: dict[int, Division]

    def inside(self, way: str = "") -> dict[str, Any]:
        """A filter for rows that lead to their community by this way ("project__"); a city needs none."""
        return {} if self.place.level == LEVEL.CITY else {f"{way}community__in": list(self.child_of)}

    def listed(self, numbers: set[int]) -> list[Division]:
        """These children, in the order of the codes."""
        return sorted((self.children[number] for number in numbers), key=lambda child: child.code)


def below_of(place: Division) -> Below:
    """One query."""
    child = CHILD[LEVEL(place.level)]
    found = list(Division.objects.filter(path__startswith=place.path, level__in={child, LEVEL.COMMUNITY}))
    children = {row.pk: row for row in found if row.level == child}
    by_code = {row.code: row.pk for row in children.values()}
    child_of = {}
    for row in found:
        if row.level == LEVEL.COMMUNITY:
            child_of[row.pk] = next(by_code[code] for code in row.path.split("/") if code in by_code)
    return Below(place, child_of, children)
