"""The columns in which offices exchange hours with the provincial system, out and in.

No public description of the provincial system's file was found: the list is the portal's own default [D] and stands here once.
Scanned and hand-entered hours keep their column; what comes in by file is hand-entered, whoever scanned it elsewhere.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl import load_workbook

from communities.accounts import phones
from communities.accounts.models import User
from portal import log
from portal.fields import date_in, plain, squeezed
from portal.files import unpacks_modestly
from portal.refusals import Refused
from portal.sheets import Sheet
from portal.web import words
from volunteers.timebank import queries, rules, services
from volunteers.timebank.models import HourRecord

COLUMNS = (
    "姓名", "手机号", "所属社区", "活动编号", "服务内容", "服务日期", "开始时间", "结束时间", "时长（分钟）", "来源", "状态", "说明",
)  # fmt: skip
NEEDED = ("手机号", "活动编号", "服务内容", "服务日期", "开始时间", "结束时间", "说明")
MOST_OUT, MOST_IN, MOST_FAULTS = 20_000, 500, 50


@dataclass(frozen=True, slots=True)
class Fault:
    line: int
    text: str


def sheet_of(place, first_on: date, last_on: date, *, by: User, now: datetime) -> Sheet:
    """All records of a place and period, each with where it stands. The act is logged: the file holds phone numbers."""
    rows = queries.records_below(place, first_on, last_on)[:MOST_OUT]
    log.record("timebank.export_hours", by=by, about=place, now=now, first=first_on.isoformat(), last=last_on.isoformat())
    return Sheet(f"{place.name} {first_on} – {last_on}", COLUMNS, [row_of(record) for record in rows])


def row_of(record: HourRecord) -> tuple[object, ...]:
    person = record.volunteer.person
    start, end = timezone.localtime(record.started_at), timezone.localtime(record.ended_at)
    return (
        person.name,
        phones.unseal(person.phone_cipher) if person.phone_cipher else "",
        record.volunteer.community.name,
        record.activity_ref or f"R{record.pk}",
        record.title,
        start.date(),
        f"{start:%H:%M}",
        f"{end:%H:%M}",
        record.minutes,
        record.get_origin_display(),
        standing_of(record),
        record.reversal.reason if hasattr(record, "reversal") else record.reason,
    )


def standing_of(record: HourRecord) -> str:
    """已计入, or how many minutes of it count so far."""
    if hasattr(record, "reversal"):
        return _("已冲正")
    counted = sum(
        portion.minutes
        for portion in record.portions.all()
        if portion.band == "at_once" or (hasattr(portion, "review") and portion.review.verdict == "confirm")
    )
    return _("已计入") if counted == record.minutes else _("计入 %(minutes)s 分钟") % {"minutes": counted}


@transaction.atomic
def take_in(file, *, by: User, now: datetime) -> tuple[int, list[Fault]]:
    """Enter every row of a file by hand, or none: (rows entered, faults by line). The same file again enters nothing twice."""
    faults: list[Fault] = []
    done = 0
    for line, row in rows_in(file):
        if line - 1 > MOST_IN:
            faults.append(Fault(line, _("一次最多 %(most)s 行，请分成几个文件。") % {"most": MOST_IN}))
        elif fault := _enter(row, by=by, now=now):
            faults.append(Fault(line, fault))
        else:
            done += 1
        if len(faults) >= MOST_FAULTS or line - 1 > MOST_IN:
            break
    if not done and not faults:
        faults.append(Fault(1, _("没有读到数据行。第一行要是列名：%(names)s。") % {"names": "、".join(NEEDED)}))
    if faults:
        transaction.set_rollback(True)
    return (0 if faults else done), faults


def _enter(row: dict[str, str], *, by: User, now: datetime) -> str:
    """Enter one row; the reason in words when that is not possible."""
    missing = [name for name in NEEDED if not row.get(name)]
    if missing:
        return _("缺少：%(names)s") % {"names": "、".join(missing)}
    day = date_in(row["服务日期"])
    first, last = rules.time_in(squeezed(row["开始时间"])), rules.time_in(squeezed(row["结束时间"]))
    if day is None or first is None or last is None:
        return _("没有看懂日期或时间，请写成 2026-11-21 和 14:30。")
    person = User.objects.with_phone(phones.normalised(row["手机号"]) or "-")
    volunteer = queries.volunteers_in_sight(by, today=timezone.localdate(now)).filter(person=person).first() if person else None
    if volunteer is None:
        return _("您负责的地方没有用这个手机号登记的志愿者。")
    start, end = _at(day, first), _at(day, last)
    try:
        services.record_by_hand(
            volunteer_id=volunteer.pk,
            title=row["服务内容"][:80],
            started_at=start,
            ended_at=end if end > start else end + timedelta(days=1),
            reason=row["说明"][:200],
            activity_ref=f"in-{row['活动编号']}"[:60],
            by=by,
            now=now,
        )
    except Refused as refused:
        return words(refused.refusal)
    return ""


def _at(day: date, time: tuple[int, int]) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, *time))


def rows_in(file) -> Iterator[tuple[int, dict[str, str]]]:
    """(line, {column: text}) of a CSV or Excel file; a file that cannot be read has no rows. Formulas are never run."""
    content = file.read()
    found = _excel_rows(content) if str(file.name).lower().endswith(".xlsx") else _csv_rows(content)
    heads: list[str] = []
    for line, cells in enumerate(found, start=1):
        texts = [plain(cell).strip().removeprefix("'") for cell in cells[:40]]
        if not heads:
            heads = texts if "手机号" in texts else []
        elif any(texts):
            yield line, dict(zip(heads, texts, strict=False))
        if line > MOST_IN + 20:
            return


def _csv_rows(content: bytes) -> Iterator[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030", "replace")
    try:
        yield from csv.reader(io.StringIO(text, newline=""))
    except csv.Error:
        return


def _excel_rows(content: bytes) -> Iterator[list[str]]:
    if not unpacks_modestly(content):
        return
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        for row in book.worksheets[0].iter_rows(max_row=MOST_IN + 30, max_col=40, values_only=True):
            yield [_text(cell) for cell in row]
    except Exception:  # noqa: BLE001 - openpyxl fails in many ways on files that are none
        return


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d}"
    return f"{cell:%H:%M}" if hasattr(cell, "hour") else str(cell)
