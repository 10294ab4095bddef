"""The close: ballots = participations or nothing happens; then copies without links, in random order."""

from __future__ import annotations

import random
from datetime import datetime

from django.db import transaction

from portal import locks, log
from portal.refusals import Refusal, insist
from portal.refusals import gettext_noop as _
from projects.rounds.models import Round
from projects.voting import keys
from projects.voting.models import Ballot, CountedBallot, CountedTracker, Participation, Slate


@transaction.atomic
def close_ballots(batch: Round, *, now: datetime) -> int:
    """Turn every open ballot of the round into a counted one without a link; answer how many.

    The round is held alone, so no ballot is on its way. A repeat finds the slates closed and changes nothing. The
    key is destroyed once the transaction has been kept.
    """
    locks.hold_alone("round", batch.pk)
    closed = 0
    for slate in Slate.objects.select_for_update().filter(round=batch, closed_at=None):
        closed += _close(slate, now)
    transaction.on_commit(_destroy(batch.pk))
    return closed


def _close(slate: Slate, now: datetime) -> int:
    held = list(Ballot.objects.filter(slate=slate).values_list("choices", "channel", "tracker"))
    took_part = Participation.objects.filter(slate=slate).count()
    if len(held) != took_part:
        insist(
            Refusal(
                "ballots_do_not_match",
                _("选票 %(ballots)s 张，参与登记 %(people)s 人，两个数不一致，不能计票。请立即联系系统管理员。"),
                {"ballots": len(held), "people": took_part},
            )
        )
    random.SystemRandom().shuffle(held)
    CountedBallot.objects.bulk_create(
        [CountedBallot(slate=slate, choices=choices, channel=channel) for choices, channel, _tracker in held],
        batch_size=5000,
    )
    CountedTracker.objects.bulk_create(
        [CountedTracker(slate=slate, tracker=tracker) for tracker in sorted(tracker for *_rest, tracker in held)],
        batch_size=5000,
    )
    Ballot.slots.filter(slate=slate).delete()
    slate.closed_at = now
    slate.save(update_fields=["closed_at"])
    log.record("voting.close_ballots", by=None, about=slate, now=now, ballots=len(held), roll=slate.roll_size)
    return len(held)


def _destroy(round_number: int):
    def after_commit() -> None:
        keys.destroy_key(round_number)

    return after_commit
