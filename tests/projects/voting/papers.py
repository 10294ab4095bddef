"""A poll with a paper channel for tests: twenty residents, three candidates, two workers, a street officer."""

from __future__ import annotations

from dataclasses import dataclass, field

from projects.models import PaperBatch, PaperSheet, RollEntry
from projects.proposals.standings import Standing
from projects.voting import keys, queries, services
from projects.voting.services import freeze_slates
from tests import factories as f


@dataclass
class PaperPoll:
    home: object
    slate: object
    voters: list
    first: object
    second: object
    officer: object
    numbers: list[int] = field(default_factory=list)

    @property
    def entries(self) -> list[int]:
        return list(RollEntry.objects.filter(slate=self.slate).order_by("pk").values_list("pk", flat=True))

    def serials(self, batch: PaperBatch) -> list[str]:
        return list(PaperSheet.objects.filter(batch=batch).order_by("pk").values_list("serial", flat=True))

    def printed(self, count: int = 20) -> PaperBatch:
        return services.print_sheets(slate_id=self.slate.pk, count=count, by=self.first, now=f.NOON)

    def handed(self, people: int, count: int = 20) -> PaperBatch:
        batch = self.printed(count)
        for entry in self.entries[:people]:
            services.hand_out_paper(entry_id=entry, by=self.first, now=f.NOON)
        batch.refresh_from_db()
        return batch

    def sealed(self, people: int, returned: int | None = None, count: int = 20, why: str = "") -> PaperBatch:
        batch = self.handed(people, count)
        came = people if returned is None else returned
        return self.seal(batch, count - people, came, why)

    def seal(self, batch: PaperBatch, left: int, came: int, why: str = "") -> PaperBatch:
        return services.seal_batch(
            batch_id=batch.pk, left_over=left, returned=came, why_missing=why, by=self.first, now=f.NOON
        )

    def key(self, batch: PaperBatch, serial: str, by, places=(1,), spoilt: str = ""):
        choices = {self.numbers[place - 1]: 1 for place in places}
        return services.key_sheet(batch_id=batch.pk, serial=serial, choices=choices, spoilt=spoilt, by=by, now=f.NOON)


def paper_poll(people: int = 20, **rules) -> PaperPoll:
    home = f.community()
    officer = f.street_officer(home.parent)
    batch = f.round_at("voting", home, officer=officer, **rules)
    voters = [f.resident(home, f"居民{number}") for number in range(people)]
    for title in ("坡道", "路灯", "充电棚"):
        f.proposal(batch, voters[0], standing=Standing.SHORTLISTED, title=title)
    [slate] = freeze_slates(batch, with_roll=True, now=f.NOON)
    keys.make_key(batch.pk)
    services.lay_slots(batch)
    poll = PaperPoll(home, slate, voters, f.worker(home, "陈晓敏"), f.worker(home, "林建平"), officer)
    poll.numbers = [each.pk for each in queries.candidates_on_paper(slate)]
    return poll
