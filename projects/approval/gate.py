"""What keeps a round with the street: items undecided, second signatures, and returned money nobody spoke for."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from communities.roles.queries import holders
from communities.roles.rules import Role
from portal import notices
from portal.refusals import gettext_noop as _
from projects.approval import queries
from projects.approval.models import ApprovalDecision
from projects.items import Hold
from projects.permissions import TITLES, Party
from projects.rounds.models import Round


def holding(subject: Round, *, now: datetime) -> list[Hold]:
    street, url = TITLES[Party.STREET], reverse("approval:round", args=[subject.number])
    chosen = queries.undecided_of(subject).count()
    waiting = ApprovalDecision.objects.filter(round=subject, needs_second=True, second=None).count()
    found = [
        Hold("undecided", _("%(count)s 个项目还没有审批"), chosen - waiting, who=street, url=url),
        Hold("second", _("%(count)s 个项目等复核签字"), waiting, who=street, url=url),
    ]
    declined = queries.unanswered_declined(subject) if subject.rules["refill"] else []
    if declined and queries.next_in_line(subject, declined):
        found.append(
            Hold("refill", _("%(count)s 个项目退回的资金，还没有决定是否递补"), len(declined), who=street, url=url)
        )
    return [hold for hold in found if hold.count]


def enter(subject: Round, *, now: datetime) -> None:
    """Tell the street's officers what waits and until when."""
    count = queries.undecided_of(subject).count()
    if not count:
        return
    notices.owe(
        holders(Role.STREET_OFFICER, subject.street, queries.local_day(now)),
        kind="approval.waiting",
        key=f"approval-{subject.pk}-{now:%Y%m%d%H%M%S}",
        text=_("%(title)s有 %(count)s 个项目待审批，请在%(day)s前办理。"),
        now=now,
        url=reverse("approval:round", args=[subject.number]),
        title=subject.title,
        count=count,
        day=queries.due_of(subject).on,
    )
