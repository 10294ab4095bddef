"""Tables that leave the portal as CSV or Excel: one shape, no cell that can start a formula (S37), money as numbers.

A `Sheet` is a title, heads and rows of plain values. `Yuan(fen)` marks an amount: Excel gets a number with two decimals, CSV the same
figure without separators, so that a spreadsheet can add it up. A list too long to hold goes out line by line: `csv_lines`, `LongSheet`.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import IO

from django.http import HttpResponse
from django.utils import timezone
from xlsxwriter import Workbook

from portal.files import PAPERS, download

CSV = "text/csv; charset=utf-8"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
MOST_CELL = 32_000  # what Excel keeps in a cell
ONLY_TEXT = {"strings_to_formulas": False, "strings_to_urls": False}


class Yuan(int):
    """An amount in fen (分) that is shown in 元."""

    @property
    def decimal(self) -> Decimal:
        return Decimal(int(self)) / 100


class Share(Decimal):
    """A share between 0 and 1 that is shown in per cent."""


@dataclass(frozen=True, slots=True)
class Sheet:
    title: str
    heads: Sequence[str]
    rows: Iterable[Sequence[object]]
    notes: Sequence[str] = ()


def share(part: int, whole: int) -> Share | str:
    """part ÷ whole for a cell; empty when there is nothing to divide by."""
    return Share(Decimal(part) / whole) if whole else ""


def harmless(cell: object) -> str:
    """Text as a cell may hold it: what a spreadsheet would run as a formula gets an apostrophe, and so does what looks as
    if it had got one, so that `restored` finds the text again."""
    text = "" if cell is None else str(cell)[:MOST_CELL]
    return f"'{text}" if text.lstrip("'").startswith(FORMULA_STARTS) else text


def restored(text: str) -> str:
    """The text behind a cell that `harmless` wrote; other text stays as it is."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(FORMULA_STARTS) else text


def plain_cell(cell: object) -> str:
    """A value as CSV holds it: amounts in 元, shares as figures, dates in ISO."""
    if isinstance(cell, Yuan):
        return f"{cell.decimal:.2f}"
    if isinstance(cell, Share):
        return f"{cell:.4f}"
    if isinstance(cell, datetime):
        return timezone.localtime(cell).isoformat(timespec="minutes") if timezone.is_aware(cell) else cell.isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, int):
        return str(cell)
    return harmless(cell)


class _Echo:
    """A file for the csv writer that hands each line back."""

    def write(self, line: str) -> str:
        return line


def csv_lines(sheets: Sequence[Sheet]) -> Iterator[str]:
    """The sheets one below the other, each with its title when there is more than one; with a BOM for Excel."""
    line = csv.writer(_Echo()).writerow
    yield "\ufeff"
    for sheet in sheets:
        if len(sheets) > 1:
            yield line([harmless(sheet.title)])
        yield line([harmless(head) for head in sheet.heads])
        for row in sheet.rows:
            yield line([plain_cell(cell) for cell in row])
        for note in sheet.notes:
            yield line([harmless(note)])
        if len(sheets) > 1:
            yield line([])


def csv_of(sheets: Sequence[Sheet]) -> str:
    return "".join(csv_lines(sheets))


def xlsx_of(sheets: Sequence[Sheet]) -> bytes:
    """One worksheet for each sheet, the head frozen, amounts and shares as numbers, all other text as text."""
    stream = io.BytesIO()
    book = Workbook(stream, {"in_memory": True, **ONLY_TEXT})
    font = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
    styles = {
        "title": book.add_format({**font, "bold": True, "font_size": 14}),
        "head": book.add_format({**font, "bold": True, "bg_color": "#E7F2EF", "border": 1, "text_wrap": True, "align": "center"}),
        "text": book.add_format({**font, "border": 1, "text_wrap": True}),
        "count": book.add_format({**font, "border": 1, "num_format": "#,##0"}),
        "money": book.add_format({**font, "border": 1, "num_format": "#,##0.00"}),
        "share": book.add_format({**font, "border": 1, "num_format": "0.0%"}),
        "note": book.add_format({**font, "font_color": "#57524B"}),
    }
    used: set[str] = set()
    for sheet in sheets:
        _write(book.add_worksheet(_tab(sheet.title, used)), sheet, styles)
    book.close()
    return stream.getvalue()


def _write(page, sheet: Sheet, styles: dict) -> None:
    page.write_string(0, 0, harmless(sheet.title), styles["title"])
    widths = [_width(head) + 2 for head in sheet.heads]
    for column, head in enumerate(sheet.heads):
        page.write_string(1, column, harmless(head), styles["head"])
    line = 1
    for line, row in enumerate(sheet.rows, start=2):
        for column, cell in enumerate(row):
            _cell(page, line, column, cell, styles)
            widths[column] = max(widths[column], min(_width(plain_cell(cell)) + 2, 48))
    for place, note in enumerate(sheet.notes, start=line + 2):
        page.write_string(place, 0, harmless(note), styles["note"])
    for column, width in enumerate(widths):
        page.set_column(column, column, width)
    page.freeze_panes(2, 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0, 1)


def _cell(page, line: int, column: int, cell: object, styles: dict) -> None:
    if isinstance(cell, Yuan):
        page.write_number(line, column, float(cell.decimal), styles["money"])
    elif isinstance(cell, Share):
        page.write_number(line, column, float(cell), styles["share"])
    elif isinstance(cell, int) and not isinstance(cell, bool):
        page.write_number(line, column, cell, styles["count"])
    else:
        page.write_string(line, column, plain_cell(cell), styles["text"])


def _width(text: object) -> int:
    return sum(2 if ord(sign) > 0x2E80 else 1 for sign in str(text))


def _tab(title: str, used: set[str]) -> str:
    """A name that Excel takes: at most 31 signs, none of []:*?/\\, used once."""
    name = "".join(sign for sign in title if sign not in "[]:*?/\\'")[:28] or "1"
    while name.lower() in used:
        name = f"{name[:26]} {len(used) + 1}"
    used.add(name.lower())
    return name


class LongSheet:
    """An Excel file written row by row into a temporary file. Every cell is text as it stands, without an apostrophe, so that the
    file can be handed in again; Excel runs none of it (S37).
    """

    def __init__(self, heads: Sequence[str]):
        self.held = tempfile.TemporaryFile()  # noqa: SIM115 - closed when the answer was sent
        self.book = Workbook(self.held, {"constant_memory": True, **ONLY_TEXT})
        self.sheet = self.book.add_worksheet()
        self.text, self.rows = self.book.add_format({"num_format": "@"}), 0
        self.sheet.set_column(0, max(len(heads) - 1, 0), 18, self.text)
        self.sheet.freeze_panes(1, 0)
        self.write(heads, self.book.add_format({"bold": True, "num_format": "@"}))

    def write(self, cells: Sequence[str], look: object = None) -> None:
        for place, cell in enumerate(cells):
            self.sheet.write_string(self.rows, place, str(cell)[:MOST_CELL], look or self.text)
        self.rows += 1

    def finished(self) -> IO[bytes]:
        self.book.close()
        self.held.seek(0)
        return self.held


def answered(sheets: Sequence[Sheet], *, form: str, name: str) -> HttpResponse:
    """The sheets as `form`: "xlsx", or CSV for everything else."""
    if form == "xlsx":
        return download(xlsx_of(sheets), PAPERS["xlsx"], f"{name}.xlsx")
    return download(csv_of(sheets), CSV, f"{name}.csv")
