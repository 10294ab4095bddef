"""The appeal: once, by the proposer; decided by somebody else than the screener."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from communities.accounts.models import User
from communities.roles.queries import holders
from communities.roles.rules import Role
from portal import log, notices
from portal.refusals import insist
from projects.proposals.queries import followers_of, page_of
from projects.proposals.services.settle import settle
from projects.proposals.standings import Standing
from projects.screening import letters, queries
from projects.screening.models import Appeal, AppealDecision
from projects.screening.services.hold import locked


@transaction.atomic
def appeal_finding(*, proposal_id: int, by: User, reason: str, now: datetime) -> Appeal:
    """Ask that somebody else looks at a rejection. Once; a second time is refused with the reason."""
    proposal = locked(proposal_id)
    insist(queries.objection_to_appeal(proposal, by=by, now=now))
    today = timezone.localdate(now)
    appeal = Appeal.objects.create(
        proposal=proposal,
        finding=queries.last_finding(proposal),
        reason=reason,
        answer_by=queries.after(today, proposal.round, "appeal_answer_days", "appeal_unit"),
        by=by,
        at=now,
    )
    log.record("screening.appeal_finding", by=by, about=proposal, now=now, reason=reason)
    told = {"title": proposal.title, "day": appeal.answer_by, "now": now, "key": f"appeal-{appeal.pk}"}
    officers = holders(Role.STREET_OFFICER, proposal.community, today)
    notices.owe(officers, kind="screening.appealed", text=letters.APPEALED, url=page_of(proposal), **told)
    notices.owe([by], kind="screening.appeal_heard", text=letters.APPEAL_HEARD, url=page_of(proposal), **told)
    return appeal


@transaction.atomic
def decide_appeal(*, proposal_id: int, by: User, upheld: bool, reason: str, now: datetime) -> AppealDecision:
    """Answer an appeal: upheld sends the proposal back to screening, else the rejection stands."""
    proposal = locked(proposal_id)
    appeal = Appeal.objects.select_related("finding", "proposal__round", "proposal__community").get(proposal=proposal)
    insist(queries.objection_to_decide(appeal, by=by, now=now))
    decision = AppealDecision.objects.create(appeal=appeal, upheld=upheld, reason=reason, by=by, at=now)
    if upheld:
        settle(proposal, to=Standing.LODGED, now=now)
    log.record("screening.decide_appeal", by=by, about=proposal, now=now, reason=reason, upheld=upheld)
    notices.owe(
        [proposal.proposer_id],
        kind="screening.appeal_decided",
        key=f"appeal-decision-{decision.pk}",
        text=letters.UPHELD if upheld else letters.NOT_UPHELD,
        url=page_of(proposal),
        now=now,
        title=proposal.title,
        reason=reason,
    )
    notices.owe(
        followers_of(proposal),
        kind="screening.appeal_decided",
        key=f"appeal-decision-{decision.pk}",
        text=letters.UPHELD_TO_FOLLOWERS if upheld else letters.NOT_UPHELD_TO_FOLLOWERS,
        url=page_of(proposal),
        now=now,
        title=proposal.title,
    )
    return decision
