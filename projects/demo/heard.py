"""The demo's public hearing: announced, more people ask for a place than there are."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from communities.divisions.models import Division
from communities.residents.queries import proved_residents
from portal import clock
from projects.deliberation import services
from projects.demo.walk import Walk, moment
from projects.models import Proposal
from projects.proposals.standings import Standing


def announced(walk: Walk, place: str, *, now: datetime) -> None:
    """Five places, nine people; two of them want to speak. One came to the workstation, one called."""
    home = Division.objects.get(name=place)
    today = timezone.localdate(now)
    proposal = Proposal.objects.filter(round=walk.round, community=home, standing=Standing.ACCEPTED).order_by("pk").first()
    with clock.pretend(now - timedelta(hours=3)) as then:
        hearing = services.call_hearing(
            proposal_id=proposal.pk,
            subject="建在哪一侧、施工时怎样出入、建好以后谁来管，请附近居民当面说一说。",
            starts_at=moment(today + timedelta(days=5), 19, 30),
            place=f"{place}党群服务中心一楼活动室",
            places=5,
            register_until=today + timedelta(days=4),
            by=walk.town.workers[place][0],
            now=then,
        )
    for number, person in enumerate(proved_residents(home).order_by("pk")[:7]):
        at = now - timedelta(minutes=120 - number)
        services.ask_place(hearing_id=hearing.pk, speaks=number in (0, 3), by=person, now=at)
    for number, (name, speaks) in enumerate((("何桂芳", False), ("江志文（9栋）", False))):
        services.register_place(
            hearing_id=hearing.pk,
            name=name,
            person_id=None,
            speaks=speaks,
            by=walk.town.workers[place][0],
            now=now - timedelta(minutes=60 - number),
        )
