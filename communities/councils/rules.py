"""Quorum and pass mark: a fraction and whether the number itself counts (以上 / 超过). Plain Python, whole numbers only."""

from __future__ import annotations

from dataclasses import dataclass


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
