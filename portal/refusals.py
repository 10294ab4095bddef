"""A refusal is a value: why an act is not possible, said so that a person can go on.

Plain Python: rules return a Refusal or None and never raise; services call insist().
Texts are Chinese source strings marked with `_`; they are translated where they are shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime


def gettext_noop(text: str) -> str:
    """Mark a source string for the catalogue without loading a framework."""
    return text


@dataclass(frozen=True, slots=True)
class Refusal:
    """What, why, what now, until when.

    `text` and `next` are source strings with %(name)s places filled from `params`.
    `field` names the form field that the text belongs to, "" for the whole act.
    `status` is the HTTP status of a page that shows it: 403 not yours, 409 not now.
    """

    code: str
    text: str
    params: Mapping[str, object] = field(default_factory=dict)
    field: str = ""
    next: str = ""
    until: date | datetime | None = None
    status: int = 409


class Refused(Exception):
    """Raised by insist() inside a service; the transaction rolls back, the visitor sees the reason."""

    def __init__(self, refusal: Refusal):
        super().__init__(refusal.code)
        self.refusal = refusal


def insist(refusal: Refusal | None) -> None:
    """Go on when there is no refusal; raise Refused when there is one."""
    if refusal is not None:
        raise Refused(refusal)
