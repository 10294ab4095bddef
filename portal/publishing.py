"""What may not stand in a published text: phone, identity and card numbers (P11). Plain Python.

Public numbers of the portal, dates, amounts and house numbers are no personal numbers and pass.
"""

from __future__ import annotations

import re
import unicodedata

from portal.refusals import Refusal
from portal.refusals import gettext_noop as _

_OURS = re.compile(r"[A-Z]{2,4}-\d{4}-\d{3,8}")
_GAP = r"[\s\-–—·.]?"
_PERSONAL = (
    re.compile(rf"(?<!\d)(?:\+?86{_GAP})?1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}(?!\d)"),
    re.compile(rf"(?<!\d)\d{{6}}{_GAP}(?:19|20)\d{{6}}{_GAP}\d{{3}}[\dXx](?!\d)"),
    re.compile(rf"(?<!\d)0\d{{2,3}}{_GAP}\d{{7,8}}(?!\d)"),
    re.compile(r"\d(?:[ \-]?\d){14,}"),
    re.compile(r"\d{11,}"),
)
_DATE = re.compile(r"(?<!\d)(?:19|20)\d{2}[-./]\d{1,2}[-./]\d{1,2}(?!\d)")


def personal_number_in(text: str) -> str:
    """The first phone, identity or card number in the text, as it was typed; "" when there is none."""
    plain = unicodedata.normalize("NFKC", text or "")
    plain = _DATE.sub("，", _OURS.sub("，", plain))
    for pattern in _PERSONAL:
        if found := pattern.search(plain):
            return found.group().strip()
    return ""


def objection_to_publishing(text: str, *, field: str = "") -> Refusal | None:
    """May this text be published? Not with somebody's number in it."""
    found = personal_number_in(text)
    if not found:
        return None
    return Refusal(
        "personal_number",
        _("这段文字会公开，里面的号码“%(number)s”像是电话、身份证或银行卡号，"),
        {"number": found[:3] + "…"},
        field=field,
        next=_("删去号码后再提交。"),
    )
