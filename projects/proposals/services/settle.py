"""The only writer of `.standing`."""

from __future__ import annotations

from datetime import datetime

from portal.refusals import insist
from projects.proposals.models import Proposal
from projects.proposals.standings import Standing, objection_to_change


def settle(proposal: Proposal, *, to: Standing, now: datetime) -> None:
    """Let a proposal, locked by the caller, stand at `to`. Writes the standing and since when, nothing else.

    A repeat is refused like any change that the table of standings does not name.
    """
    insist(objection_to_change(proposal.standing, to))
    proposal.standing = Standing(to).value
    proposal.standing_since = now
    proposal.save(update_fields=["standing", "standing_since"])
