"""Why a project is not accepted yet; each arrival opens a new inspection."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from portal import notices
from portal.refusals import gettext_noop as _
from projects.acceptance import queries, rules
from projects.acceptance.models import Inspection
from projects.funding.models import Project
from projects.items import Hold
from projects.permissions import TITLES, Party
from projects.proposals.queries import followers_of


def holding(project: Project, *, now: datetime) -> list[Hold]:
    """A stop, a panel that lacks seats, marks that lack, faults that were found, a signature that lacks."""
    url = reverse("acceptance:project", args=[project.proposal.number])
    view = queries.view_of(project)
    if project.stops.filter(resumed_at=None).exists():
        return [Hold("stopped", _("项目处于暂停状态"), who=TITLES[Party.STREET], url=url)]
    if view.missing:
        return [
            Hold(
                "panel_incomplete",
                _("验收小组还差 %(count)s 人"),
                count=sum(view.missing.values()),
                who=TITLES[Party.WORKER],
                url=url,
            )
        ]
    if view.outcome is rules.Outcome.OPEN:
        return [
            Hold(
                "marks_missing", _("%(count)s 位成员没有填写验收意见"), view.unmarked, who=TITLES[Party.PANEL], url=url
            )
        ]
    if view.outcome is rules.Outcome.REWORK:
        return [Hold("rework", _("验收发现问题，需要退回整改"), who=TITLES[Party.WORKER], url=url)]
    if view.inspection is None or view.inspection.outcome != rules.Outcome.MEETS:
        return [Hold("unsigned", _("点菜人还没有签字"), who=TITLES[Party.PROPOSER], url=url, since=view.sign_by)]
    return []


def enter(project: Project, *, now: datetime) -> None:
    """Open an inspection; the panel of an earlier one sits again."""
    last = project.inspections.order_by("-number").values_list("number", flat=True).first()
    inspection = Inspection.objects.create(project=project, number=(last or 0) + 1, opened_at=now)
    key = f"inspection-{inspection.pk}"
    members = set(queries.panel_of(project).values_list("person_id", flat=True))
    notices.owe(
        members,
        kind="acceptance.opened",
        key=key,
        text=_("“%(title)s”开始验收，请到现场查看并填写意见。"),
        now=now,
        url=reverse("acceptance:mark", args=[project.proposal.number]),
        title=project.title,
    )
    notices.owe(
        {project.proposal.proposer_id} - members,
        kind="acceptance.opened",
        key=key,
        text=_("您提议的“%(title)s”开始验收，社区会请您参加并签字。"),
        now=now,
        url=reverse("desk:proposal", args=[project.proposal.number]),
        title=project.title,
    )
    notices.owe(
        followers_of(project.proposal) - members,
        kind="acceptance.opened",
        key=key,
        text=_("您关注的“%(title)s”完工了，正在验收。"),
        now=now,
        url=reverse("desk:proposal", args=[project.proposal.number]),
        title=project.title,
    )
