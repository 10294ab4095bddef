"""What the council's stage leaves undecided goes to the next batch, publicly."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from portal import log, notices
from portal.refusals import gettext_noop as _
from projects.deliberation.models import CarryOver
from projects.proposals.models import Proposal
from projects.proposals.queries import audience_of
from projects.proposals.services import settle
from projects.proposals.standings import Standing
from projects.rounds.models import Round
from projects.rounds.rules import CONFIRM

REASONS = {
    Standing.LODGED: _("评议结束时还没有初审结果，转到下一批次继续办理。"),
    Standing.RETURNED: _("评议结束时还没有补正，转到下一批次，补正后继续办理。"),
    Standing.ACCEPTED: _("评议结束时还没有上会，转到下一批次继续评议。"),
    Standing.DEFERRED: _("议事会暂缓后没有再上会，转到下一批次继续评议。"),
}


@transaction.atomic
def shortlist_screened(batch: Round, now: datetime) -> int:
    """Where the council confirms after the vote, everything that passed the screening goes on the ballot. The caller
    holds the round alone. A repeat finds nothing left; other rounds are not touched."""
    if batch.rules.get("combine") != CONFIRM:
        return 0
    rows = Proposal.objects.select_for_update().filter(round=batch, standing=Standing.ACCEPTED).order_by("pk")
    for proposal in rows:
        settle(proposal, to=Standing.SHORTLISTED, now=now)
        log.record("deliberation.shortlist_screened", by=None, about=proposal, now=now)
    return len(rows)


@transaction.atomic
def carry_over(batch: Round, now: datetime) -> list[CarryOver]:
    """Settle as carried what is unfinished when the council's stage is left, each with its reason. The caller holds
    the round alone. A repeat finds nothing left."""
    rows = Proposal.objects.select_for_update().filter(round=batch, standing__in=list(REASONS)).order_by("pk")
    carried = []
    for proposal in rows:
        reason = REASONS[Standing(proposal.standing)]
        carried.append(CarryOver.objects.create(proposal=proposal, round=batch, reason=reason, at=now))
        settle(proposal, to=Standing.CARRIED, now=now)
        log.record("deliberation.carry_over", by=None, about=proposal, now=now, reason=reason)
        notices.owe(
            audience_of(proposal),
            kind="deliberation.carried",
            key=f"carried-{proposal.pk}",
            text=_("“%(title)s”这一批次没来得及定下来，转到下一批次继续，您不用重新提交。"),
            now=now,
            url=reverse("desk:proposal", args=[proposal.number]),
            title=proposal.title,
        )
    return carried
