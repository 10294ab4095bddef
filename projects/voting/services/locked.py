"""The slate as every write of an open poll needs it: under the round's shared lock, and the round as it stands now."""

from __future__ import annotations

from portal import locks
from portal.refusals import insist
from projects.rounds.rules import objection_to_cancelled
from projects.voting.models import Slate


def slate_locked(slate_id: int) -> Slate:
    """Voters and clerks never wait for one another, only for who closes the poll. Refused when the round was cancelled."""
    slate = Slate.objects.select_related("round", "community").get(pk=slate_id)
    locks.hold_shared("round", slate.round_id)
    slate.round.refresh_from_db(fields=["stage", "stage_since", "cancelled_at"])
    insist(objection_to_cancelled(cancelled=slate.round.cancelled_at is not None))
    return slate
