"""Opening a roster (CSV or Excel) row by row."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import IO
from zipfile import BadZipFile

from openpyxl import load_workbook

from communities.divisions.files import NotReadable, text_of
from communities.rosters.rules import MOST_COLUMNS, MOST_ROWS
from portal.fields import plain


@contextmanager
def table(
    file: IO[bytes], *, is_excel: bool, cell: Callable[[object], str] | None = None
) -> Iterator[tuple[Iterator[list[str]], int]]:
    """The rows of the first sheet, headings first, and about how many; `cell` says how a cell is read, as `cell_text` if nothing else.
    Errors: NotReadable, also while reading."""
    cell = cell or cell_text
    if not is_excel:
        text = text_of(file.read())
        yield _csv_rows(text, cell), text.count("\n")
        return
    try:
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except (BadZipFile, KeyError, ValueError, OSError, TypeError, SyntaxError) as error:
        raise NotReadable("文件打不开，请用 Excel 另存为 .xlsx 或 CSV 后再上传。") from error
    try:
        yield _sheet_rows(book, cell), _about(book)
    finally:
        with suppress(AttributeError):
            book.close()


def _csv_rows(text: str, read: Callable[[object], str]) -> Iterator[list[str]]:
    headings = text[:2000].lstrip("\r\n").partition("\n")[0]
    sign = "\t" if headings.count("\t") > headings.count(",") else ","
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=sign):
            yield [read(cell) for cell in row[:MOST_COLUMNS]]
    except csv.Error as error:
        raise NotReadable("文件不是 CSV 表格，请另存为 CSV 后再上传。") from error


def _sheet_rows(book: object, read: Callable[[object], str]) -> Iterator[list[str]]:
    try:
        sheet = book.worksheets[0]
        for row in sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS):
            yield [read(cell) for cell in row]
    except (IndexError, KeyError, ValueError, TypeError, BadZipFile, SyntaxError, EOFError) as error:
        raise NotReadable("表格里有读不出的内容，请用 Excel 另存一份再上传。") from error


def _about(book: object) -> int:
    with suppress(IndexError, AttributeError, TypeError):
        return int(book.worksheets[0].max_row or 0)
    return 0


def cell_text(value: object, most: int = 200) -> str:
    """What stands in the cell, as a person reads it: a number without .0, a text without what nobody means."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        value = int(value)
    text = str(value)[:most]
    return text.strip() if text.isascii() and text.isprintable() else plain(text).strip()


def headings_and_first(rows: Iterator[list[str]], *, count: int = 20) -> tuple[list[str], list[list[str]]]:
    """The row of headings (the first that is not empty) and a few rows below it."""
    headings = next((row for row in rows if any(row)), [])
    while headings and not headings[-1]:
        headings.pop()
    first = []
    for row in rows:
        if any(row):
            first.append(row)
        if len(first) == count:
            break
    return headings, first


def numbered(rows: Iterable[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """(line of the file, cells) of every row below the headings that is not empty. Errors: NotReadable when too long."""
    seen_headings = False
    for line, row in enumerate(rows, start=1):
        if not any(row):
            continue
        if not seen_headings:
            seen_headings = True
            continue
        if line > MOST_ROWS:
            raise NotReadable(f"名册超过 {MOST_ROWS} 行，请分成几份。")
        yield line, row
