"""Quorum and pass mark: a fraction and whether the number itself counts (以上 / 超过). Plain Python, whole numbers only."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import date

from communities.roles.rules import APPOINTED_BY, Role, overlap
from portal.refusals import Refusal
from portal.refusals import gettext_noop as _


@dataclass(frozen=True, slots=True)
class Threshold:
    """`over`/`under` of a whole. Inclusive is 以上 (the number itself is enough), not inclusive is 超过 or 过半数."""

    over: int
    under: int
    inclusive: bool

    def __post_init__(self) -> None:
        if not 0 <= self.over <= self.under or self.under <= 0:
            raise ValueError("a threshold is a fraction between 0 and 1")
        if self.over == self.under and not self.inclusive:
            raise ValueError("more than all is never reached")

    def is_reached(self, count: int, of: int) -> bool:
        """Is `count` out of `of` enough? Nothing out of nothing never is."""
        if of <= 0 or count <= 0:
            return False
        have, want = count * self.under, of * self.over
        return have >= want if self.inclusive else have > want

    def needed(self, of: int) -> int:
        """The smallest count that is enough: with 45, 超过三分之二 = 31, 三分之二以上 = 30."""
        if of <= 0:
            return 1
        whole, rest = divmod(of * self.over, self.under)
        least = whole + (1 if rest or not self.inclusive else 0)
        return max(least, 1)

    def in_words(self) -> str:
        """三分之二以上, 超过二分之一, 全体."""
        if self.over == self.under:
            return "全体"
        part = f"{NUMERALS.get(self.under, self.under)}分之{NUMERALS.get(self.over, self.over)}"
        return f"{part}以上" if self.inclusive else f"超过{part}"


NUMERALS = dict(zip(range(1, 11), "一二三四五六七八九十", strict=True))
ABSENCES = 3


def is_losing_seat(unexcused: int) -> bool:
    """Three unexcused absences in a year put a seat up for loss."""
    return unexcused >= ABSENCES


def objection_to_seating(
    *,
    by: Set[Role],
    same_person: bool,
    is_active: bool,
    adult: bool,
    since: date,
    until: date | None,
    held: Iterable[tuple[date, date | None]],
    chairs: bool,
    chair_terms: Iterable[tuple[date, date | None]],
) -> Refusal | None:
    """May holders of `by` give this seat? `held` are the person's terms on this council, `chair_terms` those of chairs."""
    if same_person:
        return Refusal("self_seating", _("不能给自己安排席位，请由同事或街道办理。"), status=403)
    if not by & APPOINTED_BY[Role.COUNCIL_MEMBER]:
        return Refusal("not_superior", _("席位由社区或街道登记，您没有权限。"), status=403)
    if not is_active:
        return Refusal("account_stopped", _("这个账号已停用，不能任职。"), field="phone")
    if not adult:
        return Refusal("too_young", _("议事代表要年满 18 周岁。"), field="phone")
    if until is not None and until < since:
        return Refusal("ends_before_start", _("任期止不能早于任期起。"), field="until")
    if any(overlap(since, until, first, last) for first, last in held):
        return Refusal("terms_overlap", _("这位代表在这段时间已经有席位。"), field="since")
    if chairs and any(overlap(since, until, first, last) for first, last in chair_terms):
        return Refusal("chair_there", _("这段时间已经有召集人，请先办理他的离任。"), field="chairs")
    return None


def objection_to_leaving(
    *, by: Set[Role], same_person: bool, since: date, last_day: date, is_open: bool
) -> Refusal | None:
    if not by & APPOINTED_BY[Role.COUNCIL_MEMBER]:
        return Refusal("not_superior", _("席位由社区或街道登记，您没有权限。"), status=403)
    if not is_open:
        return Refusal("already_over", _("这个任期已经结束。"))
    if same_person:
        return Refusal("self_ending", _("不能结束自己的任期，请由上一级办理。"), status=403)
    if last_day < since:
        return Refusal("ends_before_start", _("离任日期不能早于任职日期。"), field="last_day")
    return None
