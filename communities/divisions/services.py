"""Bringing the tree of places in line with the official list, and keeping `path` true."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.utils import timezone
from pypinyin import Style, lazy_pinyin

from communities.accounts.models import User
from communities.divisions import rules
from communities.divisions.models import Division
from communities.divisions.rules import Reading
from portal import locks, log

LEVEL = Division.Level
COMMUNITY = LEVEL.COMMUNITY
TREE = 1  # the lock under which the tree changes


@dataclass(slots=True)
class Change:
    """What an import does, or would do: one line of the preview each."""

    added: list[str] = field(default_factory=list)
    renamed: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    revived: list[str] = field(default_factory=list)
    abolished: list[str] = field(default_factory=list)
    unchanged: int = 0
    bad: list[dict] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.renamed or self.moved or self.revived or self.abolished)


class _Preview(Exception):  # noqa: N818 - it only rolls back
    """Carries nothing: undoes what a dry run wrote."""


def import_divisions(
    *, reading: Reading, by: User | None, now: datetime, apply: bool, within: Division | None = None
) -> Change:
    """Make the tree as the list has it: new places are added, changed names updated, missing ones marked abolished
    and never deleted; bad rows stay out. `within` keeps the import inside one part of the tree. A repeat changes
    nothing. Without `apply` the same work is done and undone, so that the preview cannot differ from the act."""
    change = Change(bad=[asdict(row) for row in reading.bad])
    try:
        with transaction.atomic():
            locks.hold_alone("person", TREE)
            _bring_in_line(reading, change, now, within)
            if not apply:
                raise _Preview
            log.record(
                "divisions.import_divisions",
                by=by,
                about=within,
                now=now,
                added=len(change.added),
                renamed=len(change.renamed),
                moved=len(change.moved),
                abolished=len(change.abolished),
                bad=len(change.bad),
            )
    except _Preview:
        pass
    return change


def _bring_in_line(reading: Reading, change: Change, now: datetime, within: Division | None) -> None:
    held = {place.code: place for place in Division.objects.select_for_update().exclude(level=LEVEL.ESTATE)}
    entries = [entry for entry in reading.entries if _is_inside(entry, reading, within, change)]
    seen: set[str] = set()
    for level in (rules.CITY, rules.DISTRICT, rules.STREET):
        for entry in (entry for entry in entries if entry.level == level):
            _put(held, entry.code, entry.name, level, held.get(entry.parent), change)
            seen.add(entry.code)
    known = {(place.path.split("/")[-3], place.name): place.code for place in held.values() if place.level == COMMUNITY}
    for (street, name), committees in sorted(rules.communities_in(entries).items(), key=lambda item: item[1][0].code):
        code = known.get((street, name)) or _fresh_code(committees, seen)
        community = _put(held, code, name, LEVEL.COMMUNITY, held[street], change)
        seen.add(code)
        for entry in committees:
            _put(held, entry.code, entry.name, LEVEL.COMMITTEE, community, change)
            seen.add(entry.code)
    for entry in entries:
        if entry.code not in seen:  # a place-holder without a community hangs below its street
            _put(held, entry.code, entry.name, LEVEL.COMMITTEE, held[entry.parent], change)
            seen.add(entry.code)
    _abolish_missing(held, seen, entries, change, now, within)


def _is_inside(entry: rules.Entry, reading: Reading, within: Division | None, change: Change) -> bool:
    if within is None or within.level == LEVEL.CITY or entry.code.startswith(within.code):
        return True
    if not within.code.startswith(entry.code):  # ancestors are needed and simply stay as they are
        change.bad.append({"line": entry.line, "reason": "不在您管理的范围内", "text": f"{entry.code} {entry.name}"})
    return False


def _fresh_code(committees: list[rules.Entry], seen: set[str]) -> str:
    """A community keeps its code for life; a new one, or one whose name changed, goes by its lowest committee."""
    free = (f"C{entry.code}" for entry in committees if f"C{entry.code}" not in seen)
    return next(free, f"C{committees[0].code}")


def _put(held: dict, code: str, name: str, level: str, parent: Division | None, change: Change) -> Division:
    path = f"{parent.path if parent else ''}{code}/"
    place = held.get(code)
    if place is None:
        place = Division(code=code, name=name, level=level, parent=parent, path=path, **spelt(name))
        place.save()
        held[code] = place
        change.added.append(f"{code} {name}")
        return place
    before = (place.name, place.path, place.abolished_on)
    if place.name != name:
        change.renamed.append(f"{code} {place.name} → {name}")
        place.name, place.pinyin, place.initials = name, *spelt(name).values()
    if place.path != path:
        change.moved.append(f"{code} {name}")
        old, place.parent, place.path = place.path, parent, path
        move_below(held, old, path)
    if place.abolished_on:
        change.revived.append(f"{code} {name}")
        place.abolished_on = None
    if before == (place.name, place.path, place.abolished_on):
        change.unchanged += 1
    else:
        place.save()
    return place


def move_below(held: dict, old: str, new: str) -> None:
    """Everything below a moved place gets the new path, estates and all."""
    below = Division.objects.filter(path__startswith=old).exclude(path=old)
    below.update(path=Concat(Value(new), Substr(F("path"), len(old) + 1)))
    for place in held.values():
        if place.path.startswith(old) and place.path != old:
            place.path = new + place.path[len(old) :]


def _abolish_missing(
    held: dict, seen: set[str], entries: list, change: Change, now: datetime, within: Division | None
) -> None:
    """Only where the list speaks: a list of one district says nothing about another, and a bad row is not a missing one."""
    spoken = {entry.code for entry in entries if entry.level == rules.DISTRICT}
    doubtful = {str(row.get("text", "")).replace(",", " ").split(" ")[0] for row in change.bad}
    for place in sorted(held.values(), key=lambda place: place.code):
        if place.code in seen or place.abolished_on or place.code.lstrip("C") in doubtful:
            continue
        if place.level == LEVEL.CITY or (place.level != LEVEL.DISTRICT and not spoken & set(place.path.split("/"))):
            continue
        if place.level == LEVEL.DISTRICT and (within is not None and within.level != LEVEL.CITY):
            continue
        if any(code in doubtful for code in place.path.split("/")):
            continue
        place.abolished_on = timezone.localdate(now)
        place.save()
        change.abolished.append(f"{place.code} {place.name}")


@transaction.atomic
def add_estate(*, community_id: int, name: str, by: User | None, now: datetime) -> Division:
    """An estate or urban village of a community; the same name again answers the same estate."""
    community = Division.objects.select_for_update().get(pk=community_id, level=LEVEL.COMMUNITY)
    held = Division.objects.filter(parent=community, level=LEVEL.ESTATE, name=name).first()
    if held is not None:
        return held
    number = Division.objects.filter(parent=community, level=LEVEL.ESTATE).count() + 1
    code = f"E{community.code[1:]}{number:03d}"
    made = Division.objects.create(
        code=code, name=name, level=LEVEL.ESTATE, parent=community, path=f"{community.path}{code}/", **spelt(name)
    )
    log.record("divisions.add_estate", by=by, about=made, now=now)
    return made


def spelt(name: str) -> dict[str, str]:
    """Pinyin in one word, and initials: 龙岭社区 → longlingshequ, llsq."""
    full = lazy_pinyin(name, errors="ignore")
    first = lazy_pinyin(name, style=Style.FIRST_LETTER, errors="ignore")
    return {"pinyin": "".join(full)[:120], "initials": "".join(first)[:40]}
