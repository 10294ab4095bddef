"""Opening the list that somebody hands in: CSV in UTF-8 or the GB18030 that spreadsheets here write."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from communities.divisions import rules

SHENZHEN = Path(__file__).parent / "data" / "shenzhen_divisions.csv"
LARGEST = 5 * 1024 * 1024


class NotReadable(Exception):
    """The file is no CSV that can be read; the text says why, in the office's words."""


def read_csv(raw: bytes) -> rules.Reading:
    if len(raw) > LARGEST:
        raise NotReadable("文件超过 5 MB，请确认选对了文件。")
    rows = csv.DictReader(io.StringIO(text_of(raw), newline=""))
    try:
        header = [str(name).strip() for name in rows.fieldnames or []]
        rows.fieldnames = header
        return rules.read(rows, header=header)
    except csv.Error as error:
        raise NotReadable("文件不是 CSV 表格，请另存为 CSV 后再上传。") from error


def text_of(raw: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise NotReadable("文件的文字编码无法识别，请另存为 UTF-8 编码的 CSV 后再上传。")
