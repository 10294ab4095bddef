"""The demo's council whose charter allows it: a member who is away tomorrow lets another vote in her stead."""

from __future__ import annotations

from datetime import datetime, timedelta

from communities.councils.models import Council
from portal import clock
from projects.deliberation import services
from projects.deliberation.models import Meeting

MOST = 1


def allowed(place: str) -> None:
    """The charter lets a member hold one authorisation; those who are represented do not count for the quorum."""
    Council.objects.filter(community__name=place).update(mandates_most=MOST)


def given(meeting: Meeting, *, now: datetime) -> None:
    """The last seat but one asks the second, from her own phone."""
    people = [seat.person for seat in meeting.council.seats.filter(until=None).select_related("person").order_by("pk")]
    giver, holder = people[-2], people[1]
    with clock.pretend(now - timedelta(hours=5)) as then:
        services.give_mandate(
            meeting_id=meeting.pk, person_id=giver.pk, holder_id=holder.pk, paper_ref="", by=giver, now=then
        )
