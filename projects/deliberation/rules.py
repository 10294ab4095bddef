"""How a council decides: quorum, who may vote on an item, and what the votes come to. Plain Python.

The bases, exactly:
- quorum is measured on the seats that are filled on the day of the meeting; a member who declares an interest is
  present and counts for the quorum; a member who is represented counts for it where the charter says so;
- the pass mark of an item is measured on the members who may vote on it: present and represented, minus recused. A member
  who may vote and abstains, or does not vote, stays in that base, so that only votes in favour carry an item;
- an item on which nobody may vote, or without a quorum, cannot be put to the vote: it is deferred.
A threshold is a fraction and whether it includes its own number: with 45 seats 超过三分之二 is 31, 三分之二以上 is 30.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date, datetime

from communities.councils.rules import Threshold
from portal.refusals import Refusal
from portal.refusals import gettext_noop as _

PASSED, REFUSED, DEFERRED = "passed", "refused", "deferred"
FOR, AGAINST, ABSTAIN = "for", "against", "abstain"
CHOICES = (FOR, AGAINST, ABSTAIN)
PRESENT, ABSENT, EXCUSED = "present", "absent", "excused"
FEWEST_SLIPS = 3


@dataclass(frozen=True, slots=True)
class Count:
    """One item's vote in figures. `silent` may vote and did not; `recused` counts those represented whose vote rests."""

    seats: int
    present: int
    recused: int
    in_favour: int
    against: int
    abstained: int
    represented: int = 0
    represented_count: bool = False

    @property
    def heads(self) -> int:
        """Those who count for the quorum."""
        return self.present + (self.represented if self.represented_count else 0)

    @property
    def entitled(self) -> int:
        return self.present + self.represented - self.recused

    @property
    def silent(self) -> int:
        return self.entitled - self.in_favour - self.against - self.abstained


@dataclass(frozen=True, slots=True)
class Decision:
    """What a vote came to, and how many votes in favour were needed."""

    outcome: str
    needed: int


def decide(count: Count, *, quorum: Threshold, mark: Threshold) -> Decision | Refusal:
    """The outcome of a vote, computed and never typed; a Refusal when it was no lawful vote."""
    if count.silent < 0 or min(count.recused, count.in_favour, count.against, count.abstained) < 0:
        return Refusal("count_wrong", _("票数与到会人数对不上，请核对后再结束表决。"))
    fault = objection_to_item(count, quorum=quorum)
    if fault:
        return fault
    needed = mark.needed(count.entitled)
    return Decision(PASSED if mark.is_reached(count.in_favour, count.entitled) else REFUSED, needed)


def objection_to_quorum(*, seats: int, present: int, quorum: Threshold) -> Refusal | None:
    """Are enough members there? Without them the meeting can only be adjourned."""
    if quorum.is_reached(present, seats):
        return None
    return Refusal(
        "no_quorum",
        _("应到 %(seats)s 人，到会至少 %(needed)s 人才能开会，现在到会 %(present)s 人。"),
        {"seats": seats, "needed": quorum.needed(seats), "present": present},
        next=_("人数不足只能改期，请写明原因后另行通知。"),
    )


def objection_to_item(count: Count, *, quorum: Threshold) -> Refusal | None:
    """May an item be put to the vote with these people in the room?"""
    if fault := objection_to_quorum(seats=count.seats, present=count.heads, quorum=quorum):
        return fault
    if count.entitled < 1:
        return Refusal("nobody_may_vote", _("到会的人都要回避这一项，没有人可以表决，"), next=_("请改到下次会议再议。"))
    return None


def objection_to_date(held_on: date, *, first_on: date, said: str) -> Refusal | None:
    """Is the agenda with the members in time? `said` is the first possible day in words."""
    if held_on >= first_on:
        return None
    return Refusal(
        "too_early",
        _("议程要提前送达议事代表，最早可以定在%(first)s。"),
        {"first": said},
        field="held_on",
        until=first_on,
    )


def objection_to_roll(states: Mapping[int, str], *, seats: Set[int]) -> Refusal | None:
    """Does the roll say of every seat whether its member is there?"""
    missing = seats - states.keys()
    if missing:
        return Refusal("roll_incomplete", _("还有 %(count)s 位议事代表没有登记到会情况。"), {"count": len(missing)})
    if states.keys() - seats:
        return Refusal("not_on_council", _("名单里有人现在不是议事代表，请刷新页面后重新登记。"))
    return None


def objection_to_vote(
    choice: str, *, is_open: bool, on_roll: bool, present: bool, recused: bool, already: bool
) -> Refusal | None:
    """May this member cast this vote on this item?"""
    if not is_open:
        return Refusal("vote_closed", _("这一项现在不在表决，"), next=_("请等召集人宣布表决。"))
    if not on_roll or not present:
        return Refusal(
            "not_present", _("您没有登记到会，不能表决，"), next=_("如已到会，请告诉会议记录人。"), status=403
        )
    if recused:
        return Refusal("recused", _("您已对这一项声明回避，不参加表决。"), status=403)
    if already:
        return Refusal("already_voted", _("您的无记名票已经投出，不能再改。"))
    if choice not in CHOICES:
        return Refusal("choice_missing", _("选一项：同意、反对或弃权。"), field="choice")
    return None


def objection_to_recusal(*, is_open: bool, decided: bool, voted: bool) -> Refusal | None:
    if decided:
        return Refusal("already_decided", _("这一项已经有结果，不能再声明回避。"))
    if is_open and voted:
        return Refusal(
            "already_voted", _("您已对这一项表决，不能再声明回避。"), next=_("请告诉会议召集人，由会议改期再议。")
        )
    return None


def objection_to_hands(votes: Mapping[int, str], *, entitled: Set[int]) -> Refusal | None:
    """Does the clerk's count by show of hands name each member who may vote, and nobody else?"""
    if votes.keys() - entitled:
        return Refusal("not_entitled", _("表决名单里有未到会或需要回避的人，请刷新页面后重新登记。"))
    missing = entitled - votes.keys()
    if missing or set(votes.values()) - set(CHOICES):
        return Refusal("votes_missing", _("还有 %(count)s 位到会代表没有登记表决意见。"), {"count": len(missing) or 1})
    return None


def objection_to_slips(*, people: int, in_favour: int, against: int, abstained: int) -> Refusal | None:
    """Paper slips of a secret vote: as many as people handed in, and enough of them to hide each one."""
    if people < FEWEST_SLIPS:
        return Refusal(
            "too_few_slips",
            _("无记名纸票少于 %(fewest)s 张，会看出是谁投的。"),
            {"fewest": FEWEST_SLIPS},
            next=_("请让更多代表用纸票，或改用手机表决。"),
        )
    if in_favour + against + abstained != people:
        return Refusal(
            "slips_differ",
            _("交票 %(people)s 人，票数合计 %(slips)s 张，两者要相等。"),
            {"people": people, "slips": in_favour + against + abstained},
        )
    return None


def objection_to_outcome(outcome: str, reason: str) -> Refusal | None:
    """A refusal or a deferral is published with its reason."""
    if outcome == PASSED or reason.strip():
        return None
    if outcome == REFUSED:
        return Refusal("reason_missing", _("按现在的票数这一项不通过，请写明理由，理由会公开。"), field="reason")
    return Refusal("reason_missing", _("请写明为什么改到下次会议再议，理由会公开。"), field="reason")


def objection_to_closing(*, undecided: int, voting: int) -> Refusal | None:
    if voting:
        return Refusal("vote_open", _("还有一项正在表决，请先结束表决。"))
    if undecided:
        return Refusal(
            "items_left", _("还有 %(count)s 项没有结果，"), {"count": undecided}, next=_("请表决，或改到下次会议再议。")
        )
    return None


def objection_to_signature(
    *,
    as_chair: bool,
    closed: bool,
    is_chair: bool,
    is_worker: bool,
    signed: bool,
    other_signer: int | None,
    signer: int,
) -> Refusal | None:
    """Minutes carry two names: the person who chaired, and a community worker who kept the record."""
    if not closed:
        return Refusal("not_closed", _("会议还没有结束，不能签字。"))
    if signed:
        return Refusal("already_signed", _("这里已经签过字了。"))
    if as_chair and not is_chair:
        return Refusal("not_chair", _("会议主持人才能在这里签字。"), status=403)
    if not as_chair and not is_worker:
        return Refusal("not_clerk", _("社区工作者作为记录人签字，您目前不能操作。"), status=403)
    if other_signer == signer:
        return Refusal("same_person", _("主持人和记录人要由两个人分别签字。"), status=403)
    return None


def voting_open(*, opened_at: datetime | None, closed_at: datetime | None) -> bool:
    return opened_at is not None and closed_at is None
