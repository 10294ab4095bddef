"""Who brings records in, how much at once, and what a preview leads to. Plain Python."""

from __future__ import annotations

from portal.refusals import Refusal
from portal.refusals import gettext_noop as _

MOST_ROWS, MOST_MB = 10_000, 5
DONE = "done"


def objection_to_import(*, administers: bool) -> Refusal | None:
    if not administers:
        return Refusal("no_administrator", _("资料由系统管理员导入，您没有权限。"), status=403)
    return None


def objection_to_taking_in(*, state: str, unreadable: bool, counts: dict[str, int], has_file: bool) -> Refusal | None:
    """A preview is followed when it has ended, its file is still there, and there is something to do."""
    if state != DONE or unreadable:
        return Refusal("no_preview", _("预览还没有完成，请稍候刷新。"))
    if not counts.get("fresh", 0) + counts.get("changed", 0):
        return Refusal("nothing_to_do", _("这份表里没有要导入的内容。"))
    if not has_file:
        return Refusal("file_gone", _("这份表的文件已经删除，请重新上传。"))
    return None
