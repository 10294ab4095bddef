"""Where somebody may say she lives, and who may confirm it. Plain Python."""

from __future__ import annotations

from collections.abc import Set

from communities.roles.rules import Role
from portal.refusals import Refusal
from portal.refusals import gettext_noop as _

CONFIRMED, REFUSED = "confirmed", "refused"
SEEN_BY_WORKERS = ("identity", "permit", "lease", "deed", "bill", "visit", "known")


def objection_to_home(*, level: str, abolished: bool, has_name: bool, is_staff: bool) -> Refusal | None:
    if is_staff:
        return Refusal(
            "staff_account",
            _("工作账号不能登记居住社区。"),
            next=_("请用您自己的手机号另行登录。"),
            status=403,
        )
    if not has_name:
        return Refusal("name_missing", _("请先填写姓名，再选择社区。"), status=409)
    if level != "community" or abolished:
        return Refusal("no_community", _("这个社区已撤销或不存在，请重新选择。"), field="community")
    return None


def objection_to_check(
    *, roles: Set[Role], same_person: bool, is_open: bool, proof: str, outcome: str, evidence: str, reason: str
) -> Refusal | None:
    """May a worker decide on this declared residency? A refusal needs a reason, a confirmation what was seen."""
    if Role.COMMUNITY_WORKER not in roles:
        return Refusal("not_worker", _("核实居住由本社区工作者办理，您没有权限。"), status=403)
    if same_person:
        return Refusal("own_residency", _("不能核实自己的居住登记，请由同事办理。"), status=403)
    if not is_open:
        return Refusal("moved_on", _("这位居民已改登其他社区，不用再核实。"))
    if proof != "declared":
        return Refusal("already_proved", _("这位居民已经核实过。"))
    if outcome == CONFIRMED and not evidence:
        return Refusal("evidence_missing", _("请选择核实的依据。"), field="evidence")
    if outcome == REFUSED and len(reason.strip()) < 5:
        return Refusal("reason_missing", _("请写明不能核实的理由，至少 5 个字，居民会看到。"), field="reason")
    return None


def objection_to_reveal(*, roles: Set[Role], reason: str) -> Refusal | None:
    """Seeing a whole number needs a task in that community, and a reason that is kept."""
    if not roles & {Role.COMMUNITY_WORKER, Role.STREET_OFFICER}:
        return Refusal("not_worker", _("查看完整号码由本社区工作者办理，您没有权限。"), status=403)
    if len(reason.strip()) < 5:
        return Refusal("reason_missing", _("请写明查看号码的理由，至少 5 个字。"), field="reason")
    return None


def objection_to_closing(*, is_staff: bool, open_terms: int, open_seats: int) -> Refusal | None:
    if is_staff:
        return Refusal("staff_account", _("工作账号由管理员停用，不能自行注销。"), status=403)
    if open_terms or open_seats:
        return Refusal(
            "in_office", _("您还在任议事代表或监督员。"), next=_("请先向社区办理离任，再注销账号。")
        )
    return None
