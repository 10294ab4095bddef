"""Why a project cannot go to acceptance yet, and what happens when it comes to delivery.

It waits for the provider's word, for every step of the plan, and, like a public notice, for an answer to every problem
that was reported [D]; a stopped project stays.
"""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from communities.roles.rules import TITLES, Role
from portal import notices
from portal.refusals import gettext_noop as _
from projects.delivery import queries
from projects.funding.models import Project
from projects.items import Hold
from projects.permissions import TITLES as PARTIES
from projects.permissions import Party
from projects.proposals.queries import audience_of


def holding(project: Project, *, now: datetime) -> list[Hold]:
    url = reverse("delivery:project", args=[project.proposal.number])
    provider, worker = PARTIES[Party.PROVIDER], TITLES[Role.COMMUNITY_WORKER]
    held = []
    if project.stops.filter(resumed_at=None).exists():
        held.append(Hold("stopped", _("项目处于暂停状态"), who=TITLES[Role.STREET_OFFICER], url=url))
    if open_steps := project.milestones.filter(done_on=None).count():
        held.append(Hold("milestones_open", _("%(count)s 个计划节点没有完成"), count=open_steps, who=provider, url=url))
    if not queries.is_finished(project):
        held.append(Hold("not_finished", _("承接单位还没有申报完工"), who=provider, url=url))
    if unanswered := project.problems.filter(answered_at=None).count():
        held.append(Hold("problems_open", _("%(count)s 条问题反映没有答复"), count=unanswered, who=worker, url=url))
    return held


def enter(project: Project, *, now: datetime) -> None:
    """Tell the provider that it is her turn, and the proposer that work begins (again)."""
    number = project.proposal.number
    last = project.moves.filter(entered="delivery").order_by("-at", "-pk").first()
    again = bool(last and last.reason)
    key = f"project-{project.pk}-delivery-{last.pk if last else 0}"
    providers = set(project.contracts.values_list("responsible_id", flat=True))
    providers |= set(project.contracts.exclude(liaison=None).values_list("liaison_id", flat=True))
    notices.owe(
        providers,
        kind="delivery.entered",
        key=key,
        text=_("“%(title)s”需要整改，请按期完成。")
        if again
        else _("“%(title)s”可以动工了，请填写计划并按月上报进度。"),
        now=now,
        url=reverse("delivery:project", args=[number]),
        title=project.title,
    )
    notices.owe(
        audience_of(project.proposal) - providers,
        kind="delivery.entered",
        key=key,
        text=_("“%(title)s”验收发现问题，正在整改。") if again else _("“%(title)s”开始实施，进展会在项目页面公布。"),
        now=now,
        url=reverse("desk:proposal", args=[number]),
        title=project.title,
    )
