"""What keeps a round with the council, and who is told when it comes there."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Count, Q
from django.urls import reverse

from communities.divisions.models import Division
from communities.roles.queries import holders
from communities.roles.rules import Role
from portal import notices
from portal.refusals import gettext_noop as _
from projects.deliberation import queries
from projects.items import Hold
from projects.permissions import TITLES, Party
from projects.proposals.models import Proposal
from projects.proposals.standings import Standing
from projects.rounds.models import Round


def holding(subject: Round, *, now: datetime) -> list[Hold]:
    """Accepted items without a result, corrections not yet screened, meetings not finished, minutes not signed.

    What was deferred without another meeting, or returned and not corrected, holds nobody: it is carried over.
    """
    counted = Proposal.objects.filter(round=subject).aggregate(
        accepted=Count("pk", filter=Q(standing=Standing.ACCEPTED)),
        lodged=Count("pk", filter=Q(standing=Standing.LODGED)),
    )
    url = reverse("deliberation:desk")
    worker = TITLES[Party.WORKER]
    found = [
        Hold("undecided", _("%(count)s 项提案还没有评议结果"), counted["accepted"], who=worker, url=url),
        Hold("unscreened", _("%(count)s 项补正后的提案未初审"), counted["lodged"], who=worker),
    ]
    return [hold for hold in found if hold.count] + meeting_holds(subject)


def meeting_holds(subject: Round) -> list[Hold]:
    """Meetings not finished, minutes not signed: in whichever stage the council meets."""
    met = queries.unfinished_in(subject)
    url = reverse("deliberation:desk")
    worker, chair = TITLES[Party.WORKER], TITLES[Party.COUNCIL]
    found = [
        Hold("meetings", _("%(count)s 次议事会会议还没有结束"), met["live"], who=worker, url=url),
        Hold("unsigned", _("%(count)s 份会议纪要还没有签字"), met["unsigned"], who=f"{worker}、{chair}", url=url),
    ]
    return [hold for hold in found if hold.count]


def enter(subject: Round, *, now: datetime) -> None:
    """Tell workers to call the council and members what waits for them, community by community."""
    day = queries.local_day(now)
    waiting = Proposal.objects.filter(round=subject, standing__in=queries.WAITING).values_list("community")
    for community_id, count in waiting.annotate(n=Count("pk")).order_by("community"):
        community = Division.objects.get(pk=community_id)
        _tell(subject, community, count, day=day, now=now)


def _tell(subject: Round, community: Division, count: int, *, day: date, now: datetime) -> None:
    council = queries.council_of(community)
    members = {seat.person_id for seat in queries.seats_on(council, day)} if council else set()
    notices.owe(
        members,
        kind="deliberation.waiting",
        key=f"council-{subject.pk}-{community.pk}",
        text=_("%(community)s有 %(count)s 项提案等议事会评议，开会时间会另行通知。"),
        now=now,
        url=reverse("deliberation:meetings", args=[community.code]),
        community=community.name,
        count=count,
    )
    notices.owe(
        holders(Role.COMMUNITY_WORKER, community, day),
        kind="deliberation.convene",
        key=f"convene-{subject.pk}-{community.pk}",
        text=_("%(community)s有 %(count)s 项提案通过初审，请召集议事会。"),
        now=now,
        url=reverse("deliberation:convene", args=[subject.number, community.code]),
        community=community.name,
        count=count,
    )
