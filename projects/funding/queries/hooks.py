"""What the room tells the desk: what awaits whom, what happened, what a visitor can do."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from communities.accounts.models import User
from communities.roles.queries import within
from communities.roles.rules import Role
from portal.figures import money
from projects.funding.models import Payment, Project
from projects.funding.queries.money import money_shown
from projects.items import Chapter, Offer, Task, Traces
from projects.permissions import Party
from projects.proposals.models import Proposal

STREET = frozenset({Role.STREET_OFFICER})
OFFICE = STREET | {Role.COMMUNITY_WORKER, Role.DISTRICT_OFFICER, Role.SUPERVISOR, Role.AUDITOR}
MOST_TASKS = 50


def awaiting(person: User, *, today: date) -> list[Task]:
    """Projects without a contract, payments of colleagues to release, projects to settle. Two queries."""
    here = Project.objects.filter(within(person, STREET, today, "community")).select_related("proposal", "community")
    rated, given_up = Q(stage="evaluation", balance_ruling__isnull=False), Q(stops__ended_at__isnull=False)
    bare = here.filter(stage="funding", contracts=None, stops__ended_at=None).annotate(ended=Value(False))
    ended = here.filter(rated | given_up, settlement=None).annotate(ended=Value(True))
    parts = [rows.order_by("stage_since")[:MOST_TASKS] for rows in (bare, ended)]
    tasks = []
    for project in parts[0].union(parts[1], all=True):
        if project.ended:
            tasks.append(_task(project, project.stage, _("办理尾款和结算")))
        else:
            tasks.append(_task(project, "funding", _("选定承接单位并登记合同")))
    waiting = (
        Payment.objects.filter(
            within(person, STREET, today, "contract__project__community"), state=Payment.State.REQUESTED
        )
        .exclude(requested_by=person)
        .select_related("contract__project__proposal", "contract__project__community")
        .order_by("requested_at")[:MOST_TASKS]
    )
    tasks += [
        _task(
            row.contract.project,
            row.contract.project.stage,
            _("核对并批准一笔 %(amount)s 的付款") % {"amount": money(row.amount)},
            since=row.requested_at,
        )
        for row in waiting
    ]
    return tasks


def traces(proposal: Proposal) -> Traces:
    project = getattr(proposal, "project", None)
    return {"ends": project.stops.filter(ended_at__isnull=False)} if project else {}


def chapters(proposal: Proposal, kept: Traces | None = None) -> list[Chapter]:
    """Money as events: allotted, contracted, each payment, the balance held or freed, settled."""
    project = getattr(proposal, "project", None)
    if project is None:
        return []
    known = money_shown(project)
    told = [
        Chapter(
            at=project.approved_at,
            stage="funding",
            title=_("项目立项，资金下达"),
            text=_("批准金额 %(amount)s。") % {"amount": money(project.budget)},
            by=_("街道办事处"),
        )
    ]
    for source in known.sources:
        told.append(
            Chapter(
                at=source.entered_at,
                stage="funding",
                title=_("社会资金到位"),
                text=_("%(name)s 出资 %(amount)s。") % {"name": source.name, "amount": money(source.amount)},
            )
        )
    for contract in known.contracts:
        told.append(
            Chapter(
                at=contract.entered_at,
                stage="funding",
                title=_("确定承接单位"),
                text=_("%(provider)s，%(route)s，合同金额 %(amount)s。")
                % {
                    "provider": contract.provider.name,
                    "route": _(contract.get_route_display()),
                    "amount": money(contract.amount),
                },
                by=_("街道办事处"),
            )
        )
    for payment in known.payments:
        if payment.state == Payment.State.RELEASED:
            told.append(
                Chapter(
                    at=payment.decided_at,
                    stage=project.stage if project.stage == "funding" else "delivery",
                    title=_("支付%(kind)s") % {"kind": _(payment.get_instalment_display())},
                    text=_("向%(provider)s支付 %(amount)s，由两位工作人员分别申请和批准。")
                    % {"provider": payment.contract.provider.name, "amount": money(payment.amount)},
                    by=_("街道办事处"),
                )
            )
    return sorted(told + _endings(project, kept or traces(proposal)), key=lambda chapter: chapter.at)


def _endings(project: Project, kept: Traces) -> list[Chapter]:
    told = []
    for stop in kept["ends"]:
        told.append(Chapter(at=stop.ended_at, stage=project.stage, title=_("项目终止"), reason=stop.end_reason, by=_("街道办事处")))
    ruling = getattr(project, "balance_ruling", None)
    if ruling and ruling.holds:
        told.append(
            Chapter(
                at=ruling.at,
                stage="evaluation",
                title=_("评价低于标准，尾款暂缓支付"),
                text=_("承接单位改进后，街道写明理由才能支付尾款。"),
            )
        )
    if ruling and ruling.lifted_at:
        told.append(
            Chapter(
                at=ruling.lifted_at,
                stage="evaluation",
                title=_("尾款恢复支付"),
                reason=ruling.lift_reason,
                by=_("街道办事处"),
            )
        )
    settlement = getattr(project, "settlement", None)
    if settlement:
        told.append(
            Chapter(
                at=settlement.at,
                stage="evaluation",
                title=_("项目结算"),
                text=_("共支付 %(paid)s，结余 %(returned)s 已退回。")
                % {"paid": money(settlement.paid), "returned": money(settlement.returned)},
                reason=settlement.note,
                by=_("街道办事处"),
            )
        )
    return told


def offers(proposal: Proposal, *, person: User, parties: frozenset[Party], now: datetime) -> list[Offer]:
    """Anybody may read where the money went, once there is some."""
    if getattr(proposal, "project", None) is None:
        return []
    return [Offer(text=_("查看资金明细"), url=reverse("funding:money", args=[proposal.number]))]


def _task(project: Project, stage: str, text: str, since: datetime | None = None) -> Task:
    return Task(
        stage=stage,
        title=project.title,
        text=text,
        url=reverse("funding:project", args=[project.proposal.number]),
        community=project.community.name,
        since=since or project.stage_since,
    )
