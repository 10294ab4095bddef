"""A roster against what stands: read into a table of the transaction, compared there, and written from there.

The check and the import run the same steps; the import also writes. So the preview cannot differ from the act, the rows
never pile up in memory, and a failed import leaves nothing behind.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.db import connection

from communities.accounts import phones
from communities.divisions.files import NotReadable
from communities.divisions.models import Division
from communities.rosters import files, rules
from communities.rosters.models import Roster
from communities.rosters.queries import names_below
from portal import masking

BATCH, SAMPLE, PULSE = 5_000, 20, 2_000
KINDS = ("fresh", "changed", "moved", "same", "gone")
STAGE = """
DROP TABLE IF EXISTS roster_lines, roster_doubts, roster_plan, roster_gone;
CREATE TEMPORARY TABLE roster_lines (
    line integer, community_id bigint, name varchar(50), phone_index varchar(64), phone_cipher bytea,
    shown varchar(20), estate varchar(60), adult boolean
) ON COMMIT DROP;
CREATE TEMPORARY TABLE roster_doubts (phone_index varchar(64), name varchar(50)) ON COMMIT DROP;
"""
# What each line is: beside the entry that stands under its number, if any.
PLAN = """
CREATE TEMPORARY TABLE roster_plan ON COMMIT DROP AS
SELECT l.*, e.id AS entry_id, e.name AS old_name, e.community_id AS old_community,
       CASE WHEN e.id IS NULL THEN 'fresh'
            WHEN e.community_id <> l.community_id THEN 'moved'
            WHEN e.name <> l.name OR coalesce(l.estate, e.estate) <> e.estate
                 OR coalesce(l.adult, e.adult) IS DISTINCT FROM e.adult THEN 'changed'
            ELSE 'same' END AS kind
FROM roster_lines l LEFT JOIN communities_rosterentry e ON e.phone_index = l.phone_index AND e.until IS NULL
"""
# Who stands in the communities of the file and is missing in it. A row that could not be read is not a missing one.
GONE = """
CREATE TEMPORARY TABLE roster_gone ON COMMIT DROP AS
SELECT e.id, e.name, e.phone_cipher FROM communities_rosterentry e
WHERE e.until IS NULL AND %s AND e.community_id IN (SELECT community_id FROM roster_lines)
  AND NOT EXISTS (SELECT 1 FROM roster_lines l WHERE l.phone_index = e.phone_index)
  AND NOT EXISTS (SELECT 1 FROM roster_doubts d WHERE d.phone_index = e.phone_index)
  AND NOT EXISTS (SELECT 1 FROM roster_doubts d WHERE d.name = e.name)
"""


class HasIdentityNumbers(Exception):  # noqa: N818 - it names what was found
    """The file carries identity numbers and is not taken (P5)."""


@dataclass(slots=True)
class Found:
    """What a reading came to: how many of each kind, masked samples, rows left out by reason."""

    counts: dict[str, int] = field(default_factory=dict)
    samples: dict[str, list[list[str]]] = field(default_factory=dict)
    communities: list[int] = field(default_factory=list)


class Reading:
    """One pass over a roster's file. `writer` gets the rows that stay out, when it is given."""

    def __init__(self, roster: Roster, *, sealed: bool, report: Callable[[int, int], None], writer: object = None):
        self.roster, self.sealed, self.report, self.writer = roster, sealed, report, writer
        self.columns = {key: place for key, place in roster.columns.items() if place is not None}
        self.places = names_below(roster.place)
        self.ids = dict(Division.objects.filter(code__in=self.places.values()).values_list("code", "pk"))
        self.here = roster.place.code if roster.place.code in self.ids else ""
        self.lines_of: dict[str, int] = {}
        self.left_out: Counter[str] = Counter()
        self.bad: list[list[str]] = []
        self.buffer, self.out = io.StringIO(), None
        self.doubts: list[tuple[str, str]] = []

    def stage(self) -> Found:
        """Fill the tables of the transaction. Errors: NotReadable, HasIdentityNumbers."""
        with connection.cursor() as cursor:
            cursor.execute(STAGE)
        self.out = csv.writer(self.buffer)
        waiting = rows = 0
        with self.roster.file.open("rb") as held, files.table(held, is_excel=_is_excel(self.roster)) as (lines, about):
            for line, cells in files.numbered(lines):
                rows += 1
                waiting += self._take(line, cells)
                if waiting >= BATCH:
                    self._copy()
                    waiting = 0
                if rows % PULSE == 0:
                    self.report(min(rows, about or rows), about or rows)
        self._copy()
        self._copy_doubts()
        self.report(rows, rows)
        return compared(self, rows)

    def _take(self, line: int, cells: list[str]) -> int:
        if any(rules.has_identity_number(cell) for cell in cells):
            raise HasIdentityNumbers
        given = {key: cells[place] if place < len(cells) else "" for key, place in self.columns.items()}
        phone = phones.normalised(given.get(rules.PHONE, ""))
        sound, reason = rules.sound_line(given, phone=phone, places=self.places, here=self.here)
        earlier = self.lines_of.get(phone) if sound else None
        if earlier is not None:
            sound, reason = None, rules.TWICE
        if sound is None:
            self._leave_out(line, cells, given, phone, reason, earlier)
            return 0
        self.lines_of[phone] = line
        sealed = "\\x" + phones.seal(phone).hex() if self.sealed else ""
        adult = "" if sound.adult is None else "t" if sound.adult else "f"
        estate = "" if sound.estate is None else sound.estate
        index, shown = phones.index_of(phone), masking.mask_phone(phone)
        self.out.writerow([line, self.ids[sound.place], sound.name, index, sealed, shown, estate, adult])
        return 1

    def _leave_out(self, line: int, cells: list[str], given: dict, phone: str, reason: str, earlier: int | None) -> None:
        self.left_out[reason] += 1
        self.doubts.append((phones.index_of(phone) if phone else "", rules.tidy_name(given.get(rules.NAME, ""))[:50]))
        why = rules.REASONS[reason] % {"line": earlier}
        if self.writer is not None:
            padded = (cells + [""] * len(self.roster.headings))[: len(self.roster.headings)]
            self.writer.write([*padded, why])
        if len(self.bad) < SAMPLE:
            name, number = masking.mask_name(given.get(rules.NAME, ""))[:20], masking.mask_phone(phone) if phone else ""
            self.bad.append([str(line), name, number, why])

    def _copy(self) -> None:
        self.buffer.seek(0)
        with connection.cursor() as cursor:
            cursor.copy_expert("COPY roster_lines FROM STDIN WITH (FORMAT csv, NULL '')", self.buffer)
        self.buffer.seek(0)
        self.buffer.truncate()

    def _copy_doubts(self) -> None:
        for phone_index, name in self.doubts:
            self.out.writerow([phone_index, name])
        self.buffer.seek(0)
        with connection.cursor() as cursor:
            cursor.copy_expert("COPY roster_doubts FROM STDIN WITH (FORMAT csv)", self.buffer)
            cursor.execute("CREATE INDEX ON roster_lines (phone_index)")
            cursor.execute("ANALYZE roster_lines")
            cursor.execute("ANALYZE roster_doubts")


def compared(reading: Reading, rows: int) -> Found:
    """Count and sample what the staged lines would do."""
    found = Found(counts=dict.fromkeys(KINDS, 0))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE communities_rosterentry")
        cursor.execute(PLAN)
        cursor.execute(GONE, [reading.roster.whole])
        cursor.execute("SELECT DISTINCT community_id FROM roster_lines ORDER BY 1")
        found.communities = [number for (number,) in cursor.fetchall()]
        cursor.execute("SELECT kind, count(*) FROM roster_plan GROUP BY kind")
        found.counts.update(dict(cursor.fetchall()))
        for kind in KINDS[:3]:
            cursor.execute("SELECT line, name, shown FROM roster_plan WHERE kind = %s ORDER BY line LIMIT %s", [kind, SAMPLE])
            found.samples[kind] = [[str(line), masking.mask_name(name), shown] for line, name, shown in cursor.fetchall()]
        cursor.execute("SELECT count(*) FROM roster_gone")
        found.counts["gone"] = cursor.fetchone()[0]
        cursor.execute("SELECT name, phone_cipher FROM roster_gone ORDER BY id LIMIT %s", [SAMPLE])
        gone = [(masking.mask_name(name), phones.unseal(cipher)) for name, cipher in cursor.fetchall()]
        found.samples["gone"] = [["", name, masking.mask_phone(phone)] for name, phone in gone]
    found.samples["left_out"] = reading.bad
    found.counts |= {"rows": rows, "left_out": sum(reading.left_out.values())}
    found.counts |= {f"why_{reason}": count for reason, count in reading.left_out.items()}
    return found


def write(roster: Roster, found: Found, *, today: date) -> None:
    """Bring the standing entries in line with the staged lines: ends first, so that a number never stands twice."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE communities_rosterentry SET until = %s WHERE id IN (SELECT id FROM roster_gone)", [today]
        )
        cursor.execute(
            "UPDATE communities_rosterentry SET until = %s WHERE id IN (SELECT entry_id FROM roster_plan WHERE kind = 'moved')",
            [today],
        )
        cursor.execute(
            "UPDATE communities_rosterentry e SET name = p.name, estate = coalesce(p.estate, e.estate), "
            "adult = coalesce(p.adult, e.adult), roster_id = %s FROM roster_plan p WHERE p.entry_id = e.id AND p.kind = 'changed'",
            [roster.pk],
        )
        cursor.execute(
            "INSERT INTO communities_rosterentry (community_id, name, phone_cipher, phone_index, estate, adult, since, roster_id) "
            "SELECT community_id, name, phone_cipher, phone_index, coalesce(estate, ''), adult, %s, %s FROM roster_plan "
            "WHERE kind IN ('fresh', 'moved') ORDER BY line",
            [today, roster.pk],
        )


def _is_excel(roster: Roster) -> bool:
    return roster.file.name.endswith(".xlsx")


__all__ = ["Found", "HasIdentityNumbers", "NotReadable", "Reading", "write"]
