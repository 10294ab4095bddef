"""Which roles there are, at which level each is held, and who may appoint whom. Plain Python."""

from __future__ import annotations

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
