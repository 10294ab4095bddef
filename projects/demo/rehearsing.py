"""The demo's rehearsal of a vote that has not opened yet."""

from __future__ import annotations

from datetime import datetime, timedelta

from portal import clock
from projects.demo.walk import Walk
from projects.rehearsal import services
from projects.rounds.models import Envelope


def tried(walk: Walk, place: str, *, now: datetime) -> None:
    """The street tried the vote out with eight test people; two of them have not come yet."""
    officer = walk.town.officers[walk.street][0]
    envelope = Envelope.objects.get(round=walk.round, community__name=place)
    with clock.pretend(now - timedelta(hours=26)) as then:
        held = services.start_rehearsal(envelope_id=envelope.pk, people=8, by=officer, now=then)
        cheapest = [each.pk for each in held.projects.order_by("cost")[:3]]
        for person in held.people.all()[:6]:
            services.try_ballot(person_id=person.pk, choices=dict.fromkeys(cheapest[: 1 + person.place % 3], 1))
