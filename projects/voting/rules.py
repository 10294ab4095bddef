"""Who may vote, and the order in which she sees the projects. Plain Python."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime

from portal.refusals import Refusal
from portal.refusals import gettext_noop as _

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXY"  # 31 signs, a prime: the check finds every slip
TRACKER_LENGTH = 16


def why_not_on_roll(
    *, home: str, proved: bool, adult: bool, here: str, since: datetime | None, frozen_at: datetime
) -> Refusal | None:
    """Why a person is not on a community's roll, so that she can be told; None when nothing explains it.

    home: code of her home community, "" when she has told none. here: the community of the slate.
    since: when her residence was proved. frozen_at: when the roll was frozen.
    """
    if not home:
        return Refusal("no_home", _("您还没有登记居住的社区。"), next=_("请先登记，再请社区工作者核实。"), status=403)
    if home != here:
        return Refusal("other_community", _("您登记的是另一个社区，只能在自己的社区投票。"), status=403)
    if not proved:
        return Refusal(
            "not_proved",
            _("您的居住情况还没有核实，暂时不能投票。"),
            next=_("请带上住址证明到社区党群服务中心，工作人员当面核实。"),
            status=403,
        )
    if not adult:
        return Refusal("under_age", _("年满18周岁的居民才能投票。"), status=403)
    if since and since > frozen_at:
        return Refusal(
            "after_freeze",
            _("投票开始时选民名册已经固定，您的核实在那之后完成，这一次不能投票，下一批次可以。"),
            status=403,
        )
    return Refusal("not_on_roll", _("这一批次的选民名册上没有您。"), next=_("有疑问请联系社区工作站。"), status=403)


def objection_to_time(now: datetime, opens_at: datetime, closes_at: datetime) -> Refusal | None:
    """Is the poll open? Opening is inclusive, closing exclusive."""
    if now < opens_at:
        return Refusal("not_open", _("投票还没有开始。"), until=opens_at)
    if now >= closes_at:
        return Refusal("closed", _("投票已经截止，这次的选票没有收下。"), until=closes_at)
    return None


def personal_order(candidates: Iterable[int], *, seed: str, person: int) -> list[int]:
    """The candidates in an order that is random per person and stable for her."""
    return sorted(candidates, key=lambda each: hashlib.sha256(f"{seed}|{person}|{each}".encode()).digest())


def tracker_from(number: int) -> str:
    """A receipt tracker: 15 random signs and a check sign, without I, L, O, U, Z.

    number: a random integer below 31**15 (74 bits).
    """
    body = ""
    for _place in range(TRACKER_LENGTH - 1):
        number, digit = divmod(number, 31)
        body += ALPHABET[digit]
    return body + check_character(body)


def check_character(body: str) -> str:
    """Weighted sum modulo 31: finds every single wrong sign and every swap of two neighbours."""
    return ALPHABET[sum((place + 1) * ALPHABET.index(sign) for place, sign in enumerate(body)) % 31]


def read_tracker(text: str) -> str:
    """The tracker in a text as people type it ("o" for 0, "l" for 1, blanks, hyphens); "" when it is none."""
    plain = text.upper().replace(" ", "").replace("-", "").translate(str.maketrans("OIL", "011"))
    if len(plain) != TRACKER_LENGTH or any(sign not in ALPHABET for sign in plain):
        return ""
    return plain if check_character(plain[:-1]) == plain[-1] else ""
