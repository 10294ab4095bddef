"""Unified social credit codes (GB 32100-2015): eighteen characters, the last one a check. Plain Python."""

from __future__ import annotations

import re

SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CODE = re.compile(rf"[{SIGNS}]{{18}}")


def is_credit_code(code: str) -> bool:
    """Does the check character fit? Small letters are not accepted: tidy before asking."""
    if not CODE.fullmatch(code):
        return False
    total = sum(SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(code[:17]))
    return SIGNS[(31 - total % 31) % 31] == code[17]
