"""A district's four lists as plain values: for its page, and as a table that can be handed in again."""

from __future__ import annotations

from django.utils.translation import gettext as _

from communities.centres import queries
from communities.centres.catalogue import Entry
from communities.centres.rules import CATALOGUES, CATEGORIES
from communities.centres.rules.lists import COLUMNS
from communities.divisions.models import Division
from portal.sheets import Sheet


def four_lists(district: Division) -> list[dict]:
    """[{key, title, count, source}] in the order of the lists."""
    every = queries.entries_of(district)
    held = {key: [entry for entry in every if entry.catalogue == key] for key in CATALOGUES}
    return [
        {"key": key, "title": _(title), "count": len(held[key]), "source": _(held[key][0].source) if held[key] else ""}
        for key, title in CATALOGUES.items()
    ]


def categories() -> list[str]:
    return [_(title) for title in CATEGORIES.values()]


def sheet_of(district: Division, catalogue: str) -> Sheet:
    entries = [entry for entry in queries.entries_of(district) if entry.catalogue == catalogue]
    heads = [heading for heading, _most, _needed, _other in COLUMNS.values()]
    return Sheet(title=CATALOGUES[catalogue], heads=heads, rows=[row_of(entry) for entry in entries])


def row_of(entry: Entry) -> list[str]:
    code = entry.key.removeprefix(f"{entry.catalogue}-")
    cells = {name: getattr(entry, name) for name in COLUMNS if name != "code"}
    cells |= {"code": code, "category": CATEGORIES[entry.category]}
    return [cells[name] for name in COLUMNS]
