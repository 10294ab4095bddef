"""The first stage of a project: how it comes here, why it cannot start yet."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from communities.roles.rules import TITLES, Role
from portal import notices
from portal.refusals import Refusal, insist
from portal.refusals import gettext_noop as _
from projects.approval.queries import approved_amount
from projects.funding import services
from projects.funding.models import Project
from projects.items import Hold
from projects.proposals.models import Proposal
from projects.proposals.queries import audience_of
from projects.proposals.standings import Standing
from projects.rounds.models import Round


def holding(project: Project, *, now: datetime) -> list[Hold]:
    """A stop, no contract, or a contract without the last day on which work must begin."""
    contracts = list(project.contracts.values_list("starts_by", flat=True))
    place = {"who": TITLES[Role.STREET_OFFICER], "url": reverse("funding:project", args=[project.proposal.number])}
    if project.stops.filter(resumed_at=None).exists():
        return [Hold("stopped", _("项目处于暂停状态"), **place)]
    if not contracts:
        return [Hold("no_contract", _("还没有签订合同"), **place)]
    undated = contracts.count(None)
    return [Hold("no_start", _("%(count)s 份合同还没有定开工日期"), count=undated, **place)] if undated else []


def enter(project: Project, *, now: datetime) -> None:
    notices.owe(
        audience_of(project.proposal),
        kind="funding.entered",
        key=f"project-{project.pk}-funding",
        text=_("“%(title)s”已立项，街道正在落实资金和承接单位。"),
        now=now,
        url=reverse("desk:proposal", args=[project.proposal.number]),
        title=project.title,
    )


def receive(batch: Round, *, now: datetime) -> None:
    """Each approved item of the round starts its own way with the money that the street approved."""
    approved = Proposal.objects.filter(round=batch, standing=Standing.APPROVED).order_by("pk")
    for proposal in approved.select_related("round", "community"):
        amount = approved_amount(proposal)
        if amount is None:
            insist(Refusal("amount_missing", _("“%(title)s”没有批准金额，不能立项。"), {"title": proposal.title}))
        enter(services.receive_project(proposal=proposal, amount=amount, now=now), now=now)
