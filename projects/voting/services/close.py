"""The close: ballots = participations, or nothing happens; then copies without links, in random order.

Of paper, the sheets that were spoilt or not returned, as two people found, account for the difference.
"""

from __future__ import annotations

import random
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import jobs, locks, log
from portal.refusals import insist
from projects.rounds.models import Round
from projects.voting import keys
from projects.voting.models import Ballot, Channel, CountedBallot, CountedTracker, KioskPass, Slate, StartedBallot
from projects.voting.services.paper_check import forget_sheets, objection_to_account
from projects.voting.services.seal import seal


@transaction.atomic
def close_ballots(batch: Round, *, now: datetime) -> int:
    """Turn every open ballot of the round into a counted one without a link; answer how many.

    The round is held alone, so no ballot is on its way. A repeat finds the slates closed and changes nothing. The
    key is sealed once the transaction has been kept; two people have it destroyed (ceremony.py).
    """
    locks.hold_alone("round", batch.pk)
    closed = 0
    for slate in Slate.objects.select_for_update().filter(round=batch, closed_at=None):
        closed += _close(slate, now)
    StartedBallot.objects.filter(round=batch).delete()
    KioskPass.objects.filter(slate__round=batch).delete()
    transaction.on_commit(lambda: keys.seal_key(batch.pk))
    if closed:
        jobs.ask("voting.wipe_ballots", title=_("清理选票表"), now=now, key=f"wipe-ballots-{batch.pk}")
    return closed


def _close(slate: Slate, now: datetime) -> int:
    held = list(Ballot.objects.filter(slate=slate).values_list("choices", "channel", "tracker"))
    on_paper = sum(channel == Channel.PAPER for _choices, channel, _tracker in held)
    insist(objection_to_account(slate, online=len(held) - on_paper, on_paper=on_paper))
    forget_sheets(slate)
    if slate.roll_size:
        seal(slate, day=timezone.localdate(now), final=True)
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
