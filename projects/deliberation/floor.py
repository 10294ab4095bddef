"""The speaking order (发言顺序) of an item: who may ask for the floor, and until when. Plain Python.

Turns go in the order of asking, one member at a time; the clerk may call another first. The floor is open from the
opening of the meeting until the item is put to the vote. Who stood aside may still state the facts: a recusal is from
the vote.
"""

from __future__ import annotations

from portal.refusals import Refusal
from portal.refusals import gettext_noop as _


def objection_to_floor(*, running: bool, at_vote: bool, settled: bool) -> Refusal | None:
    """Is there a debate on the item?"""
    if not running:
        return Refusal("not_open", _("会议没有在开，不能安排发言。"))
    if at_vote:
        return Refusal("vote_open", _("这一项正在表决，不再安排发言。"))
    if settled:
        return Refusal("item_settled", _("这一项已经有结果或已撤回，不再安排发言。"))
    return None


def objection_to_asking(*, present: bool, own: bool) -> Refusal | None:
    """Only who is there speaks; nobody speaks for another."""
    if present:
        return None
    if own:
        return Refusal("not_present", _("您没有登记到会，不能申请发言，"), next=_("如已到会，请告诉会议记录人。"), status=403)
    return Refusal("not_present", _("只能安排登记到会的议事代表发言。"), field="person")


def objection_to_leaving(*, own: bool, is_worker: bool, called: bool) -> Refusal | None:
    if not own and not is_worker:
        return Refusal("not_yours", _("只有本人和本社区工作者可以取消发言申请。"), status=403)
    if called:
        return Refusal("called_already", _("已经请这位代表发言，不能再取消。"))
    return None
