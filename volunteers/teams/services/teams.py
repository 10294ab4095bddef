"""Teams are founded and closed by the community."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from communities.accounts.models import User
from communities.divisions.models import Division
from portal import log, notices, publishing
from portal.refusals import Refusal, Refused, insist
from portal.refusals import gettext_noop as _
from volunteers.parties import parties_at
from volunteers.permissions import objection_to
from volunteers.teams.models import Team


@transaction.atomic
def found_team(
    *,
    community_id: int,
    by: User,
    name: str,
    kind: str,
    about: str,
    meets_at: str,
    social_worker: User | None = None,
    now: datetime,
) -> Team:
    """A new team; two living teams of a community never share a name. A pair names its social worker."""
    community = Division.objects.get(pk=community_id, level=Division.Level.COMMUNITY)
    today = timezone.localdate(now)
    insist(objection_to("teams.found_team", roles=parties_at(by, community, day=today)))
    for field, text in (("about", about), ("meets_at", meets_at), ("name", name)):
        insist(publishing.objection_to_publishing(text, field=field))
    if kind == Team.Kind.PAIR and social_worker is None:
        raise Refused(Refusal("no_social_worker", _("结对队伍要选一位社工。"), field="social_worker"))
    try:
        with transaction.atomic():
            made = Team.objects.create(
                name=name,
                kind=kind,
                community=community,
                about=about,
                meets_at=meets_at,
                social_worker=social_worker if kind == Team.Kind.PAIR else None,
                founded_by=by,
                founded_on=today,
            )
    except IntegrityError as taken:
        raise Refused(Refusal("name_taken", _("本社区已有同名的队伍，请换一个名称。"), field="name")) from taken
    log.record("teams.found_team", by=by, about=made, now=now, kind=kind)
    return made


@transaction.atomic
def close_team(*, team_id: int, by: User, reason: str, now: datetime) -> Team:
    """The team ends with a reason that its members are told. A repeat changes nothing."""
    team = Team.objects.select_for_update(of=("self",)).select_related("community").get(pk=team_id)
    today = timezone.localdate(now)
    insist(objection_to("teams.close_team", roles=parties_at(by, team.community, day=today)))
    if team.closed_on:
        return team
    people = list(team.memberships.filter(left_on=None).values_list("volunteer__person", flat=True))
    team.memberships.filter(left_on=None).update(left_on=today, leads=False)
    team.closed_on = today
    team.save(update_fields=["closed_on"])
    log.record("teams.close_team", by=by, about=team, now=now, reason=reason)
    notices.owe(
        people,
        kind="teams.closed",
        key=f"team-closed-{team.pk}",
        text=_("您所在的“%(team)s”已解散：%(reason)s"),
        url=reverse("teams:teams"),
        now=now,
        team=team.name,
        reason=reason,
    )
    return team
