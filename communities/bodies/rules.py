"""Unified social credit codes (GB 32100-2015): eighteen characters, the last one a check; terms of office. Plain Python."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CODE = re.compile(rf"[{SIGNS}]{{18}}")


def is_credit_code(code: str) -> bool:
    """Does the check character fit? Small letters are not accepted: tidy before asking."""
    if not CODE.fullmatch(code):
        return False
    total = sum(SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(code[:17]))
    return SIGNS[(31 - total % 31) % 31] == code[17]


@dataclass(frozen=True, slots=True)
class Term:
    """Somebody in a post from `since` to `until`, both counted; None is open. `several`: others may hold it beside her."""

    title: str
    name: str
    since: date
    until: date | None
    several: bool = False


def clash(one: Term, other: Term) -> bool:
    """May these two not stand beside each other in one body?"""
    if one.title != other.title or (one.name != other.name and (one.several or other.several)):
        return False
    return (one.until is None or other.since <= one.until) and (other.until is None or one.since <= other.until)


def first_clash(terms: Sequence[Term]) -> tuple[Term, Term] | None:
    """The first two terms of a body that cannot both stand."""
    pairs = ((one, other) for place, one in enumerate(terms) for other in terms[place + 1 :])
    return next(((one, other) for one, other in pairs if clash(one, other)), None)
