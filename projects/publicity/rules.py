"""Public notice: which items are new on the board, when it ends, who may object and who may answer. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable, Set
from datetime import date

from portal.refusals import Refusal
from portal.refusals import gettext_noop as _

OPEN, ANSWERED, UPHELD = "open", "answered", "upheld"


def not_yet_noticed(chosen: Iterable[str], noticed: Set[str]) -> list[str]:
    """Public numbers of the chosen items that no earlier notice of the round named; each is noticed once, in full."""
    return [number for number in chosen if number not in noticed]


def is_over(ends_on: date, *, today: date) -> bool:
    """The last day belongs to the notice."""
    return today > ends_on


def objection_to_objecting(
    *, today: date, starts_on: date, ends_on: date, said: str, standing: str, already: bool
) -> Refusal | None:
    """May an objection to this item be taken today? `said` is the last day in words."""
    if already:
        return Refusal("already_objected", _("您对这一项的异议还在办理，"), next=_("收到答复后如仍有意见，可以再提。"))
    if standing != "chosen":
        return Refusal("not_on_notice", _("这一项现在不在公示名单里。"))
    if is_over(ends_on, today=today) or today < starts_on:
        return Refusal(
            "notice_over",
            _("这一项的公示到%(day)s为止，现在不再受理异议，"),
            {"day": said},
            next=_("可以拨打服务热线反映。"),
            until=ends_on,
        )
    return None


def objection_to_text(text: str) -> Refusal | None:
    if text.strip():
        return None
    return Refusal("text_missing", _("请写明您对哪里有意见、为什么。"), field="text")


def objection_to_paper(paper_ref: str) -> Refusal | None:
    if paper_ref.strip():
        return None
    return Refusal("paper_missing", _("请写纸质异议的登记号，以便核对。"), field="paper_ref")


def objection_to_answer(
    *, outcome: str, answer: str, answerer: int, objector: int | None, proposer: int
) -> Refusal | None:
    """May this person give this answer? Nobody answers his own objection, nor one against his own item."""
    if outcome != OPEN:
        return Refusal("answered", _("这条异议已经答复。"))
    if answerer == objector:
        return Refusal("own_objection", _("不能答复自己提出的异议，请由其他人办理。"), status=403)
    if answerer == proposer:
        return Refusal("own_item", _("您是这一项的提案人，不能答复，请由其他人办理。"), status=403)
    if not answer.strip():
        return Refusal("answer_missing", _("请写明答复，提出异议的人和其他居民都会看到。"), field="answer")
    return None


def objection_to_comment(*, outcome: str, text: str, commented: bool) -> Refusal | None:
    if outcome != OPEN:
        return Refusal("answered", _("这条异议已经答复，不能再补充说明。"))
    if commented:
        return Refusal("commented", _("您已经补充过说明。"))
    if not text.strip():
        return Refusal("text_missing", _("请写下您的说明。"), field="comment")
    return None
