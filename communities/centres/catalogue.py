"""The two catalogues from which a community picks: basic and added services. The texts are in data/catalogue.yaml.

They are the portal's own wording of what service centres usually offer, no office's list: a community changes what it
picks, and leaves out what it does not have.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

FILE = Path(__file__).parent / "data" / "catalogue.yaml"


@dataclass(frozen=True, slots=True)
class Entry:
    """One kind of service, in the words that a centre starts from."""

    key: str
    catalogue: str
    category: str
    name: str
    about: str
    who: str
    bring: str
    cost: str
    steps: str


def read() -> tuple[Entry, ...]:
    held = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return tuple(
        Entry(catalogue=catalogue, category=category, **{"bring": "", "cost": "免费", "steps": "", **row})
        for catalogue, categories in held.items()
        for category, rows in categories.items()
        for row in rows
    )


ENTRIES = read()
BY_KEY = {entry.key: entry for entry in ENTRIES}
