"""A round's life up to a stage, by the portal's own services, each at its own past moment."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from communities.accounts.models import User
from communities.divisions.models import Division
from portal import clock
from projects import engine
from projects.deliberation import services as deliberation
from projects.demo.people import Town
from projects.models import Proposal, Round
from projects.proposals import services as proposals
from projects.proposals.standings import Standing
from projects.rounds import services as rounds
from projects.rounds.queries import window_of
from projects.screening import services as screening
from projects.voting.models import RollEntry, Slate
from projects.voting.queries import candidates_of
from projects.voting.services import cast_ballot

ANSWERS = {
    "title": "title",
    "need": "need",
    "wish": "wish",
    "place": "place",
    "who": "beneficiaries",
    "count": "beneficiary_count",
    "category": "category",
}
REFUSED = "多数代表认为可以先由股份公司出钱办，公共资金留给更急的事。"


@dataclass
class Walk:
    """One round on its way. `wishes`: community name → what is proposed there; `amounts`: community name → yuan."""

    town: Town
    street: str
    title: str
    wishes: dict[str, list[dict[str, Any]]]
    amounts: dict[str, int]
    intro: str = ""
    rules: dict[str, Any] = field(default_factory=dict)
    chance: random.Random = field(default_factory=lambda: random.Random(7))  # noqa: S311

    def open(self, stage: str, *, days: int) -> Round:
        """Prepare and open the round so that `stage` began `days` days ago."""
        first = self._first_day(stage, days)
        officer = self.town.officers[self.street][0]
        self.round = self._prepare(officer, first, at=moment(first - timedelta(days=8), 10))
        with clock.pretend(moment(first, 8, 30)) as now:
            rounds.open_call(round_id=self.round.pk, by=officer, now=now)
        return self._fresh()

    def prepared(self, *, first_day: date) -> Round:
        """A round that is still being prepared."""
        officer = self.town.officers[self.street][0]
        return self._prepare(officer, first_day, at=moment(self.town.today - timedelta(days=2), 10))

    def _first_day(self, stage: str, days: int) -> date:
        guess = self.town.today - timedelta(days=150)
        for _again in range(3):
            with transaction.atomic():
                trial = self._prepare(self.town.officers[self.street][0], guess, at=moment(guess, 9))
                opens = timezone.localdate(window_of(trial, stage).opens_at)
                transaction.set_rollback(True)
            guess += self.town.today - timedelta(days=days) - opens
        return guess

    def _prepare(self, officer: User, first: date, *, at: datetime) -> Round:
        with clock.pretend(at) as now:
            made = rounds.prepare_round(
                by=officer,
                street_id=self.town.streets[self.street].pk,
                title=self.title,
                intro=self.intro,
                first_day=first,
                now=now,
            )
            amounts = {self._place(name).pk: yuan * 100 for name, yuan in self.amounts.items()}
            rounds.set_envelopes(round_id=made.pk, by=officer, amounts=amounts, now=now)
            if self.rules:
                rounds.set_rules(round_id=made.pk, by=officer, changes=self.rules, now=now)
        return Round.objects.get(pk=made.pk)

    def collect(self, *, until: datetime | None = None) -> None:
        """Residents lodge what they wrote, spread over the call up to `until`, and back each other."""
        window = window_of(self.round, "proposals")
        span = (min(until or window.closes_at, window.closes_at) - window.opens_at) * 0.9
        told = [(place, wish) for place, rows in self.wishes.items() for wish in rows]
        for number, (place, wish) in enumerate(told):
            at = window.opens_at + span * (number + 1) / (len(told) + 1)
            proposal = self._lodge(place, wish, at=daytime(at))
            self._back(proposal, place, after=daytime(at), until=until or window.closes_at)

    def _lodge(self, place: str, wish: dict[str, Any], *, at: datetime) -> Proposal:
        author = self.town.named[place, wish["by"]]
        answers = {field: wish[key] for key, field in ANSWERS.items()} | {"estimate": wish["cost"] * 100}
        with clock.pretend(at) as now:
            draft = proposals.start_draft(
                round_id=self.round.pk, community_id=self._place(place).pk, by=author, now=now
            )
            answers["place"] = answers["place"] or place
            proposals.save_answers(proposal_id=draft.pk, by=author, answers=answers, now=now)
            return proposals.lodge_proposal(proposal_id=draft.pk, by=author, now=now + timedelta(minutes=18))

    def _back(self, proposal: Proposal, place: str, *, after: datetime, until: datetime) -> None:
        neighbours = [each for each in self.town.residents[place] if each.pk != proposal.proposer_id]
        for who in self.chance.sample(neighbours, self.chance.randint(4, 31)):
            at = daytime(after + (until - after) * self.chance.random() * 0.6)
            with clock.pretend(at) as now:
                proposals.support_proposal(proposal_id=proposal.pk, by=who, now=now)

    def screen(self, *, leave: int = 0) -> None:
        """The community worker answers every proposal within days; `leave` of them still wait."""
        rows = list(self._standing(Standing.LODGED))
        for proposal in rows[: len(rows) - leave]:
            wish = self._wish(proposal)
            fate = wish.get("fate", {"outcome": "accepted"})
            at = daytime(proposal.lodged_at + timedelta(days=2, hours=3))
            opens = window_of(self.round, "screening").opens_at
            if self.round.stage == "screening":
                at = max(at, opens + timedelta(hours=10))
            worker = self.town.workers[proposal.community.name][0]
            with clock.pretend(at) as now:
                screening.record_finding(
                    proposal_id=proposal.pk,
                    by=worker,
                    outcome=fate["outcome"],
                    reason=fate.get("text", ""),
                    codes=[fate["code"]] if "code" in fate else [],
                    department=fate.get("to", ""),
                    content_class=wish["class"],
                    now=now,
                )

    def convene(self, place: str, *, on: datetime, called: datetime, standing: Standing = Standing.ACCEPTED) -> Any:
        """The community's council is called to all that waits."""
        worker = self.town.workers[place][0]
        waiting = [each.pk for each in self._standing(standing) if each.community.name == place]
        with clock.pretend(called) as now:
            return deliberation.convene_meeting(
                round_id=self.round.pk,
                community_id=self._place(place).pk,
                proposals=waiting,
                starts_at=on,
                place=f"{place}党群服务中心二楼会议室",
                by=worker,
                now=now,
            )

    def meet(self, place: str, *, on: datetime, called: datetime) -> None:
        """The council meets, votes item by item by show of hands, and the minutes are signed."""
        meeting = self.convene(place, on=on, called=called)
        clerk = self.town.workers[place][0]
        seats = list(meeting.council.seats.filter(until=None).select_related("person").order_by("pk"))
        away = {seat.person_id for seat in seats[-2:]}
        with clock.pretend(on) as now:
            states = {seat.person_id: "excused" if seat.person_id in away else "present" for seat in seats}
            deliberation.enter_roll(meeting_id=meeting.pk, states=states, by=clerk, now=now)
            chair = next(seat.person for seat in seats if seat.chairs)
            deliberation.open_meeting(meeting_id=meeting.pk, chair_id=chair.pk, by=clerk, now=now)
            for number, item in enumerate(meeting.items.select_related("proposal").order_by("position")):
                present = [seat.person for seat in seats if seat.person_id not in away]
                self._debate(item, present[1:3] if number == 0 else [], clerk, now=now + timedelta(minutes=5))
                self._vote(item, present, clerk, now=now + timedelta(minutes=12 * (number + 1)))
        with clock.pretend(on + timedelta(hours=3)) as now:
            deliberation.close_meeting(meeting_id=meeting.pk, by=clerk, now=now)
            deliberation.sign_minutes(meeting_id=meeting.pk, as_chair=False, by=clerk, now=now)
            deliberation.sign_minutes(meeting_id=meeting.pk, as_chair=True, by=chair, now=now)

    def _debate(self, item: Any, speakers: list[User], clerk: User, *, now: datetime) -> None:
        """The clerk enters who asks to speak, and calls them one after the other."""
        for who in speakers:
            turn = deliberation.ask_floor(item_id=item.pk, person_id=who.pk, by=clerk, now=now)
            deliberation.call_turn(turn_id=turn.pk, by=clerk, now=now)
            deliberation.end_turn(turn_id=turn.pk, by=clerk, now=now + timedelta(minutes=2))

    def _vote(self, item: Any, present: list[User], clerk: User, *, now: datetime) -> None:
        reason = self._wish(item.proposal).get("refused", "")
        aside = set(item.recusals.values_list("person", flat=True))
        voters = [who for who in present if who.pk not in aside]
        against = len(voters) * 3 // 4 if reason else self.chance.randint(0, 3)
        votes = {who.pk: "against" if place < against else "for" for place, who in enumerate(voters)}
        deliberation.open_vote(item_id=item.pk, by=clerk, now=now)
        deliberation.enter_hands(item_id=item.pk, votes=votes, by=clerk, now=now + timedelta(minutes=4))
        deliberation.close_vote(item_id=item.pk, reason=reason, by=clerk, now=now + timedelta(minutes=5))

    def vote(self, *, share: float, until: datetime) -> None:
        """A share of the roll votes; what is cheaper and helps more people is ticked more often."""
        opens = window_of(self.round, "voting").opens_at
        for slate in Slate.objects.filter(round=self.round).select_related("community"):
            candidates = candidates_of(slate)
            roll = list(RollEntry.objects.filter(slate=slate).select_related("person").order_by("pk"))
            for entry in self.chance.sample(roll, int(len(roll) * share)):
                at = daytime(opens + (until - opens) * self.chance.random())
                liked = [each for each in candidates if self.chance.random() < _appeal(each.proposal)]
                ticks = {each.pk: 1 for each in (liked or candidates[:1])[: self.round.rules["max_choices"]]}
                with clock.pretend(at):
                    cast_ballot(slate_id=slate.pk, by=entry.person, choices=ticks)

    def go_on(self, leaving: str) -> Round:
        """Leave a stage as soon as the next one begins, as the portal does by itself each minute."""
        closes = window_of(self.round, leaving).closes_at + timedelta(minutes=1)
        with clock.pretend(closes) as now:
            if not engine.advance(self.round, leaving=leaving, now=now):
                raise RuntimeError(f"{self.round} did not leave {leaving}")
        return self._fresh()

    def _standing(self, *standings: Standing) -> Iterable[Proposal]:
        rows = Proposal.objects.filter(round=self.round, standing__in=standings)
        return rows.select_related("community", "round").order_by("lodged_at", "pk")

    def _wish(self, proposal: Proposal) -> dict[str, Any]:
        return next(each for each in self.wishes[proposal.community.name] if each["title"] == proposal.title)

    def _place(self, name: str) -> Division:
        return self.town.communities[name]

    def _fresh(self) -> Round:
        self.round = Round.objects.get(pk=self.round.pk)
        return self.round


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    """An instant of a day in the portal's time zone."""
    return datetime.combine(day, time(hour, minute), timezone.get_default_timezone())


def daytime(at: datetime) -> datetime:
    """The same day between 8 in the morning and 10 at night: nobody writes proposals at four."""
    local = timezone.localtime(at)
    return local.replace(hour=8 + local.hour * 14 // 24, minute=local.minute)


def _appeal(proposal: Proposal) -> float:
    reach = min(1.0, (proposal.beneficiary_count or 100) / 2500)
    price = min(1.0, proposal.estimate / 300_000_00)
    return 0.3 + 0.3 * reach + 0.2 * (1 - price)
