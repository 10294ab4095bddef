"""Who may do what on the volunteers' floor. Plain Python; the button, the error text and the server's check ask here.

A party is how a person stands to a community, a team or a call. `volunteers.parties` finds the parties; nothing else
decides. Nothing here hangs on a stage: an hour, a shift or a wish has no stage of the wall chart.
"""

from __future__ import annotations

from collections.abc import Set
from enum import StrEnum

from portal import permits
from portal.refusals import Refusal
from portal.refusals import gettext_noop as _


class Party(StrEnum):
    VISITOR = "visitor"
    MEMBER = "member"
    VOLUNTEER = "volunteer"
    LEADER = "leader"
    WORKER = "community_worker"
    STREET = "street_officer"
    DISTRICT = "district_officer"
    AUDITOR = "auditor"
    MERCHANT = "merchant"


TITLES = {
    Party.VISITOR: _("访客"),
    Party.MEMBER: _("已登录的用户"),
    Party.VOLUNTEER: _("已登记的志愿者"),
    Party.LEADER: _("本队队长"),
    Party.WORKER: _("本社区工作者"),
    Party.STREET: _("街道工作人员"),
    Party.DISTRICT: _("区级工作人员"),
    Party.AUDITOR: _("审计员"),
    Party.MERCHANT: _("本商家经办人"),
}


def _permit(parties: str) -> frozenset[Party]:
    return permits.parties_named(parties, of=Party)


PERMITS: dict[str, frozenset[Party]] = {
    # 志愿者与队伍
    "teams.register_volunteer": _permit("MEMBER"),
    "teams.confirm_guardian": _permit("WORKER"),
    "teams.found_team": _permit("WORKER"),
    "teams.name_leader": _permit("WORKER"),
    "teams.ask_to_join": _permit("VOLUNTEER"),
    "teams.answer_request": _permit("LEADER WORKER"),
    "teams.end_membership": _permit("LEADER WORKER"),
    "teams.close_team": _permit("WORKER"),
    # 活动
    "activities.make_call": _permit("LEADER WORKER"),
    "activities.run_call": _permit("LEADER WORKER"),
    "activities.sign_up": _permit("VOLUNTEER"),
    "activities.confirm_list": _permit("WORKER"),
    # 微心愿
    "wishes.make_wish": _permit("MEMBER"),
    "wishes.collect_wish": _permit("WORKER"),
    "wishes.screen_wish": _permit("WORKER"),
    "wishes.see_person": _permit("WORKER"),
    "wishes.claim_wish": _permit("VOLUNTEER"),
    "wishes.claim_for_team": _permit("LEADER"),
    "wishes.confirm_wish": _permit("WORKER"),
    # 时长与积分
    "timebank.record_by_hand": _permit("LEADER WORKER STREET DISTRICT"),
    "timebank.review_street": _permit("STREET"),
    "timebank.review_district": _permit("DISTRICT"),
    "timebank.reverse_record": _permit("WORKER STREET DISTRICT"),
    "timebank.publish_tariff": _permit("DISTRICT"),
    "timebank.exchange_hours": _permit("STREET DISTRICT"),
    # 礼遇与兑换
    "rewards.register_merchant": _permit("STREET"),
    "rewards.publish_offer": _permit("STREET"),
    "rewards.appoint_person": _permit("STREET"),
    "rewards.publish_benefit": _permit("STREET DISTRICT"),
    "rewards.take_offer": _permit("VOLUNTEER"),
    "rewards.confirm_redemption": _permit("MERCHANT"),
    "rewards.see_statement": _permit("MERCHANT STREET DISTRICT"),
}


def objection_to(action: str, *, roles: Set[Party]) -> Refusal | None:
    """Why holders of `roles` may not do `action`; None when they may.

    Errors: KeyError for an action that is not in the table, so that a typing error never permits anything.
    """
    return permits.objection_to_parties(PERMITS[action], roles=roles, titles=TITLES)
