"""Micro-wishes: what may be shown, who may claim, how long. Plain Python. The days are the portal's own choice."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from portal.refusals import Refusal
from portal.refusals import gettext_noop as _

COLLECTED, PUBLISHED, CLAIMED, FULFILLED, CLOSED = "collected", "published", "claimed", "fulfilled", "closed"
LAPSED, GIVEN_UP, SENT_BACK = "lapsed", "given_up", "sent_back"
CLAIM_DAYS, REMIND_DAYS, MOST_CLAIMS = 14, 3, 3
KEEP_DAYS = 90  # so long after its end the person behind a wish is known to the worker
MINOR = "minor"


def objection_to_showing(texts: Iterable[str], *, secrets: Iterable[str]) -> Refusal | None:
    """The need is shown, the person is not: nothing of her name, phone or address may stand in what everybody reads."""
    shown = "".join("".join(texts).split())
    for secret in secrets:
        plain = "".join(secret.split())
        if len(plain) >= 2 and plain in shown:
            return Refusal(
                "shows_the_person",
                _("公开的文字里出现了心愿人的姓名、电话或住址，请改成“一位独居长者”这样的说法。"),
                field="need",
            )
    return None


def objection_to_screening(*, state: str, outcome: str, reason: str) -> Refusal | None:
    if state != COLLECTED:
        return Refusal("already_screened", _("这个心愿已经审核过了。"))
    if outcome == CLOSED and not reason.strip():
        return Refusal("reason_missing", _("不发布要写明理由。"), field="reason")
    return None


def objection_to_claim(*, state: str, band: str, by_team: bool, claims: int, own: bool) -> Refusal | None:
    """May this volunteer, alone or for her team, take the wish on?"""
    if state != PUBLISHED:
        return Refusal("not_free", _("这个心愿已经有人认领了，看看别的心愿吧。"))
    if own:
        return Refusal("own_wish", _("不能认领自己的心愿。"))
    if band == MINOR and not by_team:
        return Refusal("claimed_by_minor", _("未满18周岁请和队伍一起认领。"))
    if claims >= MOST_CLAIMS:
        return Refusal("too_many_claims", _("一次最多认领 %(most)s 个心愿，先完成手上的吧。"), {"most": MOST_CLAIMS})
    return None


def objection_to_open_claim(*, stands: bool, mine: bool) -> Refusal | None:
    if not stands:
        return Refusal("claim_over", _("这次认领已经结束了。"))
    if not mine:
        return Refusal("not_yours", _("这个心愿不是您认领的。"), status=403)
    return None


def due_on(claimed_on: date) -> date:
    return claimed_on + timedelta(days=CLAIM_DAYS)


def lapses(due: date, *, today: date, done: bool) -> bool:
    """A claim whose last day has passed goes back to the list, unless the claimer says it is done."""
    return not done and today > due
