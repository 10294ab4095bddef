"""How much of a person the public may see: a surname, the ends of a phone number (P: least data).

No result ever shows five digits in a row of what was given.
"""

from __future__ import annotations

import re
import unicodedata

_COMPOUND = (
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 "
    "仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 "
    "段干 百里 呼延 东郭 南门 羊舌 微生 公户 公玉 公仪 梁丘 公仲 公上 公门 公山 公坚 左丘 公伯 西门 公祖 第五 公乘 贯丘 公皙 "
    "南荣 东里 东宫 仲长 子书 子桑 即墨 达奚 褚师 纳兰 完颜 歐陽 司馬 東方 南宮 聞人 諸葛 尉遲 鮮于 長孫"
)
COMPOUND_SURNAMES = frozenset(_COMPOUND.split())
HIDDEN = "**"
# Digits as people type them: full-width or not, spaces, hyphens, dots or brackets between.
_NUMBER = re.compile(r"(?<!\d)\+?\d(?:[\s\-.()·—–_]*\d){6,}(?!\d)(?!\s*(?:元|块|万))")
_DATE = re.compile(r"(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}")


def mask_name(name: str) -> str:
    """张三丰 → 张**, 欧阳小明 → 欧阳**, Wang Li → W**. The number of stars never tells the length."""
    name = unicodedata.normalize("NFKC", name or "").strip()
    if not name:
        return ""
    kept = name[:2] if len(name) > 2 and name[:2] in COMPOUND_SURNAMES else name[0]
    return kept + HIDDEN


def mask_phone(number: str) -> str:
    """138 0013 8000 → 138****8000; +86 and separators go; any other length keeps its last two digits."""
    digits = "".join(str(unicodedata.decimal(sign)) for sign in number or "" if sign.isdecimal())
    if len(digits) == 13 and digits.startswith("86"):
        digits = digits[2:]
    if not digits:
        return ""
    if len(digits) == 11:
        return f"{digits[:3]}****{digits[-4:]}"
    return "****" + (digits[-2:] if len(digits) >= 5 else "")


def mask_numbers(text: str) -> str:
    """Free text for the public: what may be a phone number (seven digits or more) is masked; dates and sums stay."""
    return _NUMBER.sub(
        lambda found: found.group() if _DATE.fullmatch(found.group()) else mask_phone(found.group()), text or ""
    )
