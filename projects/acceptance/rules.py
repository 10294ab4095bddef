"""Who sits on a panel, what the marks add up to, when the proposer may be recorded as absent. Plain Python."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

from portal.refusals import Refusal
from portal.refusals import gettext_noop as _

MOST_DAYS_OF_REWORK = 180


class Seat(StrEnum):
    """In which quality a member marks."""

    PROPOSER = "proposer"
    RESIDENT = "resident"
    SUPERVISOR = "supervisor"
    COMMUNITY = "community"
    TECHNICAL = "technical"


class Outcome(StrEnum):
    OPEN = "open"
    MEETS = "meets"
    REWORK = "rework"


SEATS = {
    Seat.PROPOSER: _("点菜人"),
    Seat.RESIDENT: _("居民代表"),
    Seat.SUPERVISOR: _("监督员"),
    Seat.COMMUNITY: _("社区工作者"),
    Seat.TECHNICAL: _("专业技术人员"),
}
SATISFACTION = {5: _("很满意"), 4: _("满意"), 3: _("一般"), 2: _("不满意"), 1: _("很不满意")}


def least_seats(*, works: bool, residents: int) -> dict[Seat, int]:
    """How many of each must sit on the panel; works add a technical person [D]."""
    least = {Seat.PROPOSER: 1, Seat.RESIDENT: residents, Seat.SUPERVISOR: 1, Seat.COMMUNITY: 1}
    return least | ({Seat.TECHNICAL: 1} if works else {})


def missing_seats(
    seats: Iterable[str], *, works: bool, residents: int, proposer_absent: bool = False
) -> dict[Seat, int]:
    """What the panel still lacks; empty when it is complete."""
    have = Counter(Seat(seat) for seat in seats)
    lacking = {seat: n - have[seat] for seat, n in least_seats(works=works, residents=residents).items()}
    if proposer_absent:
        lacking.pop(Seat.PROPOSER)
    return {seat: n for seat, n in lacking.items() if n > 0}


def objection_to_member(
    seat: str, *, is_provider: bool, already: bool, is_proposer: bool, fits: bool
) -> Refusal | None:
    """Who delivers does not accept; each person sits once, in the quality that she really has."""
    if is_provider:
        return Refusal("provider_accepts", _("承接单位的人员不能参加本项目的验收小组。"), field="person")
    if already:
        return Refusal("already_member", _("这位成员已经在验收小组里了。"), field="person")
    if Seat(seat) is Seat.PROPOSER and not is_proposer:
        return Refusal("not_the_proposer", _("点菜人的席位只能由本项目的提案人担任。"), field="person")
    if Seat(seat) is not Seat.PROPOSER and is_proposer:
        return Refusal("proposer_elsewhere", _("提案人已有“点菜人”席位，不能再占其他席位。"), field="person")
    if not fits:
        return Refusal(
            "seat_does_not_fit",
            _("这位人员不具备“%(seat)s”的身份，请换一位。"),
            {"seat": SEATS[Seat(seat)]},
            field="person",
        )
    return None


def outcome_of(
    marks: Sequence[tuple[str, bool | None]], *, works: bool, over_percent: int, complete: bool = True
) -> Outcome:
    """Computed from each member's own mark: (seat, meets or None while unmarked).

    It meets when more than `over_percent` of the marks say so and no technical person of a works project says no.
    Open while the panel is incomplete or a mark is missing.
    """
    if not complete or not marks or any(meets is None for _seat, meets in marks):
        return Outcome.OPEN
    if works and any(Seat(seat) is Seat.TECHNICAL and not meets for seat, meets in marks):
        return Outcome.REWORK
    yes = sum(bool(meets) for _seat, meets in marks)
    return Outcome.MEETS if 100 * yes > over_percent * len(marks) else Outcome.REWORK


def objection_to_mark(meets: bool, text: str, *, concluded: bool, is_provider: bool) -> Refusal | None:
    if is_provider:
        return Refusal("provider_accepts", _("承接单位的人员不能参加本项目的验收小组。"), status=403)
    if concluded:
        return Refusal("already_concluded", _("这次验收已有结论，不能再改意见。"))
    if not meets and len(text.strip()) < 5:
        return Refusal("fault_unexplained", _("认为不合格的，请写明哪里不合格。"), field="text")
    return None


def objection_to_rework(due_on: date, *, today: date, outcome: str) -> Refusal | None:
    if Outcome(outcome) is Outcome.OPEN:
        return Refusal("marks_missing", _("验收小组还没有全部填写意见。"))
    if Outcome(outcome) is Outcome.MEETS:
        return Refusal("it_meets", _("验收意见是合格，不需要整改。"))
    if due_on <= today:
        return Refusal("rework_in_past", _("整改期限要晚于今天。"), field="due_on")
    if (due_on - today).days > MOST_DAYS_OF_REWORK:
        return Refusal(
            "rework_too_far", _("整改期限不能超过 %(days)s 天。"), {"days": MOST_DAYS_OF_REWORK}, field="due_on"
        )
    return None


def objection_to_signature(outcome: str, *, signed: bool) -> Refusal | None:
    if signed:
        return Refusal("already_signed", _("您已经签过字了，谢谢。"))
    if Outcome(outcome) is not Outcome.MEETS:
        return Refusal("not_met_yet", _("验收小组还没有得出合格的结论，暂时不能签字。"))
    return None


def objection_to_absence(*, today: date, last_day: date, signed: bool, recorded: bool) -> Refusal | None:
    """The proposer is asked first; only when her time has passed may she be recorded as absent."""
    if signed:
        return Refusal("already_signed", _("点菜人已经签字，不需要登记缺席。"))
    if recorded:
        return Refusal("already_recorded", _("已经登记过缺席。"))
    if today <= last_day:
        return Refusal(
            "still_time",
            _("点菜人的签字期限到 %(last)s，过后仍联系不上才能登记缺席。"),
            {"last": last_day.isoformat()},
            until=last_day,
        )
    return None


def objection_to_cosignature(*, same_person: bool, cosigned: bool) -> Refusal | None:
    if cosigned:
        return Refusal("already_cosigned", _("缺席已经会签。"))
    if same_person:
        return Refusal("same_person", _("登记缺席和会签不能是同一个人，请由另一位同事会签。"), status=403)
    return None
