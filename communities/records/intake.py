"""A table of records against what stands, row by row. The preview does it and undoes it, so it cannot differ from the act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _
from import_export.instance_loaders import ModelInstanceLoader
from import_export.results import RowResult

from communities.divisions.files import NotReadable
from communities.records import rules
from communities.records.record import Record
from communities.rosters import files

SAMPLE, PULSE, SHOWN = 20, 50, 60
EMPTY = ("null", "blank", "required")
KINDS = {RowResult.IMPORT_TYPE_NEW: "fresh", RowResult.IMPORT_TYPE_UPDATE: "changed", RowResult.IMPORT_TYPE_SKIP: "same"}


class _LeftOut(Exception):  # noqa: N818 - it undoes one row
    """The row stays out; the text says why."""


@dataclass(slots=True)
class Found:
    """What a reading came to: how many of each kind, some of each, the columns that nobody read."""

    counts: Counter[str] = field(default_factory=Counter)
    samples: dict[str, list[list[str]]] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)

    def told(self) -> dict[str, Any]:
        return {"counts": dict(self.counts), "samples": self.samples, "unread": self.unread}

    def note(self, kind: str, line: int, name: str, words: str) -> None:
        self.counts[kind] += 1
        held = self.samples.setdefault(kind, [])
        if kind != "same" and len(held) < SAMPLE:
            held.append([str(line), name[:SHOWN], words])


def cell(value: object) -> str:
    """The whole text of a cell, as it stands; figures and days as people write them."""
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        value = int(value)
    return "" if value is None else str(value)


def table_in(name: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The headings of a kept file and its rows with their lines. Errors: NotReadable."""
    with default_storage.open(name, "rb") as held, files.table(held, is_excel=name.endswith(".xlsx"), cell=cell) as (rows, _about):
        numbered = ((line, row) for line, row in enumerate(rows, start=1) if any(text.strip() for text in row))
        headings = [text.strip() for text in next(numbered, (0, []))[1]]
        found = list(_up_to(numbered))
    while headings and not headings[-1]:
        headings.pop()
    return headings, found


def _up_to(rows: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    for count, row in enumerate(rows, start=1):
        if count > rules.MOST_ROWS:
            raise NotReadable(_("一次最多导入 %(most)s 行，请分成几份。") % {"most": rules.MOST_ROWS})
        yield row


class Intake:
    """One pass over a table. `leave_out` gets each row that stays out, with its reason at the end."""

    def __init__(self, record: Record, name: str, *, report: Callable[[int, int], None]):
        self.record, self.report = record, report
        self.headings, self.rows = table_in(name)
        if record.key not in self.headings:
            raise NotReadable(_("表里没有“%(heading)s”这一列。请先导出，在导出的表上改。") % {"heading": record.key})
        self.lines: dict[str, int] = {}
        self.loader = ModelInstanceLoader(record)

    def run(self, leave_out: Callable[[list[str]], None] = lambda _cells: None) -> Found:
        read = {held.column_name for held in self.record.get_import_fields()}
        found = Found(unread=[heading for heading in self.headings if heading and heading not in read])
        found.counts["rows"] = len(self.rows)
        for number, (line, cells) in enumerate(self.rows):
            cells = (cells + [""] * len(self.headings))[: len(self.headings)]
            row = dict(zip(self.headings, cells, strict=True))
            try:
                with transaction.atomic():
                    kind, words = self._taken(row, line)
            except _LeftOut as left:
                kind, words = "left_out", str(left)
                leave_out([*cells, words])
            found.note(kind, line, row.get(self.record.shown, "") or row[self.record.key], words)
            if number % PULSE == 0:
                self.report(number, len(self.rows))
        self.report(len(self.rows), len(self.rows))
        return found

    def _taken(self, row: dict[str, str], line: int) -> tuple[str, str]:
        """What became of the row, and what it changed. Errors: _LeftOut."""
        number = row[self.record.key].strip()
        if number and (earlier := self.lines.setdefault(number, line)) != line:
            raise _LeftOut(_("这个编号在第 %(line)s 行已经出现。") % {"line": earlier})
        done = self.record.import_row(row, self.loader, row_number=line)
        if done.validation_error is not None:
            raise _LeftOut(self._reasons(done.validation_error))
        for fault in done.errors:
            if isinstance(fault.error, IntegrityError | DataError):
                raise _LeftOut(_("与已有的记录冲突，例如同一个席位、同一段任期。"))
            raise fault.error
        kind = KINDS[done.import_type]
        return kind, "" if kind != "changed" else self._changes(done)

    def _reasons(self, error: ValidationError) -> str:
        """The first fault of each cell by the name of its column; what concerns the whole row without."""
        told = []
        for name, faults in getattr(error, "error_dict", {"": [error]}).items():
            heading, fault = self.record.heading(name), faults[0]
            words = (_("请填写。") if fault.code in EMPTY else "；".join(fault.messages)).rstrip("。")
            told.append(f"{heading}：{words}" if heading else words)
        return "；".join(told)

    def _changes(self, done: RowResult) -> str:
        told = []
        with suppress(ValueError):
            for held, (old, new) in zip(self.record.get_import_fields(), done.diff, strict=True):
                if old != new:
                    told.append(f"{held.column_name}：{_short(old)} → {_short(new)}")
        return "；".join(told)


def _short(value: object) -> str:
    text = str(value) or _("（空）")
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
