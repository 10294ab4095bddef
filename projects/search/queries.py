"""One box over everything: results by kind, the best first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from projects.search.models import SearchEntry
from projects.search.terms import asked, likeness, normal, terms_of, typed_sound, with_one_missing

A_FEW, A_LIST, LOOKED_AT = 6, 60, 60
ENOUGH_ALIKE = 0.4
KINDS = SearchEntry.Kind


@dataclass(frozen=True, slots=True)
class Group:
    """Results of one kind; `more` when there are others."""

    kind: str
    title: str
    hits: list[SearchEntry]
    more: bool


@dataclass(frozen=True, slots=True)
class Result:
    """`guessed`: nothing fits as it was typed; these are alike."""

    groups: list[Group]
    guessed: bool = False


def search(text: str, kind: str = "") -> Result:
    """What fits: in the title first, then anywhere; if nothing does, what is spelt alike. At most three queries."""
    kinds = [kind] if kind in KINDS.values else list(KINDS.values)
    most = A_LIST if kind else A_FEW
    wanted, sound = asked(text), typed_sound(text)
    if not wanted:
        return Result([])
    found = _take(kinds, lambda letter: _in_title(letter, wanted, sound))
    if any(len(_of(found, letter)) < most for letter in kinds):
        have = {row.pk for row in found}
        found += [row for row in _take(kinds, lambda letter: _anywhere(letter, wanted)) if row.pk not in have]
    if found:
        return Result(_groups(found, kinds, text, most))
    return Result(_groups(_alike(kinds, text, wanted, sound), kinds, text, most), guessed=True)


def _in_title(kind: str, wanted: list[str], sound: str) -> Q:
    fits = Q(heads__contains=[f"{kind}{term}" for term in wanted])
    return fits | Q(heads__overlap=[f"{kind}~{sound}", f"{kind}^{sound}"]) if sound else fits


def _anywhere(kind: str, wanted: list[str]) -> Q:
    return Q(terms__contains=[f"{kind}{term}" for term in wanted])


def _take(kinds: Iterable[str], fits: Callable[[str], Q]) -> list[SearchEntry]:
    """The newest of each kind that fit, in one query."""
    parts = [_newest(SearchEntry.objects.filter(fits(kind), kind=kind)) for kind in kinds]
    return list(parts[0].union(*parts[1:], all=True)) if len(parts) > 1 else list(parts[0])


def _newest(rows: QuerySet[SearchEntry]) -> QuerySet[SearchEntry]:
    return rows.defer("heads", "terms").order_by(F("on").desc(nulls_last=True), "key")[:LOOKED_AT]


def _alike(kinds: Iterable[str], text: str, wanted: list[str], sound: str) -> list[SearchEntry]:
    """Names that sound nearly so, or titles that share enough characters."""
    if sound:
        forms = sorted(with_one_missing(sound))
        return _take(kinds, lambda kind: Q(heads__overlap=[f"{kind}-{form}" for form in forms])) if forms else []
    if len(wanted) < 2:
        return []
    near = _take(kinds, lambda kind: Q(heads__overlap=[f"{kind}{term}" for term in wanted]))
    mine = terms_of(text)
    return [row for row in near if likeness(mine, terms_of(row.title)) >= ENOUGH_ALIKE]


def _of(rows: Iterable[SearchEntry], kind: str) -> list[SearchEntry]:
    return [row for row in rows if row.kind == kind]


def _groups(found: list[SearchEntry], kinds: Iterable[str], text: str, most: int) -> list[Group]:
    whole, made = normal(text).strip(), []
    for kind in kinds:
        rows = sorted(_of(found, kind), key=lambda row: _rank(row, whole))
        if rows:
            made.append(Group(kind, str(KINDS(kind).label), rows[:most], len(rows) > most))
    return made


def _rank(row: SearchEntry, whole: str) -> tuple[int, int]:
    title = normal(row.title)
    if title == whole or row.place.startswith(whole.upper()):
        return (0, 0)
    if title.startswith(whole):
        return (1, len(title))
    return (2, 0) if whole in title else (3, 0)
