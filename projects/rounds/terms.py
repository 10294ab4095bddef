"""One programme, two vocabularies: 民生微实事 says 征集…评议, 大盆菜 says 点菜…评菜. Plain Python.

A district may replace any word in its table; what the table does not name comes from here.
"""

from __future__ import annotations

from collections.abc import Mapping

from portal.refusals import gettext_noop as _
from projects.pipeline import PIPELINE

PROGRAMME = "programme"
DISHES: Mapping[str, str] = {PROGRAMME: _("民生微实事·大盆菜"), **{row.key: row.resident for row in PIPELINE}}
CITY: Mapping[str, str] = {
    **DISHES,
    PROGRAMME: _("民生微实事"),
    "proposals": _("项目征集"),
    "deliberation": _("居民议事会评议"),
    "tally": _("确定项目"),
    "funding": _("落实资金"),
    "delivery": _("项目实施"),
    "evaluation": _("居民评价"),
}
VOCABULARIES: Mapping[str, Mapping[str, str]] = {"dishes": DISHES, "city": CITY}
VOCABULARY_TITLES = {"dishes": _("点菜、配菜、定菜、做菜、评菜"), "city": _("征集、评议、确定、实施、验收")}
KEYS = tuple(DISHES)
MOST_SIGNS = 16


def words_of(vocabulary: str, own: Mapping[str, str]) -> dict[str, str]:
    """Every word of a district: its own where it set one, else those of the vocabulary that it chose."""
    return {
        **VOCABULARIES.get(vocabulary, DISHES),
        **{key: text for key, text in own.items() if key in DISHES and text},
    }
