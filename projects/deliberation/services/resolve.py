"""What the council resolves: computed from the votes, or deferred to another meeting with a reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from communities.accounts.models import User
from portal import log, notices
from portal.publishing import objection_to_publishing
from portal.refusals import Refusal, insist
from portal.refusals import gettext_noop as _
from projects.deliberation import queries, rules
from projects.deliberation.models import AgendaItem, Resolution
from projects.deliberation.services.locked import item_for
from projects.deliberation.services.run import objection_to_running
from projects.proposals.models import Proposal
from projects.proposals.queries import audience_of
from projects.proposals.services import settle
from projects.proposals.standings import Standing

STANDINGS = {
    rules.PASSED: Standing.SHORTLISTED,
    rules.REFUSED: Standing.REFUSED,
    rules.DEFERRED: Standing.DEFERRED,
}
# what residents have chosen is confirmed, or refused; deferred it waits on
CONFIRMING = {rules.PASSED: Standing.CHOSEN, rules.REFUSED: Standing.REFUSED, rules.DEFERRED: Standing.ELECTED}
TOLD = {
    rules.PASSED: _("居民议事会通过了“%(title)s”：同意 %(in_favour)s 票，需要 %(needed)s 票。"),
    rules.REFUSED: _("居民议事会没有通过“%(title)s”：同意 %(in_favour)s 票，需要 %(needed)s 票。原因：%(reason)s"),
    rules.DEFERRED: _("居民议事会把“%(title)s”改到下次会议再议。原因：%(reason)s"),
}


@transaction.atomic
def close_vote(*, item_id: int, reason: str, by: User, now: datetime) -> Resolution:
    """End the vote on an item and resolve what the votes come to; a refusal carries its reason."""
    item = item_for("deliberation.run_meeting", item_id, by=by, now=now)
    if not rules.voting_open(opened_at=item.opened_at, closed_at=item.closed_at):
        insist(Refusal("vote_closed", _("这一项现在不在表决。")))
    count = queries.figures_of(item)
    decision = rules.decide(count, quorum=queries.mark(item.meeting, "quorum"), mark=queries.mark(item.meeting, "pass"))
    if isinstance(decision, Refusal):
        insist(decision)
    insist(rules.objection_to_outcome(decision.outcome, reason))
    return _resolve(item, decision.outcome, count, needed=decision.needed, reason=reason, by=by, now=now)


@transaction.atomic
def defer_item(*, item_id: int, reason: str, by: User, now: datetime) -> Resolution:
    """Leave an item for another meeting, with a public reason. Not while its vote is under way."""
    item = item_for("deliberation.run_meeting", item_id, by=by, now=now)
    insist(objection_to_running(item.meeting))
    if item.opened_at or item.closed_at or item.proposal.standing not in queries.WAITING:
        insist(Refusal("item_settled", _("这一项正在表决、已有结果或已撤回，不能改到下次再议。")))
    insist(rules.objection_to_outcome(rules.DEFERRED, reason))
    count = queries.figures_of(item)
    return _resolve(item, rules.DEFERRED, count, needed=None, reason=reason, by=by, now=now)


def _resolve(
    item: AgendaItem, outcome: str, count: rules.Count, *, needed: int | None, reason: str, by: User, now: datetime
) -> Resolution:
    insist(objection_to_publishing(reason, field="reason"))
    proposal = Proposal.objects.select_for_update().get(pk=item.proposal_id)
    item.opened_at, item.closed_at = item.opened_at or now, now
    item.save(update_fields=["opened_at", "closed_at"])
    row = Resolution.objects.create(
        item=item,
        proposal=proposal,
        outcome=outcome,
        seats=count.seats,
        present=count.present,
        represented=count.represented,
        recused=count.recused,
        in_favour=count.in_favour,
        against=count.against,
        abstained=count.abstained,
        needed=needed,
        reason="" if outcome == rules.PASSED else reason.strip(),
        by=by,
        at=now,
    )
    elected = proposal.standing == Standing.ELECTED
    if not (elected and outcome == rules.DEFERRED):
        settle(proposal, to=(CONFIRMING if elected else STANDINGS)[outcome], now=now)
    log.record("deliberation.resolve", by=by, about=row, now=now, outcome=outcome, needed=needed)
    notices.owe(
        audience_of(proposal),
        kind="deliberation.resolved",
        key=f"resolution-{row.pk}",
        text=TOLD[outcome],
        now=now,
        url=reverse("desk:proposal", args=[proposal.number]),
        title=proposal.title,
        in_favour=count.in_favour,
        needed=needed,
        reason=row.reason,
    )
    return row
