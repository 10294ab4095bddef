"""What an app above shows beside a page of an app below: the page names the place, the app above has registered for it.

So a project's page can say that helpers are wanted without knowing who volunteers are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Tell = Callable[..., tuple[str, dict[str, Any]] | None]
_HELD: dict[str, list[Tell]] = {}


def beside(place: str, tell: Tell) -> None:
    """Register `tell(about, person=)` for a place: a template with its context, or None. A repeat is ignored."""
    held = _HELD.setdefault(place, [])
    if tell not in held:
        held.append(tell)


def told(place: str, about: object, *, person: object) -> list[tuple[str, dict[str, Any]]]:
    return [answer for tell in _HELD.get(place, ()) if (answer := tell(about, person=person))]
