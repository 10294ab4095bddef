"""The portal's own basic and added services, from which a community picks while its district has brought no list.

The texts are in data/catalogue.yaml: the portal's wording of what service centres usually offer, no office's list, and
said to be so wherever they are picked from. A community changes what it picks, and leaves out what it does not have.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from portal.refusals import gettext_noop as _

OWN = _("平台拟定")
FILE = Path(__file__).parent / "data" / "catalogue.yaml"


@dataclass(frozen=True, slots=True)
class Entry:
    """One kind of service, in the words that a centre starts from; `source` names the document that it comes from."""

    key: str
    catalogue: str
    category: str
    name: str
    about: str
    who: str
    bring: str
    cost: str
    steps: str
    source: str = OWN


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
