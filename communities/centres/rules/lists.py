"""A district's list as a table: what its columns mean, which rows can be taken, what a new list changes. Plain Python."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import islice

from communities.centres.rules import BRINGERS, CATEGORIES
from communities.roles.rules import Role
from portal.refusals import Refusal
from portal.refusals import gettext_noop as _

ABOVE = 5  # rows among which the headings are looked for
MOST_ROWS, MOST_MB = 500, 2
# field: (heading, longest, needed, other headings by which it is known)
COLUMNS = {
    "code": ("编号", 20, True, ("序号", "代码", "id")),
    "category": ("类别", 20, True, ("分类", "服务类别", "category")),
    "name": ("服务名称", 60, True, ("名称", "事项名称", "服务项目", "name")),
    "about": ("服务内容", 300, True, ("内容", "description")),
    "who": ("服务对象", 120, True, ("对象", "eligibility_description")),
    "bring": ("要带什么", 200, False, ("所需材料", "材料", "required_documents")),
    "cost": ("收费", 80, True, ("费用", "收费标准", "fees_description")),
    "steps": ("办理步骤", 600, False, ("步骤", "办理流程", "application_process")),
}
FIELDS = tuple(COLUMNS)
MOST_TEXT = 1000  # of a cell: more than any column takes, so that what is too long is seen to be
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,19}")
_CATEGORY = {word: key for key, title in CATEGORIES.items() for word in (key, title)}


@dataclass(slots=True)
class Reading:
    """What a file holds: rows that can be taken, and the others with their line and reason."""

    rows: list[dict[str, str]] = field(default_factory=list)
    bad: list[dict[str, object]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def read(lines: Iterable[Sequence[str]]) -> Reading:
    """A title may stand above the headings. Errors: none, faults are told row by row."""
    found, numbered, columns = Reading(), _filled(lines), {}
    for _line, cells in islice(numbered, ABOVE):
        columns = columns_in(cells)
        if len(columns) > 1:
            break
    found.missing = [heading for key, (heading, _most, needed, _other) in COLUMNS.items() if needed and key not in columns]
    seen: set[str] = set()
    for line, cells in () if found.missing else numbered:
        row = dict.fromkeys(FIELDS, "") | {key: cells[place].strip() for key, place in columns.items() if place < len(cells)}
        row = {key: cell if key == "steps" else " ".join(cell.split()) for key, cell in row.items()}
        row["category"] = _CATEGORY.get(row["category"], row["category"])
        fault = fault_in(row, seen) if len(found.rows) < MOST_ROWS else _("一份目录最多 500 项")
        if fault:
            found.bad.append({"line": line, "reason": fault, "code": row["code"][:20], "name": row["name"][:60]})
            if len(found.bad) >= MOST_ROWS:
                break
            continue
        seen.add(row["code"])
        found.rows.append(row)
    return found


def _filled(lines: Iterable[Sequence[str]]) -> Iterator[tuple[int, Sequence[str]]]:
    return ((line, cells) for line, cells in enumerate(lines, start=1) if any(cell.strip() for cell in cells))


def columns_in(headings: Sequence[str]) -> dict[str, int]:
    """Which field stands in which column; a heading that nobody knows is passed over."""
    known = {word: key for key, (heading, _most, _needed, other) in COLUMNS.items() for word in (heading, *other)}
    columns: dict[str, int] = {}
    for place, heading in enumerate(headings):
        if key := known.get(heading.strip().lower()):
            columns.setdefault(key, place)
    return columns


def fault_in(row: Mapping[str, str], seen: Set[str]) -> str:
    """Why the row cannot be taken, in a sentence; empty when it can."""
    for key, (_heading, most, needed, _other) in COLUMNS.items():
        if needed and not row[key]:
            return EMPTY[key]
        if len(row[key]) > most:
            return LONG[key]
    if not _CODE.fullmatch(row["code"]):
        return _("编号只用字母、数字和短横线，最多 20 个")
    if row["category"] not in CATEGORIES:
        return LONG["category"]
    return _("这个编号前面已经有了") if row["code"] in seen else ""


EMPTY = {
    "code": _("没有编号"),
    "category": _("没有类别"),
    "name": _("没有服务名称"),
    "about": _("没有服务内容"),
    "who": _("没有服务对象"),
    "cost": _("没有写收费；不收钱写“免费”"),
}
LONG = {
    "code": _("编号最多 20 个字"),
    "category": _("类别不是规定的十种之一"),
    "name": _("服务名称最多 60 个字"),
    "about": _("服务内容最多 300 个字"),
    "who": _("服务对象最多 120 个字"),
    "bring": _("要带什么最多 200 个字"),
    "cost": _("收费最多 80 个字"),
    "steps": _("办理步骤最多 600 个字"),
}


@dataclass(slots=True)
class Change:
    """What taking a list in does: names of what is new, changed, left out; how many stay as they are."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    unchanged: int = 0


def compare(held: Mapping[str, Mapping[str, object]], rows: Sequence[Mapping[str, str]], *, bad: Set[str], source: str) -> Change:
    """`held`: what stands on the list by code, with its place. A row that could not be read is not a row left out."""
    change, come = Change(), set()
    for place, row in enumerate(rows):
        come.add(row["code"])
        before = held.get(row["code"])
        if before is None:
            change.added.append(row["name"])
        elif before == {**row, "place": place, "source": source}:
            change.unchanged += 1
        else:
            change.changed.append(row["name"])
    change.dropped = [str(before["name"]) for code, before in held.items() if code not in come and code not in bad]
    return change


def objection_to_bringing(roles: Set[Role]) -> Refusal | None:
    if roles & BRINGERS:
        return None
    return Refusal("not_district", _("服务目录由区级工作人员维护，您没有权限。"), status=403)


def objection_to_taking(*, rows: int) -> Refusal | None:
    return None if rows else Refusal("empty_list", _("这份文件里没有可以导入的事项，请改好后重新上传。"))
