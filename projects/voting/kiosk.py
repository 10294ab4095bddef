"""Rules of voting on a device of the service centre. Plain Python."""

from __future__ import annotations

from datetime import datetime, timedelta

from portal.refusals import Refusal
from portal.refusals import gettext_noop as _

IDLE, WARN = 300, 240  # seconds without a sign of life until everything is cleared, and until the warning
A_DAY = timedelta(hours=14)
PASS_LIFE = timedelta(minutes=10)
PASS_DIGITS = 8
MOST_WRONG = 10


def is_open(now: datetime, *, opened_at: datetime, closed_at: datetime | None) -> bool:
    """A kiosk that nobody closed ends by itself with the day."""
    return closed_at is None and opened_at <= now < opened_at + A_DAY


def is_idle(now: float, *, seen_at: float) -> bool:
    """Has nobody touched the device for so long that what is on it must go? Seconds of the machine's clock."""
    return not 0 <= now - seen_at <= IDLE


def objection_to_pass(*, matches: bool, wrong_tries: int) -> Refusal | None:
    if wrong_tries >= MOST_WRONG:
        text = _("输错次数太多，请找工作人员重新发一个投票码。")
        return Refusal("too_many_tries", text, field="code", status=429)
    if not matches:
        return Refusal("wrong_pass", _("投票码不对，或者已经过期、用过。请核对，或找工作人员重新发。"), field="code")
    return None


def grouped(code: str) -> str:
    return f"{code[:4]} {code[4:]}"
