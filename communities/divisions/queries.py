"""Places: by code, by tree, by what people type."""

from __future__ import annotations

import re
import unicodedata

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from communities.divisions.models import Division

LEVEL = Division.Level


def by_code(code: str) -> Division | None:
    """The division with this code, abolished or not."""
    return Division.objects.select_related("parent").filter(code=code).first()


def living() -> QuerySet[Division]:
    return Division.objects.filter(abolished_on=None)


def communities_below(division: Division) -> QuerySet[Division]:
    """Living communities inside the division, itself included when it is one; by code."""
    return living().filter(level=LEVEL.COMMUNITY, path__startswith=division.path).order_by("code")


def streets_below(division: Division) -> QuerySet[Division]:
    return living().filter(level=LEVEL.STREET, path__startswith=division.path).order_by("code")


def committees_of(community: Division) -> QuerySet[Division]:
    return living().filter(level=LEVEL.COMMITTEE, parent=community).order_by("code")


def estates_of(community: Division) -> QuerySet[Division]:
    return living().filter(level=LEVEL.ESTATE, path__startswith=community.path).order_by("name")


def find_community(text: str, limit: int = 20) -> list[Division]:
    """Living communities whose name, pinyin or initials fit what was typed, best first; [] for nothing typed.

    龙岭, longling, ll, 布吉 (a street's name finds its communities) and 4403070140 all work.
    """
    typed = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text).lower())[:30]
    if not typed or not typed.isprintable():
        return []
    name = typed.removesuffix("居委会").removesuffix("社区") or typed
    fits = Q(name__contains=name) | Q(parent__name__startswith=name)
    if typed.isascii():
        fits = Q(pinyin__startswith=typed) | Q(initials__startswith=typed) | Q(code__startswith=f"C{typed}")
        fits |= Q(pinyin__contains=typed)
    order = Case(
        When(name=f"{name}社区", then=Value(0)),
        When(name__startswith=name, then=Value(1)),
        When(initials=f"{typed}sq", then=Value(1)),
        When(pinyin__startswith=typed, then=Value(2)),
        When(initials__startswith=typed, then=Value(3)),
        default=Value(4),
        output_field=IntegerField(),
    )
    found = living().filter(fits, level=LEVEL.COMMUNITY).select_related("parent__parent")
    return list(found.annotate(order=order).order_by("order", "code")[:limit])


def chain(division: Division) -> list[Division]:
    """From the city down to the division itself; one query."""
    codes = [code for code in division.path.split("/") if code]
    held = {place.code: place for place in Division.objects.filter(code__in=codes)}
    return [held[code] for code in codes if code in held]
