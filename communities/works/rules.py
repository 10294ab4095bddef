"""Who may have a piece of background work done again. Plain Python."""

from __future__ import annotations

from portal.refusals import Refusal
from portal.refusals import gettext_noop as _

FAILED = "failed"


def objection_to_retry(*, state: str) -> Refusal | None:
    if state != FAILED:
        return Refusal("not_failed", _("这项任务没有失败，不用再做一次。"))
    return None


def first_line(error: str) -> str:
    """What went wrong, without the machine's whole story."""
    return error.split("\n", 1)[0][:300]
