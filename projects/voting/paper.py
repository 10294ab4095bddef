"""The arithmetic and the words of paper ballots: serials, what a clerk types, totals, sample. Plain Python."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portal.refusals import Refusal
from portal.refusals import gettext_noop as _

LEAST_SHEETS, MOST_SHEETS = 10, 200
LEAST_SAMPLE, SAMPLE_PERCENT = 5, 5
BLANK = "0"
IS_FINAL = Refusal("paper_is_final", _("您已经在服务中心领了纸质选票，纸质选票不能再改成网上投票。"))


@dataclass(frozen=True, slots=True)
class Reading:
    """What one person read on a sheet: candidate → points, or the reason why it is spoilt."""

    choices: Mapping[str, int]
    spoilt: str = ""


def serial_from(number: int) -> str:
    """Eight random digits and a check digit that finds every single wrong digit.

    number: a random integer below 10**8.
    """
    body = f"{number:08d}"
    return body + _check_digit(body)


def read_serial(text: str) -> str:
    """The serial in what was typed or scanned (blanks and hyphens allowed); "" when it is none."""
    plain = re.sub(r"[\s-]", "", text)
    if not re.fullmatch(r"[0-9]{9}", plain) or _check_digit(plain[:-1]) != plain[-1]:
        return ""
    return plain


def grouped(serial: str) -> str:
    return " ".join(serial[place : place + 3] for place in range(0, len(serial), 3))


def order_on_paper(numbers: Iterable[str], *, seed: str) -> list[str]:
    """The order of the candidates on every sheet of a slate, by lot from its public seed: anyone can repeat it."""
    return sorted(numbers, key=lambda each: hashlib.sha256(f"{seed}|paper|{each}".encode()).digest())


def read_marks(text: str, *, size: int, points: bool) -> dict[int, int] | None:
    """Numbers of candidates as a clerk types them: "3 7 12", with points "3:5 7:2", "0" for a blank sheet.

    size: how many candidates there are. None when the text is not that: nothing typed, a number that is not on the
    sheet, a number twice.
    """
    words = [word for word in re.split(r"[\s,，、]+", text.strip()) if word]
    if words == [BLANK]:
        return {}
    marks: dict[int, int] = {}
    for word in words:
        found = re.fullmatch(r"([0-9]{1,3})[:：]([0-9]{1,4})" if points else r"([0-9]{1,3})", word)
        place = int(found[1]) if found else 0
        if not found or not 1 <= place <= size or place in marks:
            return None
        marks[place] = int(found[2]) if points else 1
    return {place: mark for place, mark in marks.items() if mark} or None


def settled(readings: Mapping[int, Reading]) -> Reading | None:
    """What stands of a sheet, by turn: the third reading, or the first when the second is the same; else None."""
    if 3 in readings:
        return readings[3]
    if 1 in readings and readings[1] == readings.get(2):
        return readings[1]
    return None


def differs(readings: Mapping[int, Reading]) -> bool:
    return 1 in readings and 2 in readings and settled(readings) is None


def objection_to_printing(count: int) -> Refusal | None:
    if LEAST_SHEETS <= count <= MOST_SHEETS:
        return None
    limits = {"least": LEAST_SHEETS, "most": MOST_SHEETS}
    return Refusal("sheets_out_of_range", _("一个信封装 %(least)s 到 %(most)s 张"), limits, field="count")


def objection_to_handing_out(*, printed: int, handed_out: int, sealed: bool) -> Refusal | None:
    if sealed or handed_out >= printed:
        return Refusal("no_sheet_left", _("没有可以发的纸质选票了。"), next=_("请先打印新的一个信封。"))
    return None


def objection_to_replacing(*, sealed: bool, replaced: bool, keyed: bool) -> Refusal | None:
    """May the voter of this sheet get another one? Only while its envelope is open, and once a sheet."""
    if replaced:
        return Refusal("replaced_already", _("这一张已经换过新的，不能再换。"), field="serial")
    if sealed or keyed:
        text = _("这一张所在的信封已经清点，不能再换。")
        return Refusal("envelope_counted", text, next=_("请看能不能收回原来的选票。"), field="serial")
    return None


def objection_to_sealing(
    *, printed: int, handed_out: int, replaced: int, left_over: int, returned: int, why_missing: str, sealed: bool
) -> Refusal | None:
    """Printed = handed out + left over; handed out = replaced + returned + not returned, and what is missing is
    explained."""
    if sealed:
        return Refusal("sealed", _("这个信封已经清点过。"))
    if handed_out + left_over != printed:
        told = {"printed": printed, "handed": handed_out, "left": printed - handed_out}
        text = _("印制 %(printed)s 张，登记发出 %(handed)s 张，应剩 %(left)s 张。数不一致，请重新清点。")
        return Refusal("does_not_add_up", text, told, field="left_over")
    valid = handed_out - replaced
    if returned > valid:
        text = _("登记发出、没有换新的有 %(handed)s 张，收回的不能更多。请核对信封号，查明多出来的选票。")
        return Refusal("more_than_handed_out", text, {"handed": valid}, field="returned")
    if returned < valid and not why_missing.strip():
        text = _("有 %(missing)s 张没有收回，请写明情况，这段话会公开。")
        return Refusal("missing_unexplained", text, {"missing": valid - returned}, field="why_missing")
    return None


def objection_to_keying(*, sealed: bool, accepted: bool, done: int, mine: bool, replaced: bool) -> Refusal | None:
    """May this person key this sheet blind? done: how many have keyed it in this attempt."""
    if replaced:
        text = _("这一张已经换新，不能计入。请放进换新的那一袋。")
        return Refusal("replaced", text, field="serial")
    if accepted:
        return Refusal("accepted", _("这个信封已经收下，不能再改。"))
    if not sealed:
        return Refusal("not_sealed", _("请先清点这个信封，再录入。"))
    if mine:
        return Refusal("keyed_by_you", _("这一张您已经录过，要由另一个人再录一遍。"), field="serial")
    if done >= 2:
        return Refusal("keyed_twice", _("这一张已经有两个人录过。"), field="serial")
    return None


def objection_to_settling(*, accepted: bool, differing: bool, mine: bool) -> Refusal | None:
    if accepted:
        return Refusal("accepted", _("这个信封已经收下，不能再改。"))
    if not differing:
        return Refusal("no_difference", _("这一张两次录入没有不一致。"))
    if mine:
        return Refusal("third_person", _("这一张您录过，要由第三个人看原件决定。"), status=403)
    return None


def objection_to_accepting(
    *, sealed: bool, accepted: bool, returned: int, once: int, differing: int, settled: int
) -> Refusal | None:
    """Accept only what two people keyed alike (or a third settled), as many sheets as came back.

    once: sheets keyed by one person only. differing: keyed by two, unlike. settled: the rest.
    """
    if accepted:
        return Refusal("accepted", _("这个信封已经收下，不能再改。"))
    if not sealed:
        return Refusal("not_sealed", _("请先清点这个信封，再录入。"))
    if differing:
        return Refusal("differences", _("还有 %(count)s 张两次录入不一致，要由第三个人决定。"), {"count": differing})
    if once or settled != returned:
        told = {"returned": returned, "settled": settled}
        return Refusal("not_all_keyed", _("收回 %(returned)s 张，两个人都录完的 %(settled)s 张，还不能收下。"), told)
    return None


def objection_to_voiding(*, keyed: bool, asked: bool, closed: bool) -> Refusal | None:
    if closed:
        return Refusal("closed", _("已经计票，不能再作废。"))
    if not keyed:
        return Refusal("nothing_keyed", _("这个信封还没有录入，没有可以作废的。"))
    if asked:
        return Refusal("void_asked", _("已经有人提出作废，等另一个人同意。"))
    return None


def objection_to_agreeing(*, asked: bool, mine: bool, closed: bool) -> Refusal | None:
    if closed:
        return Refusal("closed", _("已经计票，不能再作废。"))
    if not asked:
        return Refusal("void_not_asked", _("没有人提出作废。"))
    if mine:
        return Refusal("two_people", _("作废要两个人，请由另一个人同意。"), status=403)
    return None


def objection_to_checking(*, mine: bool, only_keyers: bool) -> Refusal | None:
    """May this person say of a sampled sheet that it agrees? only_keyers: she keyed it, and so did who checked before."""
    if mine:
        return Refusal("checked_by_you", _("这一张您已经核对过，要由另一个人再核对一遍。"))
    if only_keyers:
        return Refusal("keyers_only", _("这一张由您和另一位核对人录入，第二遍要由没有录过它的人核对。"), status=403)
    return None


def digest_of(readings: Mapping[str, Reading]) -> str:
    """SHA-256 (hex) of what was accepted of an envelope: serial, choices, reason."""
    lines = [f"{serial}|{sorted(each.choices.items())}|{each.spoilt}" for serial, each in sorted(readings.items())]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def sample_of(serials: Iterable[str], *, seed: str, digests: Iterable[str]) -> list[str]:
    """Which accepted sheets two people hold against the record: by lot, from the public seed and all that was accepted.

    Nobody knows the sample before the last envelope is accepted. At least five sheets, or one in twenty.
    """
    rows = list(serials)
    size = min(len(rows), max(LEAST_SAMPLE, -(-len(rows) * SAMPLE_PERCENT // 100)))
    lot = "|".join([seed, *sorted(digests)])
    return sorted(rows, key=lambda each: hashlib.sha256(f"{lot}|{each}".encode()).digest())[:size]


def fault_in_account(
    *, online: int, online_people: int, paper: int, handed_out: int, spoilt: int, missing: int
) -> bool:
    """At the close: do the ballots and the register not agree? online, paper: ballots; handed_out: people who took
    paper; spoilt, missing: sheets that two people found so."""
    return online != online_people or paper != handed_out - spoilt - missing


def _check_digit(body: str) -> str:
    """Luhn's digit."""
    total = 0
    for place, sign in enumerate(reversed(body)):
        doubled = int(sign) * (2 if place % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return str(-total % 10)
