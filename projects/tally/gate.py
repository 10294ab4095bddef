"""The count runs as soon as the stage is entered. Where the council confirms what residents chose, it meets here."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from communities.divisions.models import Division
from communities.roles.queries import holders
from communities.roles.rules import Role
from portal import notices
from portal.refusals import gettext_noop as _
from projects.deliberation.gate import meeting_holds
from projects.deliberation.services import carry_over
from projects.items import Hold
from projects.permissions import TITLES, Party
from projects.proposals.models import Proposal
from projects.proposals.standings import Standing
from projects.rounds.models import Round
from projects.rounds.rules import CONFIRM
from projects.tally import queries
from projects.tally.services import count_round
from projects.voting.models import Slate
from projects.voting.services import close_ballots, freeze_slates


def holding(subject: Round, *, now: datetime) -> list[Hold]:
    uncounted = Slate.objects.filter(round=subject, tallies=None).count()
    found = [Hold("uncounted", _("%(count)s 个社区还没有计票"), count=uncounted)] if uncounted else []
    return found + (confirmation_holds(subject) if subject.rules.get("combine") == CONFIRM else [])


def confirmation_holds(subject: Round) -> list[Hold]:
    """Chosen projects that the council has not confirmed, refused ones still in the result, meetings, minutes."""
    waiting = Proposal.objects.filter(round=subject, standing=Standing.ELECTED).count()
    worker, url = TITLES[Party.WORKER], reverse("deliberation:desk")
    found = [
        Hold("unconfirmed", _("%(count)s 个得票入选的项目等议事会确认"), waiting, who=worker, url=url),
        Hold("recount", _("%(count)s 个项目议事会没有确认，系统马上重新计票"), queries.refused_in_force(subject)),
    ]
    return [hold for hold in found if hold.count] + meeting_holds(subject)


def enter(subject: Round, *, now: datetime) -> None:
    """Close the ballots and count, or count again without what was struck; a council-only round gets its slate here."""
    carry_over(subject, now=now)
    freeze_slates(subject, with_roll=False, now=now)
    close_ballots(subject, now=now)
    count_round(subject, now=now)
    _tell_workers(subject, now=now)


def _tell_workers(subject: Round, *, now: datetime) -> None:
    """Workers of the communities whose chosen projects wait for the council."""
    rows = Proposal.objects.filter(round=subject, standing=Standing.ELECTED)
    for community in Division.objects.filter(pk__in=rows.values("community")):
        notices.owe(
            holders(Role.COMMUNITY_WORKER, community, timezone.localdate(now)),
            kind="tally.confirm",
            key=f"confirm-{subject.pk}-{community.pk}-{now:%Y%m%d}",
            text=_("%(community)s的投票已经计完，得票入选的项目等议事会确认，请召集议事会。"),
            now=now,
            url=reverse("deliberation:convene", args=[subject.number, community.code]),
            community=community.name,
        )
