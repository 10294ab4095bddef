"""Codes on paper: how they look, who prints them, when one shows that somebody lives here. Plain Python."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Set
from datetime import date

from communities.roles.rules import Role
from portal.refusals import Refusal
from portal.refusals import gettext_noop as _

SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that is taken for another: no 0 and O, no 1 and I
LENGTH = 8  # 40 bits: beside ten tries a day nobody comes upon one
MOST, DAYS, LONGEST = 300, 30, 90
TRIES_AN_HOUR, TRIES_A_DAY = 5, 10
FILE_DAYS = 3


def code_in(text: str) -> str:
    """The code as it was printed, from what somebody typed: small letters, blanks, hyphens, full-width signs; or ""."""
    plain = re.sub(r"[\s\-–—_·.]", "", unicodedata.normalize("NFKC", text)).upper()
    return plain if len(plain) == LENGTH and set(plain) <= set(SIGNS) else ""


def grouped(code: str) -> str:
    return f"{code[:4]}-{code[4:]}"


def objection_to_printing(*, roles: Set[Role], level: str, abolished: bool) -> Refusal | None:
    if Role.COMMUNITY_WORKER not in roles:
        return Refusal("not_worker", _("纸质验证码由本社区工作者印发，您没有权限。"), status=403)
    if level != "community" or abolished:
        return Refusal("no_community", _("请选择一个社区。"), field="community")
    return None


def objection_to_stopping(*, roles: Set[Role], stopped: bool) -> Refusal | None:
    if Role.COMMUNITY_WORKER not in roles:
        return Refusal("not_worker", _("纸质验证码由本社区工作者印发，您没有权限。"), status=403)
    if stopped:
        return Refusal("stopped_already", _("这一批已经作废。"))
    return None


def objection_to_trying(*, declared: bool, this_hour: int, today: int) -> Refusal | None:
    """May she try a code at all?"""
    if not declared:
        return Refusal("nothing_to_prove", _("您没有等待核实的居住登记。"))
    if this_hour >= TRIES_AN_HOUR or today >= TRIES_A_DAY:
        return Refusal(
            "too_many_tries",
            _("验证码输错的次数太多，请一小时后再试。"),
            field="code",
            next=_("也可以到社区党群服务中心当面核实。"),
        )
    return None


def objection_to_code(
    *, known: bool, same_community: bool, used: bool, stopped: bool, last_day: date | None, today: date
) -> Refusal | None:
    """Does this code prove that she lives where she says?"""
    if not known:
        return Refusal("code_wrong", _("没有这个验证码，请对照信纸再输一次。"), field="code")
    if used:
        return Refusal("code_used", _("这个验证码已经用过，一个验证码只能用一次。"), field="code")
    if stopped:
        return Refusal("code_stopped", _("这一批验证码已作废，请联系社区工作站。"), field="code")
    if last_day is not None and today > last_day:
        return Refusal("code_expired", _("这个验证码已过期，请联系社区工作站再发一封。"), field="code")
    if not same_community:
        return Refusal(
            "other_community",
            _("这封信是另一个社区发的，与您登记的社区不同。"),
            field="code",
            next=_("请先更改居住的社区。"),
        )
    return None
