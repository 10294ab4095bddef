"""When a hearing may be called and joined, and what its record needs. Plain Python.

Places go in the order of asking; who is beyond them waits, and moves up when somebody leaves.
"""

from __future__ import annotations

from datetime import date

from portal.refusals import Refusal
from portal.refusals import gettext_noop as _

LEAST_DAYS = 3
KEEP_DAYS = 90  # so long after the hearing the names of those who came in person are known


def objection_to_call(
    *, today: date, held_on: date, register_until: date, waiting: bool, announced: bool
) -> Refusal | None:
    """Announced at least three days ahead [D]; places are asked for before the day; one hearing after the other."""
    if not waiting:
        return Refusal("not_waiting", _("这份提案现在不在初审或评议中，不能召开听证会。"))
    if announced:
        return Refusal("already_called", _("这份提案已经公告了听证会，办完或取消后才能再开。"))
    if (held_on - today).days < LEAST_DAYS:
        return Refusal(
            "too_early", _("听证会要至少提前 %(days)s 天公告，请改晚一些。"), {"days": LEAST_DAYS}, field="held_on"
        )
    if not today <= register_until < held_on:
        return Refusal("register_wrong", _("报名截止要在今天以后、听证会以前。"), field="register_until")
    return None


def objection_to_asking(*, today: date, register_until: date, cancelled: bool) -> Refusal | None:
    if cancelled:
        return Refusal("cancelled", _("这次听证会已取消，不用报名。"))
    if today > register_until:
        return Refusal(
            "register_over", _("报名已经截止。"), next=_("可以把意见写给社区工作站，或在提案页面支持、提异议。")
        )
    return None


def objection_to_leaving(*, today: date, held_on: date) -> Refusal | None:
    """On the day itself one may still stay away; afterwards the list is part of what happened."""
    if today > held_on:
        return Refusal("hearing_over", _("听证会已经开过，不能再取消报名。"))
    return None


def objection_to_name(*, listed: bool, known: bool) -> Refusal | None:
    """One place for one person; two of the same name are told apart by the worker."""
    if listed and known:
        return Refusal("listed_already", _("这位居民已经报名，不用再登记。"), field="phone")
    if listed:
        return Refusal(
            "same_name", _("名单里已有同名的来访居民。如是另一个人，请在姓名后加上楼栋，例如“李秀兰（3栋）”。"), field="name"
        )
    return None


def objection_to_striking(*, entered: bool) -> Refusal | None:
    if not entered:
        return Refusal("asked_herself", _("这位居民是自己报名的，由本人取消。"), status=403)
    return None


def objection_to_record(*, today: date, held_on: date, cancelled: bool, signed: bool) -> Refusal | None:
    if cancelled:
        return Refusal("cancelled", _("这次听证会已取消，没有笔录。"))
    if today < held_on:
        return Refusal("not_held", _("听证会还没有召开，不能写笔录。"))
    if signed:
        return Refusal("already_signed", _("笔录已有人签字，不能再改。"))
    return None


def objection_to_calling_off(*, cancelled: bool, recorded: bool) -> Refusal | None:
    if cancelled:
        return Refusal("cancelled", _("这次听证会已经取消。"))
    if recorded:
        return Refusal("already_held", _("听证会已有笔录，不能取消。"))
    return None


def objection_to_signing(*, recorded: bool, signed: bool, other_signer: int | None, signer: int) -> Refusal | None:
    """The clerk who kept the record and the person who presided: two people."""
    if not recorded:
        return Refusal("no_record", _("还没有写笔录，不能签字。"))
    if signed:
        return Refusal("already_signed", _("这里已经签过字了。"))
    if other_signer == signer:
        return Refusal("same_person", _("主持人和记录人要由两个人分别签字。"), status=403)
    return None


def split(asked: list[int], *, places: int) -> tuple[list[int], list[int]]:
    """(who has a place, who waits), in the order of asking."""
    return asked[:places], asked[places:]
