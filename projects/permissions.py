"""Who may do what, at which stage. Plain Python; the button, the error text and the server's check ask here.

A party is how a person stands to a thing: a role that reaches its community, or a relation (resident there, its
proposer, its provider …). `projects.parties` finds the parties; nothing else decides.
Separation of duties that depends on the particular person (proposer ≠ screener, two people release a payment)
is decided by the rule of the room, with the people as arguments.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from enum import StrEnum

from portal import permits
from portal.refusals import Refusal
from portal.refusals import gettext_noop as _
from projects.pipeline import DONE, KEYS, PROJECT, ROUND, stage, stages_of


class Party(StrEnum):
    VISITOR = "visitor"
    MEMBER = "member"
    RESIDENT = "resident"
    PROPOSER = "proposer"
    COUNCIL = "council_member"
    WORKER = "community_worker"
    STREET = "street_officer"
    DISTRICT = "district_officer"
    SUPERVISOR = "supervisor"
    PROVIDER = "provider"
    PANEL = "panel"
    AUDITOR = "auditor"
    ADMIN = "administrator"


TITLES = {
    Party.VISITOR: _("访客"),
    Party.MEMBER: _("已登录的用户"),
    Party.RESIDENT: _("已核实的本社区居民"),
    Party.PROPOSER: _("点菜人（提案人）"),
    Party.COUNCIL: _("本社区议事代表"),
    Party.WORKER: _("本社区工作者"),
    Party.STREET: _("街道工作人员"),
    Party.DISTRICT: _("区级工作人员"),
    Party.SUPERVISOR: _("监督员"),
    Party.PROVIDER: _("承接单位负责人"),
    Party.PANEL: _("验收小组成员"),
    Party.AUDITOR: _("审计员"),
    Party.ADMIN: _("系统管理员"),
}

ROUND_STAGES = frozenset(row.key for row in stages_of(ROUND))
PROJECT_STAGES = frozenset(row.key for row in stages_of(PROJECT))
DONE_ONLY = frozenset({DONE})
ALWAYS = frozenset(KEYS) | {DONE}


@dataclass(frozen=True, slots=True)
class Permit:
    parties: frozenset[Party]
    stages: frozenset[str]


def _permit(parties: str, stages: str | frozenset[str]) -> Permit:
    keys = frozenset(stages.split()) if isinstance(stages, str) else stages
    return Permit(permits.parties_named(parties, of=Party), keys)


PERMITS: dict[str, Permit] = {
    # the calendar
    "rounds.prepare_round": _permit("STREET", "rounds"),
    "rounds.open_call": _permit("STREET", "rounds"),
    "rounds.move_on": _permit("STREET", ROUND_STAGES),
    "rounds.cancel_round": _permit("STREET", ROUND_STAGES),
    "rounds.set_words": _permit("DISTRICT", "rounds"),
    # 点菜
    "proposals.lodge_proposal": _permit("RESIDENT", "proposals"),
    "proposals.enter_for_resident": _permit("WORKER", "proposals"),
    "proposals.edit_proposal": _permit("PROPOSER", "proposals"),
    "proposals.withdraw_proposal": _permit("PROPOSER", "proposals screening deliberation"),
    "proposals.correct_proposal": _permit("PROPOSER WORKER", "proposals screening deliberation"),
    "proposals.support_proposal": _permit("RESIDENT", "proposals screening deliberation"),
    "proposals.follow_proposal": _permit("MEMBER", ALWAYS),
    # 初审
    "screening.record_finding": _permit("WORKER", "proposals screening deliberation"),
    "screening.assign_proposals": _permit("WORKER STREET", "proposals screening deliberation"),
    "screening.override_cap": _permit("STREET", "proposals screening deliberation"),
    "screening.appeal_finding": _permit("PROPOSER", "proposals screening deliberation"),
    "screening.decide_appeal": _permit("STREET", "proposals screening deliberation"),
    # 议
    "deliberation.convene_meeting": _permit("WORKER", "screening deliberation tally"),
    "deliberation.run_meeting": _permit("WORKER", "deliberation tally"),
    "deliberation.vote_item": _permit("COUNCIL", "deliberation tally"),
    "deliberation.ask_floor": _permit("COUNCIL", "deliberation tally"),
    "deliberation.give_mandate": _permit("COUNCIL WORKER", "screening deliberation tally"),
    "deliberation.declare_interest": _permit("COUNCIL", "screening deliberation tally"),
    "deliberation.call_hearing": _permit("WORKER", "screening deliberation tally"),
    "deliberation.join_hearing": _permit("RESIDENT", "screening deliberation voting tally"),
    "deliberation.register_place": _permit("WORKER", "screening deliberation voting tally"),
    "deliberation.keep_hearing": _permit("WORKER", ROUND_STAGES | {DONE}),
    "deliberation.sign_hearing": _permit("COUNCIL WORKER", ROUND_STAGES | {DONE}),
    "deliberation.sign_minutes": _permit("COUNCIL WORKER", ROUND_STAGES | {DONE}),
    # 投票与计票
    "rehearsal.run_rehearsal": _permit("STREET", "rounds proposals screening deliberation"),
    "rehearsal.wipe_rehearsal": _permit("STREET", ROUND_STAGES | {DONE}),
    "voting.cast_ballot": _permit("RESIDENT", "voting"),
    "voting.hand_out_paper": _permit("WORKER", "voting"),
    "voting.open_kiosk": _permit("WORKER", "voting"),
    "voting.enter_paper": _permit("WORKER", "voting"),
    "voting.settle_paper": _permit("WORKER STREET", "voting"),
    "voting.void_paper": _permit("WORKER STREET", "voting"),
    "voting.check_sample": _permit("WORKER STREET", "voting"),
    "voting.watch_poll": _permit("SUPERVISOR AUDITOR", "voting"),
    "voting.destroy_key": _permit("STREET", frozenset({"tally", "publicity", "approval", DONE})),
    # 公示
    "publicity.lodge_objection": _permit("RESIDENT", "publicity"),
    "publicity.enter_objection": _permit("WORKER", "publicity"),
    "publicity.answer_objection": _permit("WORKER STREET", "publicity"),
    "publicity.uphold_objection": _permit("STREET", "publicity"),
    "publicity.comment_objection": _permit("PROPOSER", "publicity"),
    # 审批
    "approval.decide_proposal": _permit("STREET", "approval"),
    "approval.answer_refill": _permit("STREET", "approval"),
    "approval.file_list": _permit("DISTRICT", ALWAYS),
    # 配菜
    "funding.sign_contract": _permit("STREET", "funding"),
    "funding.request_payment": _permit("STREET", PROJECT_STAGES | {DONE}),
    "funding.release_payment": _permit("STREET", PROJECT_STAGES | {DONE}),
    "funding.enter_cofunding": _permit("STREET", "funding delivery"),
    "funding.lift_hold": _permit("STREET", "evaluation"),
    "funding.settle_project": _permit("STREET", PROJECT_STAGES),
    "funding.forfeit_retention": _permit("STREET", DONE_ONLY),
    "funding.register_provider": _permit("STREET", ALWAYS),
    # 做菜
    "delivery.plan_delivery": _permit("PROVIDER WORKER", "funding delivery"),
    "delivery.report_progress": _permit("PROVIDER WORKER", "delivery"),
    "delivery.change_plan": _permit("PROVIDER WORKER", "delivery"),
    "delivery.declare_finished": _permit("PROVIDER", "delivery"),
    "delivery.stop_project": _permit("STREET", "funding delivery acceptance"),
    "delivery.end_project": _permit("STREET", "funding delivery acceptance"),
    "delivery.report_problem": _permit("RESIDENT PROPOSER", "delivery acceptance evaluation done"),
    "delivery.answer_problem": _permit("PROVIDER WORKER STREET", PROJECT_STAGES | {DONE}),
    "delivery.raise_concern": _permit("SUPERVISOR", PROJECT_STAGES),
    # 验收
    "acceptance.appoint_panel": _permit("WORKER", "delivery acceptance"),
    "acceptance.mark_project": _permit("PANEL", "acceptance"),
    "acceptance.conclude_inspection": _permit("WORKER", "acceptance"),
    "acceptance.sign_off": _permit("PROPOSER", "acceptance"),
    "acceptance.record_absence": _permit("WORKER STREET", "acceptance"),
    # 评菜
    "evaluation.rate_project": _permit("PROPOSER RESIDENT", "evaluation"),
    "evaluation.rate_as_supervisor": _permit("SUPERVISOR", "evaluation"),
    "evaluation.record_absence": _permit("WORKER", "evaluation"),
    "evaluation.conclude_ratings": _permit("WORKER STREET", "evaluation"),
    "evaluation.set_indicators": _permit("DISTRICT", ALWAYS),
    "evaluation.score_project": _permit("STREET DISTRICT", "evaluation"),
    "evaluation.score_community": _permit("STREET DISTRICT", ALWAYS),
    "evaluation.close_project": _permit("STREET", "evaluation"),
    # across
    "desk.see_queue": _permit("COUNCIL WORKER STREET DISTRICT SUPERVISOR PROVIDER PANEL", ALWAYS),
    "desk.see_dossier": _permit("WORKER STREET DISTRICT SUPERVISOR AUDITOR", ALWAYS),
    "desk.see_log": _permit("AUDITOR", ALWAYS),
}


def objection_to(action: str, *, roles: Set[Party], stage: str) -> Refusal | None:
    """Why holders of `roles` may not do `action` at `stage`; None when they may.

    Errors: KeyError for an action that is not in the table, so that a typing error never permits anything.
    """
    permit = PERMITS[action]
    if refusal := permits.objection_to_parties(permit.parties, roles=roles, titles=TITLES):
        return refusal
    if stage not in permit.stages:
        return Refusal("not_now", _("现在是“%(stage)s”阶段，不能办理这一步。"), {"stage": title_of(stage)})
    return None


def title_of(key: str) -> str:
    return "已结束" if key == DONE else stage(key).title
