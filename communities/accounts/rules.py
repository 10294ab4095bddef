"""Codes, ages and sessions: how often, how long, why not. Plain Python."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.refusals import Refusal
from portal.refusals import gettext_noop as _

MINUTE, HOUR, DAY = 60, 3600, 24 * 3600
CODE_DIGITS = 6
CODE_LIFE = timedelta(minutes=5)
CODE_TRIES = 3
CONFIRMED_FOR = 10 * MINUTE
INVITATION_LIFE = timedelta(hours=72)
ADULT, YOUTH, CHILD = "adult", "youth", "child"


@dataclass(frozen=True, slots=True)
class Profile:
    """What a staff password must be: kinds of signs, how many earlier ones stay forbidden, when the person is reminded of its age."""

    kinds: int
    unused: int
    remind_after: timedelta | None


# C1: 等保 wants kinds, a history and change now and then; ASVS forbids to ask for either. Twelve signs in both.
OLD_PASSWORD = _("您的登录密码已用了 %(days)s 天以上，建议更改一次。不更改也能照常登录。")
PROFILES = {"dengbao": Profile(3, 5, timedelta(days=90)), "asvs": Profile(0, 0, None)}


@dataclass(frozen=True, slots=True)
class Limits:
    """How many codes may be sent (S42). A day is the last 24 hours."""

    pause: timedelta = timedelta(seconds=60)
    per_number: int = 5
    per_address: int = 20
    per_day: int = 5000


def objection_to_sending(
    now: datetime, *, to_number: Sequence[datetime], from_address: int, today: int, limits: Limits
) -> Refusal | None:
    """May another code be sent? `to_number` are the instants of the last day's codes to this number, oldest first."""
    if to_number and now < to_number[-1] + limits.pause:
        wait = to_number[-1] + limits.pause
        seconds = max(1, int((wait - now).total_seconds() + 0.999))
        return Refusal(
            "too_soon", _("验证码刚刚发出，请等 %(seconds)s 秒再获取。"), {"seconds": seconds}, "phone", until=wait
        )
    if len(to_number) >= limits.per_number:
        return Refusal(
            "number_used_up",
            _("这个号码 24 小时内已收到 %(count)s 条验证码，暂时不能再发。"),
            {"count": limits.per_number},
            "phone",
            next=_("请明天再试，或到社区工作站办理。"),
            until=to_number[-limits.per_number] + timedelta(days=1),
        )
    if from_address >= limits.per_address:
        return Refusal(
            "address_used_up",
            _("您所在的网络 24 小时内获取验证码的次数已用完。"),
            {},
            "phone",
            next=_("请换用手机流量再试，或到社区工作站办理。"),
        )
    if today >= limits.per_day:
        return Refusal(
            "budget_used_up", _("今天的短信已发完，暂时不能获取验证码。"), {}, "phone", next=_("请明天再试。")
        )
    return None


def objection_to_code(
    now: datetime, *, expires_at: datetime, used: bool, tries: int, matches: bool
) -> Refusal | None:
    """Why this code opens nothing. `tries` counts those before this one."""
    if used:
        return Refusal("code_used", _("这个验证码已经用过，请重新获取。"), field="code")
    if now >= expires_at:
        return Refusal("code_expired", _("验证码已过 5 分钟，请重新获取。"), field="code")
    if tries >= CODE_TRIES:
        return Refusal("code_spent", _("已连续输错 3 次，请重新获取验证码。"), field="code")
    if not matches:
        left = CODE_TRIES - tries - 1
        if not left:
            return Refusal("code_spent", _("已连续输错 3 次，请重新获取验证码。"), field="code")
        return Refusal(
            "code_wrong", _("验证码不对，请对照短信再输一次，还可以输 %(left)s 次。"), {"left": left}, "code"
        )
    return None


def objection_to_account(*, is_active: bool, is_staff: bool) -> Refusal | None:
    """Why the holder of a right code does not come in."""
    if is_staff:
        return Refusal(
            "staff_by_phone", _("工作人员不能用手机验证码登录，请从工作人员入口登录。"), field="code", status=403
        )
    if not is_active:
        return Refusal(
            "account_stopped", _("这个账号已停用。"), field="code", next=_("请联系社区工作站了解原因。"), status=403
        )
    return None


def objection_to_age(age: str) -> Refusal | None:
    """Residents below 14 do not use the portal by themselves (P7)."""
    if age == CHILD:
        return Refusal(
            "under_fourteen",
            _("未满 14 周岁的小朋友不能自行登记。"),
            field="age",
            next=_("请家长用自己的手机提出建议，或一起到社区工作站办理。"),
            status=403,
        )
    return None


def days_too_old(now: datetime, *, since: datetime | None, profile: Profile) -> int:
    """The days after which a reminder is due, when this password is older than that; otherwise 0."""
    after = profile.remind_after
    return after.days if after and since and now - since >= after else 0


def idle_limit(*, is_staff: bool, is_administrator: bool) -> int:
    """Seconds without any request after which a session ends (D2)."""
    if is_administrator:
        return 15 * MINUTE
    return 30 * MINUTE if is_staff else 7 * DAY


def absolute_limit(*, is_staff: bool) -> int:
    """Seconds after which a session ends however busy it is (S24)."""
    return 12 * HOUR if is_staff else 90 * DAY


def objection_to_invitation(now: datetime, *, expires_at: datetime, used: bool, is_active: bool) -> Refusal | None:
    if used:
        return Refusal(
            "invitation_used", _("这个链接已经用过。"), next=_("请直接登录；忘记密码时请管理员重新发一个链接。")
        )
    if now >= expires_at or not is_active:
        return Refusal("invitation_over", _("这个链接已经失效。"), next=_("请管理员重新发一个链接。"))
    return None
