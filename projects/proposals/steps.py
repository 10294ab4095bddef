"""The questions that a resident is asked, one page each, in order. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass

from portal.refusals import gettext_noop as _


@dataclass(frozen=True, slots=True)
class Step:
    """One page: its part of the address, its question, and the answers that it asks for."""

    key: str
    title: str
    fields: tuple[str, ...]


STEPS: tuple[Step, ...] = (
    Step("need", _("现在有什么不方便？"), ("need",)),
    Step("wish", _("您希望怎么办？"), ("title", "wish")),
    Step("place", _("在什么地方？"), ("place",)),
    Step("people", _("谁会受益？"), ("beneficiaries", "beneficiary_count")),
    Step("cost", _("属于哪一类，大约要多少钱？"), ("category", "estimate")),
    Step("photos", _("有照片或文件吗？"), ()),
)
KEYS = tuple(step.key for step in STEPS)
FIELDS = tuple(name for step in STEPS for name in step.fields)
BY_KEY = {step.key: step for step in STEPS}
TOTAL = len(STEPS)
MOST_PHOTOS = 6
MOST_COST_ITEMS = 5


def number_of(key: str) -> int:
    return KEYS.index(key) + 1


def next_after(key: str) -> str:
    """The key of the next page; "" after the last."""
    return KEYS[KEYS.index(key) + 1] if key != KEYS[-1] else ""


def before(key: str) -> str:
    """The key of the page before; "" before the first."""
    return KEYS[KEYS.index(key) - 1] if key != KEYS[0] else ""


def step_of(field: str) -> str:
    """On which page a field is asked; "" for a field that no page asks."""
    return next((step.key for step in STEPS if field in step.fields), "")
