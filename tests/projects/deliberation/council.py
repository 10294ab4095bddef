"""A council at work, for tests: called, opened, voted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from communities.accounts.models import User
from communities.councils.models import Council
from communities.divisions.models import Division
from projects.deliberation import services
from projects.deliberation.models import Meeting
from projects.models import Proposal, Round
from projects.proposals.standings import Standing
from tests import factories
from tests.factories import NOON

DAY = NOON + timedelta(days=4)


@dataclass
class World:
    home: Division
    council: Council
    batch: Round
    worker: User
    members: list[User]
    proposals: list[Proposal]

    @property
    def chair(self) -> User:
        return self.members[0]

    def call(self, *proposals: Proposal, at: datetime = DAY) -> Meeting:
        return services.convene_meeting(
            round_id=self.batch.pk,
            community_id=self.home.pk,
            proposals=[each.pk for each in proposals or self.proposals],
            starts_at=at,
            place="社区会议室",
            by=self.worker,
            now=NOON,
        )

    def roll(self, meeting: Meeting, present: int = 99) -> None:
        states = {each.pk: "present" if place < present else "absent" for place, each in enumerate(self.members)}
        services.enter_roll(meeting_id=meeting.pk, states=states, by=self.worker, now=DAY)

    def opened(self, *proposals: Proposal, present: int = 99) -> Meeting:
        meeting = self.call(*proposals)
        self.roll(meeting, present)
        return services.open_meeting(meeting_id=meeting.pk, chair_id=self.chair.pk, by=self.worker, now=DAY)

    def resolve(self, item, in_favour: int, reason: str = "", present: int = 99):
        """Put an item to the vote, `in_favour` members for it and the others against."""
        services.open_vote(item_id=item.pk, by=self.worker, now=DAY)
        stood_aside = set(item.recusals.values_list("person_id", flat=True))
        people = [each.pk for each in self.members[:present] if each.pk not in stood_aside]
        votes = {each: "for" if place < in_favour else "against" for place, each in enumerate(people)}
        services.enter_hands(item_id=item.pk, votes=votes, by=self.worker, now=DAY)
        return services.close_vote(item_id=item.pk, reason=reason, by=self.worker, now=DAY)

    def finished(self, meeting: Meeting) -> Meeting:
        services.close_meeting(meeting_id=meeting.pk, by=self.worker, now=DAY)
        services.sign_minutes(meeting_id=meeting.pk, as_chair=True, by=self.chair, now=DAY)
        return services.sign_minutes(meeting_id=meeting.pk, as_chair=False, by=self.worker, now=DAY)


def world(seats: int = 5, proposals: int = 1, stage: str = "deliberation", **rules: object) -> World:
    home = factories.community()
    council = factories.council(home, seats)
    batch = factories.round_at(stage, home, **rules)
    author = factories.resident(home, "李秀兰")
    rows = [
        factories.proposal(batch, author, standing=Standing.ACCEPTED, title=f"加装坡道{place + 1}")
        for place in range(proposals)
    ]
    members = [seat.person for seat in council.seats.order_by("pk")]
    return World(home, council, batch, factories.worker(home), members, rows)
