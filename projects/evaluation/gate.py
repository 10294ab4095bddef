"""When rating opens, and why a project is not closed yet."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from communities.residents.queries import proved_residents
from portal import notices
from portal.refusals import gettext_noop as _
from portal.workdays import CALENDAR_DAYS, Calendar, deadline_after
from projects.evaluation import queries
from projects.evaluation.models import RatingWindow
from projects.funding.models import BalanceRuling, Project, Settlement
from projects.funding.queries import rules_of
from projects.items import Hold
from projects.permissions import TITLES, Party


def holding(project: Project, *, now: datetime) -> list[Hold]:
    """The window, the proposer's score or recorded absence, the published result, the settlement."""
    url = reverse("evaluation:project", args=[project.proposal.number])
    window, held = queries.window_of(project), []
    if window is None or timezone.localdate(now) <= window.closes_on:
        held.append(
            Hold(
                "window_open",
                _("评价还没有截止"),
                who=TITLES[Party.RESIDENT],
                url=url,
                since=window and window.closes_on,
            )
        )
    if not queries.proposer_heard(project):
        held.append(Hold("proposer_missing", _("点菜人还没有评价"), who=TITLES[Party.PROPOSER], url=url))
    if not BalanceRuling.objects.filter(project=project).exists():
        held.append(Hold("not_concluded", _("评价结果还没有公布"), who=TITLES[Party.WORKER], url=url))
    if not Settlement.objects.filter(project=project).exists():
        money = reverse("funding:project", args=[project.proposal.number])
        held.append(Hold("not_settled", _("项目还没有结算"), who=TITLES[Party.STREET], url=money))
    return held


def enter(project: Project, *, now: datetime) -> None:
    """Open the window, keep the number of residents who may answer, ask the proposer and the supporters."""
    days = rules_of(project)["evaluation_days"]
    closes_on = deadline_after(timezone.localdate(now), days, CALENDAR_DAYS, Calendar()).on
    RatingWindow.objects.get_or_create(
        project=project,
        defaults={
            "opened_at": now,
            "closes_on": closes_on,
            "residents": proved_residents(project.community).count(),
        },
    )
    notices.owe(
        queries.asked_people(project),
        kind="evaluation.opened",
        key=f"project-{project.pk}-evaluation",
        text=_("“%(title)s”已验收，请您评一评，%(day)s 截止。"),
        now=now,
        url=reverse("evaluation:rate", args=[project.proposal.number]),
        title=project.title,
        day=closes_on,
    )
