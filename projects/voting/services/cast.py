"""Casting a ballot: one transaction, under the shared lock of the round, so that voters never queue.

The ballot goes into the slot that was laid out for this voter before voting opened (services/slots.py)."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction
from django.utils import timezone

from communities.accounts.models import User
from communities.proxies.rules import SECRET_BALLOT
from portal import clock, log
from portal.refusals import Refusal, insist
from projects import permissions
from projects.voting import ballots, keys, paper, queries, rules
from projects.voting.models import Ballot, Candidate, Channel, Participation, RollEntry, Slate, StartedBallot
from projects.voting.models.ballot import FILLER
from projects.voting.services.locked import slate_locked

FILL = """
INSERT INTO projects_ballot (id, slate_id, link, tracker, choices, channel, revision, filler)
VALUES (gen_random_uuid(), %s, %s, %s, %s, %s, 1, %s)
ON CONFLICT (link) DO UPDATE
   SET choices = EXCLUDED.choices, channel = EXCLUDED.channel, revision = projects_ballot.revision + 1
 WHERE (projects_ballot.choices, projects_ballot.channel) IS DISTINCT FROM (EXCLUDED.choices, EXCLUDED.channel)
RETURNING tracker, revision
"""
ENTER = """
INSERT INTO projects_participation (id, round_id, slate_id, person_id, channel, day, centre_id)
VALUES (gen_random_uuid(), %s, %s, %s, %s, %s, %s)
ON CONFLICT (round_id, person_id) DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the voter keeps: a tracker that says nothing of the choice and stays the same after a change."""

    tracker: str
    revision: int


@transaction.atomic
def cast_ballot(
    *, slate_id: int, by: User, choices: Mapping[int, int], centre: int | None = None, now: datetime | None = None
) -> Receipt:
    """Cast or change a ballot; an empty one withdraws. The last one before the close counts.

    choices: candidate id → points. centre: where the device stands on which she votes; kept with her first vote.
    `now` is the database's time unless a test or the demo's history says otherwise. The same ballot twice is the same
    receipt and changes nothing (B5). Nothing of it reaches the log. Refused with the reason when the round was cancelled,
    the poll is not open, the person is not on the roll or took a paper ballot, somebody acts by proxy, or the ballot is
    over a limit.
    """
    insist(SECRET_BALLOT if log.origin.get().proxy else None)
    slate = slate_locked(slate_id)
    now = now or clock.database_now()
    insist(_objection(slate, by, now))
    costs = dict(Candidate.objects.filter(slate=slate).values_list("pk", "cost"))
    insist(
        ballots.fault_in(
            slate.round.rules["ballot"], choices, costs=costs, budget=slate.budget, rules=slate.round.rules
        )
    )
    return _write(slate, by, choices, day=timezone.localdate(now), centre=centre)


def _objection(slate: Slate, by: User, now: datetime) -> Refusal | None:
    window = queries.window_of(slate.round)
    if slate.round.stage == "tally" or slate.closed_at:
        return rules.objection_to_time(window.closes_at, window.opens_at, window.closes_at)
    if not RollEntry.objects.filter(slate=slate, person=by).exists():
        return queries.why_not_vote(slate, by)
    return permissions.objection_to(
        "voting.cast_ballot", roles={permissions.Party.RESIDENT}, stage=slate.round.stage
    ) or rules.objection_to_time(now, window.opens_at, window.closes_at)


def _write(slate: Slate, by: User, choices: Mapping[int, int], *, day: date, centre: int | None) -> Receipt:
    channel = Channel.KIOSK if centre else Channel.ONLINE
    _enter(slate, by, channel=channel, day=day, centre=centre)
    link = keys.link_of(slate.round_id, by.pk)
    tracker = rules.tracker_from(secrets.randbelow(31**15))
    text = _canonical(choices)
    with connection.cursor() as cursor:
        cursor.execute(FILL, [slate.pk, link, tracker, text, Channel.ONLINE, FILLER])
        filled = cursor.fetchone()  # nothing when the same ballot lay there already
    StartedBallot.objects.filter(round_id=slate.round_id, person=by).delete()
    return Receipt(*(filled or Ballot.objects.values_list("tracker", "revision").get(link=link)))


def _enter(slate: Slate, by: User, *, channel: Channel, day: date, centre: int | None) -> None:
    """The register's row of this person, hers alone until the commit; whoever was first in it stays. Paper is final."""
    with connection.cursor() as cursor:
        cursor.execute(ENTER, [slate.round_id, slate.pk, by.pk, channel, day, centre])
        if cursor.rowcount:
            return
    row = Participation.objects.select_for_update().only("channel").get(round_id=slate.round_id, person=by)
    if row.channel == Channel.PAPER:
        insist(paper.IS_FINAL)


def _canonical(choices: Mapping[int, int]) -> str:
    return "{" + ",".join(f'"{key}":{int(choices[key])}' for key in sorted(choices)) + "}"
