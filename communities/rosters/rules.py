"""What a roster may hold, how a row of it is read, and when it shows that somebody lives here. Plain Python.

Five columns are read and no others: name, mobile number, community, estate, of age or not. A file that carries identity
numbers is not taken at all (P5): the portal does not need them, so it must not hold them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from portal.refusals import Refusal
from portal.refusals import gettext_noop as _

NAME, PHONE, COMMUNITY, ESTATE, ADULT = "name", "phone", "community", "estate", "adult"
FIELDS = {
    NAME: _("姓名"),
    PHONE: _("手机号"),
    COMMUNITY: _("社区"),
    ESTATE: _("小区或城中村"),
    ADULT: _("是否满18周岁"),
}
NEEDED = (NAME, PHONE)
KNOWN = {
    NAME: ("姓名", "居民姓名", "名字", "name"),
    PHONE: ("手机号", "手机号码", "手机", "联系电话", "电话", "移动电话", "mobile", "phone"),
    COMMUNITY: ("社区", "所属社区", "居住社区", "社区名称", "community"),
    ESTATE: ("小区", "小区或城中村", "小区名称", "城中村", "居住小区", "estate"),
    ADULT: ("是否满18周岁", "已满18周岁", "是否成年", "成年", "年龄", "adult"),
}
MOST_ROWS, MOST_COLUMNS, MOST_MB = 120_000, 60, 20
REASON_HEADING = "未导入原因"
YES = frozenset({"是", "已满", "成年", "y", "yes", "true", "√"})
NO = frozenset({"否", "未满", "未成年", "n", "no", "false"})

# What a row is left out for. %(line)s is another row of the same file.
NO_NAME, ODD_NAME, NO_PHONE, ODD_PHONE, TWICE = "no_name", "odd_name", "no_phone", "odd_phone", "twice"
NO_PLACE, ELSEWHERE, ODD_ADULT, CHILD, ODD_ESTATE = "no_place", "elsewhere", "odd_adult", "child", "odd_estate"
REASONS = {
    NO_NAME: _("没有姓名"),
    ODD_NAME: _("姓名要写 2 至 50 个字，不能有数字"),
    NO_PHONE: _("没有手机号。没有手机的居民请当面核实，或发纸质验证码"),
    ODD_PHONE: _("手机号应为 11 位，以 13 至 19 开头"),
    TWICE: _("手机号与第 %(line)s 行相同。一个手机号登记一个人，合用的请当面核实"),
    NO_PLACE: _("没有写社区"),
    ELSEWHERE: _("这个社区不在您负责的范围内，或名称写错了"),
    ODD_ADULT: _("是否满18周岁请填“是”“否”或年龄"),
    CHILD: _("未满 14 周岁的小朋友不登记"),
    ODD_ESTATE: _("小区名称最多 60 个字，不要写楼栋和门牌号"),
}
# The same for many rows at once, where a line number means nothing.
OF_MANY = REASONS | {TWICE: _("手机号在表里出现了两次")}

_IDENTITY_HEADING = re.compile(r"身份证|证件号|公民身份|护照|银行卡|卡号|社保|identity|id[ _]?(card|number|no\b)", re.I)
_IDENTITY = re.compile(r"(?<!\d)(\d{17}[\dXx])(?!\d)")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True, slots=True)
class Line:
    """A sound row. `estate` and `adult` are None when the roster says nothing about them."""

    name: str
    phone: str
    place: str
    estate: str | None
    adult: bool | None


def identity_heading(headings: Sequence[str]) -> str:
    """The first heading that announces identity or card numbers; "" when there is none."""
    return next((heading for heading in headings if _IDENTITY_HEADING.search(heading)), "")


def has_identity_number(text: str) -> bool:
    """Is there an identity number with a true date and a fitting check sign (GB 11643) in this cell?"""
    if len(text) < 18:
        return False
    found = _IDENTITY.search(unicodedata.normalize("NFKC", text))
    if not found:
        return False
    number = found[1].upper()
    total = sum(int(sign) * weight for sign, weight in zip(number, _WEIGHTS, strict=False))
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    return "10X98765432"[total % 11] == number[17]


def guessed(headings: Sequence[str]) -> dict[str, int]:
    """Which column is which, by its heading; a field that no heading fits is left out."""
    plain = [re.sub(r"[\s（）()*：:]|必填|选填", "", heading).lower() for heading in headings]
    found: dict[str, int] = {}
    for field, words in KNOWN.items():
        place = next((plain.index(word) for word in words if word in plain), None)
        if place is not None:
            found[field] = place
    return found


def objection_to_columns(columns: Mapping[str, int | None], *, needs_place: bool) -> Refusal | None:
    for field in NEEDED:
        if columns.get(field) is None:
            return Refusal("column_missing", _("请选出哪一列是姓名、哪一列是手机号。"), field=field)
    if needs_place and columns.get(COMMUNITY) is None:
        return Refusal("place_missing", _("街道的名册要有社区一列，请选出来。"), field=COMMUNITY)
    chosen = [place for place in columns.values() if place is not None]
    if len(chosen) != len(set(chosen)):
        return Refusal("column_twice", _("同一列不能当作两项，请重新对应。"), field=NAME)
    return None


def tidy_name(text: str) -> str:
    """As it is kept: no blanks between Chinese characters, one blank between Latin words, one kind of middle dot."""
    plain = unicodedata.normalize("NFKC", text).replace("•", "·").replace("‧", "·").replace("・", "·").strip()
    plain = re.sub(r"\s+", " ", plain)
    return plain if plain.isascii() else plain.replace(" ", "")


def same_name(one: str, other: str) -> bool:
    return bool(one) and tidy_name(one).casefold() == tidy_name(other).casefold()


def adult_in(text: str) -> tuple[bool | None, str]:
    """(of age or not or unknown, why it cannot be read)."""
    plain = unicodedata.normalize("NFKC", text).strip().lower().removesuffix("岁").removesuffix("周")
    if not plain:
        return None, ""
    if plain in YES or plain in NO:
        return plain in YES, ""
    if re.fullmatch(r"[0-9]{1,3}(\.0)?", plain) and (age := int(float(plain))) <= 130:
        return (age >= 18, "") if age >= 14 else (None, CHILD)
    return None, ODD_ADULT


def sound_line(cells: Mapping[str, str], *, phone: str, places: Mapping[str, str], here: str) -> tuple[Line | None, str]:
    """The row, or the key of the reason why it stays out. `phone` is the number as read, "" when unreadable; `places`
    the names that may stand in the community's column with their codes; `here` the code when there is no such column."""
    name = tidy_name(cells.get(NAME, ""))
    if not name:
        return None, NO_NAME
    if not 2 <= len(name) <= 50 or any(sign.isdigit() or not sign.isprintable() for sign in name):
        return None, ODD_NAME
    if not phone:
        return None, ODD_PHONE if cells.get(PHONE, "").strip() else NO_PHONE
    place = here
    if COMMUNITY in cells:
        typed = re.sub(r"\s", "", cells[COMMUNITY])
        if not typed and not here:
            return None, NO_PLACE
        place = places.get(typed.removesuffix("社区"), "") if typed else here
        if not place:
            return None, ELSEWHERE
    adult, reason = adult_in(cells.get(ADULT, ""))
    if reason:
        return None, reason
    estate = unicodedata.normalize("NFKC", cells.get(ESTATE, "")).strip()
    if len(estate) > 60 or sum(sign.isdigit() for sign in estate) > 4 or not estate.isprintable():
        return None, ODD_ESTATE
    return Line(name, phone, place, estate or None, adult), ""


def objection_to_roster(*, may: bool, state: str, wanted: Sequence[str]) -> Refusal | None:
    """May this act be done on the roster as it stands?"""
    if not may:
        return Refusal("not_yours", _("名册由本社区工作者或街道工作人员办理，您没有权限。"), status=403)
    if state not in wanted:
        return Refusal("roster_moved_on", _("这份名册已经办到别的步骤，请刷新页面。"))
    return None


def objection_to_match(
    *, declared: bool, tries: int, on_roster: bool, same: bool, ages_agree: bool
) -> Refusal | None:
    """Does the roster show that she lives here? Says nothing about what the roster holds instead."""
    counter = _("可以带一样证明到社区党群服务中心当面核实，或用收到的纸质验证码。")
    if not declared:
        return Refusal("nothing_to_prove", _("您没有等待核实的居住登记。"))
    if tries >= TRIES_A_DAY:
        return Refusal("too_many_tries", _("今天已核对 %(count)s 次，请明天再试。"), {"count": TRIES_A_DAY}, next=counter)
    if not on_roster or not same:
        return Refusal("not_on_roster", _("社区名册上没有与您的手机号和姓名都相同的登记。"), next=counter)
    if not ages_agree:
        return Refusal("ages_differ", _("名册上的年龄段与您填写的不同。"), next=counter)
    return None


TRIES_A_DAY = 3
