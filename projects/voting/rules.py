"""Who may vote, and the order in which she sees the projects. Plain Python."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from portal.refusals import Refusal
from portal.refusals import gettext_noop as _

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXY"  # 31 signs, a prime: the check finds every slip
TRACKER_LENGTH = 16
KEY_SIGNATURES = 2
AFTER_NOTICE = ("approval", "done")


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


def objection_to_signing(*, person: int, signed: Collection[int], gone: bool) -> Refusal | None:
    """May this person order the key destroyed? Two different people, once each, while there is a key."""
    if gone:
        return Refusal("key_gone", _("密钥已经销毁，不用再确认。"))
    if person in signed:
        return Refusal("signed_already", _("您已经确认过，要由另一位街道工作人员确认。"))
    return None


def digest_of_day(previous: str, figures: Mapping[str, object]) -> str:
    """SHA-256 (hex) over the digest before and the day's figures as canonical JSON (keys sorted, no blanks)."""
    text = json.dumps(figures, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256((previous + text).encode()).hexdigest()


def too_few_to_publish(ballots: int, *, most: int) -> bool:
    """A long ballot is nearly a fingerprint: under 200, or under 1,000 with more than 5 choices, totals only."""
    return ballots < (1000 if most > 5 else 200)


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
