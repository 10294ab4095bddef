"""What a text is found by, and what a question asks for. Plain Python but for the sounds of Chinese characters.

Chinese: every character and every pair of neighbours. Latin letters and digits: pairs. Names of places and bodies also by
their sound: the beginnings of pinyin (long, longl, longling) and of initials (l, ll), and, for typing errors, what is left
when one letter of the sound is missing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from pypinyin import lazy_pinyin

_RUN = re.compile(r"[^\W_]+")
_PART = re.compile(r"[\u3400-\u9fff]+|[^\u3400-\u9fff]+")
MOST = 600  # terms of one text
MOST_ASKED = 24  # terms of one question
LONGEST_SOUND = 28
TAILS = ("社区居民委员会", "居民委员会", "党群服务中心", "社区工作站", "社区", "街道")


def normal(text: str) -> str:
    return unicodedata.normalize("NFKC", text or "").casefold()


def runs(text: str) -> list[str]:
    return [part for run in _RUN.findall(normal(text)) for part in _PART.findall(run)]


def is_chinese(sign: str) -> bool:
    return "\u3400" <= sign <= "\u9fff"


def terms_of(*texts: str) -> list[str]:
    """Characters and pairs, once each."""
    found: dict[str, None] = {}
    for text in texts:
        for run in runs(text):
            if is_chinese(run[0]) or len(run) == 1:
                found.update(dict.fromkeys(run))
            found.update(dict.fromkeys(run[at : at + 2] for at in range(len(run) - 1)))
            if len(found) > MOST:
                return list(found)[:MOST]
    return list(found)


def asked(question: str) -> list[str]:
    """The terms that must all be there. A run of two characters or more asks for its pairs only."""
    found: dict[str, None] = {}
    for run in runs(question[:80]):
        found.update(dict.fromkeys([run] if len(run) == 1 else (run[at : at + 2] for at in range(len(run) - 1))))
    return list(found)[:MOST_ASKED]


def stem(name: str) -> str:
    """龙岭社区党群服务中心 → 龙岭: what people type of a name."""
    for tail in TAILS:
        head = name.split(tail)[0] if tail in name else ""
        name = head if len(head) >= 2 else name
    return name


def sounds_of(name: str) -> list[str]:
    """How a name may be typed without Chinese characters: "~" beginnings of the sound, "^" of the initials, "-" with an error."""
    syllables = [part for part in lazy_pinyin(normal(name)[:20]) if part.isascii() and part.isalnum()]
    whole, initials = "".join(syllables)[:LONGEST_SOUND], "".join(part[0] for part in syllables)[:12]
    core = "".join(part for part in lazy_pinyin(stem(normal(name))[:6]) if part.isascii() and part.isalnum())
    found = [f"~{whole[:end]}" for end in range(2, len(whole) + 1)] + [f"^{initials[:end]}" for end in range(1, len(initials) + 1)]
    return found + [f"-{form}" for form in sorted(with_one_missing(core))]


def with_one_missing(word: str) -> set[str]:
    """The word and what is left of it without one letter; two words one error apart share such a form."""
    return {word} | {word[:at] + word[at + 1 :] for at in range(len(word))} if len(word) >= 4 else set()


def typed_sound(question: str) -> str:
    """The question as letters, when it has nothing else."""
    letters = re.sub(r"[\s'’]", "", normal(question))
    return letters[:LONGEST_SOUND] if letters.isascii() and letters.isalpha() else ""


def likeness(one: Iterable[str], other: Iterable[str]) -> float:
    left, right = set(one), set(other)
    return 2 * len(left & right) / (len(left) + len(right)) if left and right else 0.0
