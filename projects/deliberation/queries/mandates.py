"""Reads of the written authorisations: what the charter allowed, who votes for whom, who may be asked."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from communities.accounts.models import User
from communities.councils.queries import seats_on
from projects.deliberation.models import Mandate, Meeting, MemberVote


@dataclass(frozen=True, slots=True)
class Charter:
    """What the charter said of authorisations when the meeting was called."""

    most: int
    in_quorum: bool


def charter_of(meeting: Meeting) -> Charter:
    """A meeting that was called before the charter could allow any has none."""
    most, in_quorum = meeting.marks.get("mandates", (0, False))
    return Charter(most, bool(most and in_quorum))


def is_settled(meeting: Meeting) -> bool:
    """The meeting has opened, ended or was put off: who votes for whom stands as it is."""
    return bool(meeting.opened_at or meeting.closed_at or meeting.adjourned_at)


def mandates_of(meeting: Meeting) -> QuerySet[Mandate]:
    """Those that stand, in the order in which they were given; there are never more than seats."""
    return meeting.mandates.filter(revoked_at=None).select_related("person", "holder", "entered_by", "meeting")


def holders_in(meeting: Meeting) -> dict[int, int]:
    """{person: holder} of the authorisations that stand."""
    return dict(mandates_of(meeting).values_list("person_id", "holder_id"))


def members_on_the_day(meeting: Meeting) -> list[User]:
    """Who holds a seat on the day of the meeting."""
    return [seat.person for seat in seats_on(meeting.council, timezone.localdate(meeting.starts_at))]


def fellows_of(person: User, meeting: Meeting) -> list[User] | None:
    """The other members on the day of the meeting; None for somebody who holds no seat then."""
    people = members_on_the_day(meeting)
    return [each for each in people if each != person] if person in people else None


def mandate_between(meeting: Meeting, person: User) -> Mandate | None:
    """The one that the person gave for this meeting."""
    return mandates_of(meeting).filter(person=person).first()


def carried_by(meeting: Meeting, person: User) -> list[User]:
    """The members whose votes the person casts at the meeting, by the roll."""
    rows = meeting.attendances.filter(holder=person).select_related("person").order_by("person_id")
    return [each.person for each in rows]


def carried_votes(meeting: Meeting, person: User) -> set[tuple[int, int]]:
    """(item, member) of the votes that the person has cast for others."""
    rows = MemberVote.objects.filter(item__meeting=meeting, holder=person)
    return set(rows.values_list("item_id", "person_id"))
