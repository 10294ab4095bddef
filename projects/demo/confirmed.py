"""龙城街道: residents have voted, so many that every ballot is published; the council confirms tomorrow evening."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from communities.accounts.models import User
from communities.accounts.phones import index_of, seal
from communities.residents.models import Residency
from projects.demo import content
from projects.demo.people import Town
from projects.demo.walk import Walk, moment
from projects.proposals.standings import Standing
from projects.rounds.queries import window_of
from projects.rounds.rules import CONFIRM

PLACE, STREET, TITLE = "爱联社区", "龙城街道", "爱联社区第二批民生微实事"
NEIGHBOURS, SHARE = 170, 0.8  # with the 96 of every community: more than the 200 ballots that may be published one by one
FIRST_PHONE = 13890000000
RULES = {"combine": CONFIRM, "max_choices": 4, "advised_choices": 3}


def confirmed(town: Town, today: date, now: datetime) -> None:
    """龙城街道：居民投完了票，等议事会确认"""
    move_in(town, today)
    authors = town.residents[PLACE][30:]
    wishes = [{**wish, "by": who.name} for wish, who in zip(content.wishes("confirming")[PLACE], authors, strict=False)]
    town.named.update({(PLACE, who.name): who for who in authors[: len(wishes)]})
    walk = Walk(town, STREET, TITLE, {PLACE: wishes}, {PLACE: 320_000}, rules=RULES)
    walk.open("tally", days=5)
    walk.collect()
    walk.go_on("proposals")
    walk.screen()
    walk.go_on("screening")
    walk.vote(share=SHARE, until=window_of(walk.round, "voting").closes_at)
    walk.go_on("voting")
    tomorrow = moment(today + timedelta(days=1), 19, 30)
    walk.convene(PLACE, on=tomorrow, called=now - timedelta(days=3, hours=1), standing=Standing.ELECTED)


def move_in(town: Town, today: date) -> None:
    """More people on the roll of one community; they have phones and homes, and no part in anything else."""
    place, first = town.communities[PLACE], town.residents[PLACE][0]
    made = []
    for number in range(NEIGHBOURS):
        phone = str(FIRST_PHONE + 3 * number)
        name = town.residents[PLACE][-1 - number % 60].name[0] + town.residents[PLACE][-1 - number % 47].name[1:]
        made.append(
            User(name=name, phone_cipher=seal(phone), phone_index=index_of(phone), date_joined=first.date_joined, adult=True)
        )
        made[-1].set_unusable_password()
    User.objects.bulk_create(made)
    since = [today - timedelta(days=600 + 29 * number % 4000) for number in range(NEIGHBOURS)]
    proved = {"proof": Residency.Proof.VOUCHED, "proved_at": first.date_joined, "proved_by": town.workers[PLACE][0]}
    Residency.objects.bulk_create(
        [Residency(person=who, community=place, since=day, **proved) for who, day in zip(made, since, strict=True)]
    )
