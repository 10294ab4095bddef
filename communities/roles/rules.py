"""Which roles there are, at which level each is held, and who may appoint whom. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from portal.refusals import Refusal
from portal.refusals import gettext_noop as _


class Role(StrEnum):
    """A role held at a division for a term. It reaches every division below."""

    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    DISTRICT_OFFICER = "district_officer"
    STREET_OFFICER = "street_officer"
    COMMUNITY_WORKER = "community_worker"
    COUNCIL_MEMBER = "council_member"
    SUPERVISOR = "supervisor"


TITLES = {
    Role.ADMINISTRATOR: _("系统管理员"),
    Role.AUDITOR: _("审计员"),
    Role.DISTRICT_OFFICER: _("区级工作人员"),
    Role.STREET_OFFICER: _("街道工作人员"),
    Role.COMMUNITY_WORKER: _("社区工作者"),
    Role.COUNCIL_MEMBER: _("议事代表"),
    Role.SUPERVISOR: _("监督员"),
}

LEVELS = {
    Role.ADMINISTRATOR: frozenset({"city", "district"}),
    Role.AUDITOR: frozenset({"city", "district"}),
    Role.DISTRICT_OFFICER: frozenset({"district"}),
    Role.STREET_OFFICER: frozenset({"street"}),
    Role.COMMUNITY_WORKER: frozenset({"community"}),
    Role.COUNCIL_MEMBER: frozenset({"community"}),
    Role.SUPERVISOR: frozenset({"district", "street", "community"}),
}

APPOINTED_BY = {
    Role.ADMINISTRATOR: frozenset({Role.ADMINISTRATOR}),
    Role.AUDITOR: frozenset({Role.ADMINISTRATOR}),
    Role.DISTRICT_OFFICER: frozenset({Role.ADMINISTRATOR}),
    Role.STREET_OFFICER: frozenset({Role.DISTRICT_OFFICER, Role.ADMINISTRATOR}),
    Role.COMMUNITY_WORKER: frozenset({Role.STREET_OFFICER}),
    Role.COUNCIL_MEMBER: frozenset({Role.STREET_OFFICER, Role.COMMUNITY_WORKER}),
    Role.SUPERVISOR: frozenset({Role.DISTRICT_OFFICER, Role.STREET_OFFICER}),
}

BACKDATED = 31
STAFF = frozenset(Role) - {Role.COUNCIL_MEMBER, Role.SUPERVISOR}


def objection_to_appointment(
    role: Role, *, level: str, by: frozenset[Role], same_person: bool, held: frozenset[Role]
) -> Refusal | None:
    """May holders of `by` (roles that reach the division) appoint somebody to `role` at this level?

    `held` are the roles that the person already holds there.
    """
    if same_person:
        return Refusal("self_appointment", _("不能任命自己，请由上一级办理。"), status=403)
    if level not in LEVELS[role]:
        return Refusal("wrong_level", _("这个职务不在这一级设置。"), field="division")
    if not by & APPOINTED_BY[role]:
        return Refusal("not_superior", _("这个职务由上一级任命，您没有权限。"), status=403)
    if role is Role.SUPERVISOR and held & STAFF:
        return Refusal("supervisor_is_staff", _("监督员不能由被监督单位的工作人员担任。"), field="person")
    if role in STAFF and Role.SUPERVISOR in held:
        return Refusal("staff_is_supervisor", _("监督员在任期间不能担任工作人员。"), field="person")
    return None


def objection_to_term(
    starts: date, ends: date | None, *, others: Iterable[tuple[date, date | None]], today: date
) -> Refusal | None:
    """A term ends after it starts and overlaps no other term of the same person, role and place."""
    if ends is not None and ends < starts:
        return Refusal("ends_before_start", _("离任日期不能早于任职日期。"), field="ends_on")
    if starts < today - timedelta(days=BACKDATED):
        return Refusal(
            "too_far_back", _("任职日期最多倒填 %(days)s 天。"), {"days": BACKDATED}, field="starts_on"
        )
    if any(overlap(starts, ends, first, last) for first, last in others):
        return Refusal("terms_overlap", _("这个人在这段时间已经担任这个职务。"), field="starts_on")
    return None


def overlap(starts: date, ends: date | None, first: date, last: date | None) -> bool:
    """Do two terms share a day? Each counts from its first to its last day; None is open."""
    return (ends is None or first <= ends) and (last is None or starts <= last)


def objection_to_holder(role: Role, *, is_staff: bool, is_active: bool) -> Refusal | None:
    """Staff roles are held with a staff account, which has a second factor; council members are residents."""
    if not is_active:
        return Refusal("account_stopped", _("这个账号已停用，不能任职。"), field="person")
    if role in STAFF and not is_staff:
        return Refusal("needs_staff_account", _("这个职务要用工作账号，请填写工号开通。"), field="staff_name")
    return None


def objection_to_ending(
    role: Role, *, by: frozenset[Role], same_person: bool, starts: date, ends: date, is_open: bool, last_admin: bool
) -> Refusal | None:
    if not is_open:
        return Refusal("already_over", _("这个任期已经结束。"))
    if same_person and role is not Role.SUPERVISOR:
        return Refusal("self_ending", _("不能结束自己的任期，请由上一级办理。"), status=403)
    if not by & APPOINTED_BY[role]:
        return Refusal("not_superior", _("这个职务由上一级任免，您没有权限。"), status=403)
    if last_admin:
        return Refusal("last_administrator", _("这是最后一位系统管理员，请先任命接任的人。"))
    if ends < starts:
        return Refusal("ends_before_start", _("离任日期不能早于任职日期。"), field="ends_on")
    return None


def roles_to_give(by: frozenset[Role], level: str) -> list[Role]:
    """The roles that holders of `by` may give at a division of this level."""
    return [role for role in Role if level in LEVELS[role] and by & APPOINTED_BY[role]]
