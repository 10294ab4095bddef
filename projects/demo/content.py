"""What the demo tells, read from the files in texts/: invented people and what they ask for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

TEXTS = Path(__file__).parent / "texts"


@cache
def read(name: str) -> dict[str, Any]:
    return yaml.safe_load((TEXTS / f"{name}.yaml").read_text(encoding="utf-8"))


def wishes(kind: str) -> dict[str, list[dict[str, Any]]]:
    """Proposals by community for rounds of this kind (collecting, voting, delivery …)."""
    for name in ("proposals_now", "proposals_vote", "proposals_past", "proposals_confirm"):
        if kind in read(name):
            return read(name)[kind]
    raise KeyError(kind)


@dataclass(frozen=True)
class People:
    streets: dict[str, dict[str, list[str]]]
    district: dict[str, Any]
    workers: dict[str, list[str]]
    supervisors: dict[str, str]
    councils: dict[str, list[str]]
    surnames: str
    given: list[str]

    def authors(self, community: str) -> list[str]:
        """Everyone who writes a proposal of this community, in the order of the files, each once."""
        found: dict[str, None] = {}
        for name in ("proposals_now", "proposals_vote", "proposals_past"):
            for places in read(name).values():
                found.update(dict.fromkeys(each["by"] for each in places.get(community, [])))
        return list(found)


def people() -> People:
    held = dict(read("people"))
    held["given"] = held["given"].split()
    return People(**held)
