"""Slots: the whole roll's empty ballots, laid out before the first vote, so that order and ids tell nothing.

Each slot lies under its link on a page of its own. Links are random to everyone without the key, so the order of the
slots is random too; filling one later changes neither its place nor its tracker. See docs/decisions/secrecy.md.
"""

from __future__ import annotations

import secrets

from django.db import connection, transaction

from portal import locks
from projects.rounds.models import Round
from projects.voting import keys, rules
from projects.voting.models import Ballot, RollEntry, Slate

BLEND = """
UPDATE projects_ballot SET filler = filler
 WHERE slate_id IN (SELECT id FROM projects_slate WHERE round_id = %s AND closed_at IS NULL)
"""
SHUFFLE = """
WITH taken AS (
    DELETE FROM projects_participation
     WHERE slate_id IN (SELECT id FROM projects_slate WHERE round_id = %s AND closed_at IS NULL)
    RETURNING *
)
INSERT INTO projects_participation (id, round_id, slate_id, person_id, channel, day, centre_id)
SELECT gen_random_uuid(), round_id, slate_id, person_id, channel, day, centre_id FROM taken ORDER BY gen_random_uuid()
"""


@transaction.atomic
def lay_slots(batch: Round) -> int:
    """One empty slot for everyone on the round's roll, in the order of their links. The round's key must exist.

    The caller holds the round alone. A repeat lays what is missing.
    """
    laid = 0
    for slate in Slate.objects.filter(round=batch, closed_at=None):
        held = {bytes(link) for link in Ballot.slots.filter(slate=slate).values_list("link", flat=True)}
        people = RollEntry.objects.filter(slate=slate).values_list("person", flat=True)
        links = sorted(set(keys.links_of(batch.pk, people)) - held)
        rows = [Ballot(slate=slate, link=link, tracker=rules.tracker_from(secrets.randbelow(31**15))) for link in links]
        laid += len(Ballot.slots.bulk_create(rows, batch_size=5000))
    return laid


@transaction.atomic
def blend(batch: Round) -> None:
    """Write every slot and every participation of an open poll anew in one transaction, the latter in random order.

    Afterwards all rows of both tables carry the same transaction number, filled slots like empty ones. Runs before a
    night's backup; voters wait for it, about a second for a hundred thousand people.
    """
    locks.hold_alone("round", batch.pk)
    with connection.cursor() as cursor:
        cursor.execute(BLEND, [batch.pk])
        cursor.execute(SHUFFLE, [batch.pk])  # two fixed statements


def blend_all() -> int:
    """Every open poll, one after the other; answer how many."""
    rounds = list(Round.objects.filter(stage="voting", cancelled_at=None))
    for batch in rounds:
        blend(batch)
    return len(rounds)
