"""Chinese character pairs: how texts are found and compared without a word list.

坡道扶手 → 坡道, 道扶, 扶手. Latin letters and digits are paired the same way. Pairs are kept in an array with a GIN index;
a single character is looked for with icontains.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from fractions import Fraction

from django.db.models import Q

_RUN = re.compile(r"[^\W_]+")
_PART = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+|[^\u3400-\u9fff\U00020000-\U0003ffff]+")
MOST_PAIRS = 2000  # of one text
MOST_ASKED = 24  # of one question
# pairs that nearly every proposal has: they say nothing about likeness
COMMON = frozenset(
    [
        "希望",
        "居民",
        "社区",
        "小区",
        "我们",
        "大家",
        "没有",
        "现在",
        "可以",
        "一个",
        "一些",
        "需要",
        "不便",
        "不方",
        "方便",
        "经常",
        "建议",
        "能够",
        "能不",
        "不能",
        "这里",
        "有的",
        "的人",
        "问题",
        "情况",
        "进行",
        "增加",
        "增设",
        "安装",
        "加装",
        "设置",
        "附近",
        "旁边",
        "门口",
        "比较",
        "非常",
        "很多",
        "不少",
        "容易",
        "起来",
        "出来",
        "时候",
        "晚上",
        "白天",
        "老人",
        "孩子",
        "请社",
        "区帮",
    ]
)


def normal(text: str) -> str:
    """Full-width and half-width, capital and small letters made equal."""
    return unicodedata.normalize("NFKC", text or "").casefold()


def runs(text: str) -> list[str]:
    """Stretches of characters of one kind: Chinese, or letters and digits."""
    return [part for run in _RUN.findall(normal(text)) for part in _PART.findall(run)]


def pairs(*texts: str) -> list[str]:
    """Every pair of neighbouring characters, once each, in order of appearance; never across a sign or a blank."""
    found: dict[str, None] = {}
    for text in texts:
        for run in runs(text):
            for place in range(len(run) - 1):
                if len(found) >= MOST_PAIRS:
                    return list(found)
                found[run[place : place + 2]] = None
    return list(found)


def asked(question: str, *, field: str = "bigrams", texts: Iterable[str] = ("title", "place", "need", "wish")) -> Q:
    """A filter for what a visitor typed into the search box. Every term must be there; an empty question matches all.

    `field` holds the pairs; `texts` are searched for terms of one character.
    """
    terms = runs(question[:80])
    condition = Q()
    if wanted := pairs(*terms)[:MOST_ASKED]:
        condition &= Q(**{f"{field}__contains": wanted})
    for single in [term for term in terms if len(term) == 1][:4]:
        somewhere = Q()
        for text in texts:
            somewhere |= Q(**{f"{text}__icontains": single})
        condition &= somewhere
    return condition


def likeness(one: Iterable[str], other: Iterable[str]) -> Fraction:
    """Dice's coefficient of two sets of pairs, the common ones left out: 0 nothing in common, 1 the same."""
    left, right = set(one) - COMMON, set(other) - COMMON
    if not left or not right:
        return Fraction(0)
    return Fraction(2 * len(left & right), len(left) + len(right))
