"""Scores: when one may be given, what they add up to, when they hold the balance, what closes a project. Plain Python.

Scores are whole numbers from 1 to 5. Means are exact fractions; nothing is rounded before it is compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from portal.refusals import Refusal
from portal.refusals import gettext_noop as _
from projects.acceptance.rules import SATISFACTION

LEAST, MOST = 1, 5
CONTENT_FROM = 4  # 4 and 5 count as satisfied
WORDS = SATISFACTION


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """Always with its base. `total` and `answers`: the scores given by residents and the proposer.

    asked: the proposer and the supporters, whom the portal asked one by one; answered: how many of them answered.
    residents: proved residents of the community when the rating opened, all of whom may answer.
    """

    total: int
    answers: int
    content: int
    asked: int
    answered: int
    residents: int
    closes_on: date | None
    closed: bool
    by_score: tuple[tuple[int, int], ...] = ()

    @property
    def mean(self) -> Fraction | None:
        return Fraction(self.total, self.answers) if self.answers else None

    @property
    def mean_text(self) -> str:
        """4.3 — one decimal, half up; – without answers."""
        if not self.answers:
            return "–"
        tenths = (20 * self.total + self.answers) // (2 * self.answers)
        return f"{tenths // 10}.{tenths % 10}"


def objection_to_score(score: int, *, closes_on: date | None, today: date, field: str = "score") -> Refusal | None:
    if closes_on is None or today > closes_on:
        return Refusal("rating_closed", _("评价已经截止，谢谢您的关注。"), next=_("结果会在项目页面公布。"))
    if not LEAST <= score <= MOST:
        return Refusal("score_out_of_range", _("选择 1 到 5 分中的一项。"), field=field)
    return None


def is_low(total: int, answers: int, *, low_score: float) -> bool:
    """Is the mean below the mark? Nobody's answer is not a low score."""
    return answers > 0 and Fraction(total, answers) < Fraction(str(low_score))


def objection_to_conclusion(
    *, today: date, closes_on: date | None, concluded: bool, proposer_heard: bool
) -> Refusal | None:
    """The result is published once, after the last day, when the proposer was heard or recorded as absent."""
    if concluded:
        return Refusal("already_concluded", _("评价结果已经公布。"))
    if closes_on is None or today <= closes_on:
        return Refusal("still_open", _("评价还没有截止，截止后才能公布结果。"), until=closes_on)
    if not proposer_heard:
        return Refusal(
            "proposer_missing", _("点菜人还没有评价。"), next=_("确实联系不上的，请社区登记原因后再公布结果。")
        )
    return None


def objection_to_absence(*, today: date, closes_on: date | None, heard: bool) -> Refusal | None:
    if heard:
        return Refusal("already_heard", _("点菜人已经评价或已登记缺席。"))
    if closes_on is None or today <= closes_on:
        return Refusal("still_open", _("评价期内点菜人随时可以评价，截止后才能登记缺席。"), until=closes_on)
    return None


MOST_INDICATORS = 40


def objection_to_indicator(*, taken: bool, count: int) -> Refusal | None:
    if taken:
        return Refusal("indicator_taken", _("这张表里已经有同名的指标。"), field="title")
    if count > MOST_INDICATORS:
        return Refusal("table_full", _("指标已经够多了，请合并后再加。"), field="title")
    return None


def objection_to_points(points: int, evidence: str, *, most: int, field: str) -> Refusal | None:
    if not 0 <= points <= most:
        return Refusal("points_out_of_range", _("得分在 0 到 %(most)s 之间。"), {"most": most}, field=field)
    if len(evidence.strip()) < 2:
        return Refusal("no_evidence", _("请写明依据，例如查看了哪份资料、去了哪里。"), field=field.replace("points", "evidence"))
    return None


def objection_to_year(year: int | None, *, today: date) -> Refusal | None:
    """A community is scored for this year or the last."""
    if year in (today.year, today.year - 1):
        return None
    return Refusal("year_out_of_range", _("只能给今年和去年评分。"), field="year")


def falls_short(points: int, most: int, *, complete: bool, percent: int) -> bool:
    """Do the indicators, when every one is scored, stay below the share of the points that the round asks for?"""
    return complete and most > 0 and points * 100 < most * percent
