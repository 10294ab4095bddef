"""Reading the official list: which rows are sound, which community a committee belongs to. Plain Python.

The public register lists residents' committees (居委会). A community (社区) may have several: its name is what stands
before the committee's own name. docs/decisions/communities.md tells how odd names are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

CITY, DISTRICT, STREET, COMMITTEE = "city", "district", "street", "committee"
ABOVE = {DISTRICT: CITY, STREET: DISTRICT, COMMITTEE: STREET}
COLUMNS = ("code", "name", "level", "parent_code")
LEVELS = {"city": CITY, "district": DISTRICT, "street": STREET, "community": COMMITTEE, "committee": COMMITTEE}
DIGITS = {CITY: 4, DISTRICT: 6, STREET: 9, COMMITTEE: 12}
ENDING = re.compile(r"(居民委员会|居委会|居委)$")
MOST_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One sound row of the list."""

    code: str
    name: str
    level: str
    parent: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class BadRow:
    line: int
    reason: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds: sound entries, and the rows that cannot go in with their line and reason."""

    entries: list[Entry] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)


def community_name(committee: str) -> str:
    """南坑社区星光居委会 → 南坑社区; 凤凰社区平湖墟居民委员会 → 凤凰社区; 中英街居委会 → 中英街社区; 新雪社区 → 新雪社区.

    "" for a 虚拟社区: a statistical place-holder of a zone, which nobody's community is.
    """
    if committee.endswith("虚拟社区"):
        return ""
    before, sign, _after = committee.partition("社区")
    if sign and before:
        return before + sign
    own = ENDING.sub("", committee)
    return f"{own}社区" if own else ""


def read(rows: Iterable[Mapping[str, str | None]], *, header: Sequence[str]) -> Reading:
    """Sort the rows into sound and bad ones. Line 1 is the header; a row's parent must be sound too."""
    missing = [name for name in COLUMNS if name not in header]
    if missing:
        return Reading([], [BadRow(1, f"表头缺少：{'、'.join(missing)}")])
    entries: dict[str, Entry] = {}
    bad: list[BadRow] = []
    waiting: list[Entry] = []
    for line, row in enumerate(rows, start=2):
        if line > MOST_ROWS:
            bad.append(BadRow(line, f"超过 {MOST_ROWS} 行，其余没有读取"))
            break
        entry, reason = sound(row, line)
        if entry is None:
            bad.append(BadRow(line, reason, text_of(row)))
        elif entry.code in entries:
            bad.append(BadRow(line, f"代码重复，第 {entries[entry.code].line} 行已有", text_of(row)))
        else:
            entries[entry.code] = entry
            waiting.append(entry)
    kept = with_sound_parents(waiting, entries, bad)
    return Reading(kept, sorted(bad, key=lambda row: row.line))


def sound(row: Mapping[str, str | None], line: int) -> tuple[Entry | None, str]:
    """The row as an entry, or why it is none."""
    code, name, level, parent = ((row.get(key) or "").strip() for key in COLUMNS)
    if None in row:
        return None, "列数比表头多"
    if not code or not name:
        return None, "代码或名称为空"
    if level not in LEVELS:
        return None, f"层级“{level[:20]}”不认识，应为 city、district、street 或 community"
    kind = LEVELS[level]
    if not re.fullmatch(r"[0-9]+", code) or len(code) != DIGITS[kind]:
        return None, f"代码应为 {DIGITS[kind]} 位数字"
    if len(name) > 60 or not name.isprintable():
        return None, "名称过长或含有不可见字符"
    if kind != CITY and not parent:
        return None, "缺少上级代码"
    if kind == CITY and parent:
        return None, "市级不应有上级代码"
    return Entry(code, name, kind, parent, line), ""


def with_sound_parents(waiting: Sequence[Entry], entries: Mapping[str, Entry], bad: list[BadRow]) -> list[Entry]:
    """Entries whose chain up to the city is sound, from the city down."""
    kept: dict[str, Entry] = {}
    for level in (CITY, DISTRICT, STREET, COMMITTEE):
        for entry in waiting:
            if entry.level != level:
                continue
            above = kept.get(entry.parent)
            if level == CITY or (above and above.level == ABOVE[level]):
                kept[entry.code] = entry
            elif entry.parent in entries:
                bad.append(BadRow(entry.line, f"上级 {entry.parent} 有误或层级不对", f"{entry.code} {entry.name}"))
            else:
                bad.append(BadRow(entry.line, f"找不到上级 {entry.parent}", f"{entry.code} {entry.name}"))
    return list(kept.values())


def communities_in(entries: Iterable[Entry]) -> dict[tuple[str, str], list[Entry]]:
    """(street's code, community's name) → its committees, lowest code first."""
    found: dict[tuple[str, str], list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: entry.code):
        name = community_name(entry.name) if entry.level == COMMITTEE else ""
        if name:
            found.setdefault((entry.parent, name), []).append(entry)
    return found


def text_of(row: Mapping[str, str | None]) -> str:
    cells = [str(value or "") for key, value in row.items() if key is not None]
    return ",".join(cells)[:120]
