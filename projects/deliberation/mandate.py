"""When one member may vote in another's stead at a meeting (委托出席), and for whom she then votes. Plain Python.

The charter says how many authorisations one member may hold, none unless it says so [D], and whether those who are
represented count for the quorum. One authorisation is for one meeting, in writing, and may be taken back until the
meeting opens. It never covers a recusal: nobody votes for a member who stood aside, and a holder who stood aside votes
for nobody; on that item the vote rests, and it leaves the base.
"""

from __future__ import annotations

from collections.abc import Mapping, Set

from portal.refusals import Refusal
from portal.refusals import gettext_noop as _

REPRESENTED = "proxy"


def objection_to_giving(
    *,
    most: int,
    over: bool,
    own: bool,
    is_worker: bool,
    by_holder: bool,
    paper_ref: str,
    giver_sits: bool,
    holder_sits: bool,
    same_person: bool,
    given: bool,
    giver_holds: int,
    holder_gave: bool,
    held: int,
) -> Refusal | None:
    """May this member let that one vote for her? `over`: the meeting has opened, ended or was put off."""
    if most < 1:
        return Refusal("not_by_charter", _("本议事会的章程没有规定委托出席，请本人到会，或请假。"))
    if over:
        return Refusal("meeting_began", _("会议已经开始、结束或改期，不能再登记委托。"))
    if not own and not is_worker:
        return Refusal("not_yours", _("委托由代表本人给出，或由本社区工作者凭委托书登记。"), status=403)
    if not own and by_holder:
        return Refusal("own_mandate", _("不能登记别人给自己的委托，请由同事办理。"), status=403)
    if not own and not paper_ref:
        return Refusal("paper_missing", _("请填写委托书的编号。"), field="paper_ref")
    if not giver_sits:
        return Refusal("giver_unseated", _("委托人在开会那天没有席位。"), field="person")
    if not holder_sits:
        return Refusal("holder_unseated", _("只能委托在开会那天有席位的议事代表。"), field="holder")
    if same_person:
        return Refusal("same_person", _("请选另一位代表。"), field="holder")
    if given:
        return Refusal("given_already", _("已有一份有效的委托，要改请先撤回。"), field="person")
    if giver_holds:
        return Refusal("giver_holds", _("委托人自己受了别人的委托，请先撤回那一份。"), field="person")
    if holder_gave:
        return Refusal("holder_away", _("这位代表自己也委托了别人，请选另一位。"), field="holder")
    if held >= most:
        return Refusal(
            "too_many", _("一位代表最多受托 %(most)s 份，这位代表已经满了。"), {"most": most}, field="holder"
        )
    return None


def objection_to_revoking(*, is_party: bool, is_worker: bool, revoked: bool, over: bool) -> Refusal | None:
    """Either of the two, or the clerk, until the meeting opens."""
    if not is_party and not is_worker:
        return Refusal("not_yours", _("只有委托人、受托人和本社区工作者可以撤回委托。"), status=403)
    if revoked:
        return Refusal("revoked_already", _("这份委托已经撤回。"))
    if over:
        return Refusal("meeting_began", _("会议已经开始、结束或改期，委托不能再撤回。"))
    return None


def objection_to_represented(states: Mapping[int, str], *, present: str, holders: Mapping[int, int]) -> Refusal | None:
    """Is each one who is entered as represented so by a standing authorisation, to somebody who came? {person: holder}."""
    represented = [person for person, state in states.items() if state == REPRESENTED]
    if any(person not in holders for person in represented):
        return Refusal("no_mandate", _("登记为委托出席的代表里，有人没有有效的委托，请改登记。"))
    if any(states.get(holders[person]) != present for person in represented):
        return Refusal("holder_absent", _("受托的代表没有到会，委托人只能登记为缺席或请假。"))
    return None


def silenced(represented: Mapping[int, int], *, aside: Set[int]) -> set[int]:
    """Those represented whose vote rests on an item: they or their holders stood aside from it."""
    return {person for person, holder in represented.items() if person in aside or holder in aside}


def entitled(present: Set[int], *, represented: Mapping[int, int], aside: Set[int]) -> set[int]:
    """Whose vote may be cast on an item: by themselves, or by their holders."""
    return (set(present) - set(aside)) | (represented.keys() - silenced(represented, aside=aside))


def objection_to_voting_for(*, mandated: bool, silent: bool) -> Refusal | None:
    """May a member cast the vote of somebody else? `silent`: that vote rests on this item."""
    if not mandated:
        return Refusal("not_mandated", _("这位代表没有委托您在这次会议上表决。"), status=403)
    if silent:
        return Refusal("recused", _("您或委托人已对这一项声明回避，受托的票不能投。"), status=403)
    return None
