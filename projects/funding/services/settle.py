"""The end of a project's money: the balance held or freed by the scores, then the settlement."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from communities.accounts.models import User
from portal import log, notices
from portal.refusals import Refusal, insist
from portal.refusals import gettext_noop as _
from projects import permissions
from projects.funding import queries, rules
from projects.funding.models import BalanceRuling, Posting, Project, Settlement
from projects.funding.services import ledger
from projects.parties import parties_to_project
from projects.proposals.queries import followers_of


def rule_on_balance(*, project: Project, holds: bool, total: int, answers: int, now: datetime) -> BalanceRuling:
    """What the concluded scores mean for the balance; written once, by the room that concludes them."""
    ruling, _made = BalanceRuling.objects.get_or_create(
        project=project, defaults={"holds": holds, "total": total, "answers": answers, "at": now}
    )
    return ruling


@transaction.atomic
def lift_hold(*, project_id: int, by: User, reason: str, now: datetime) -> BalanceRuling:
    """Let the balance go after all, with the public reason (what the provider put right)."""
    project = queries.locked_project(project_id)
    parties = parties_to_project(by, project, day=timezone.localdate(now))
    insist(permissions.objection_to("funding.lift_hold", roles=parties, stage=project.stage))
    ruling = BalanceRuling.objects.select_for_update().filter(project=project).first()
    if ruling is None or not ruling.holds or ruling.lifted_at:
        insist(Refusal("nothing_held", _("尾款没有被暂缓，不需要解除。")))
    ruling.lifted_by, ruling.lifted_at, ruling.lift_reason = by, now, reason
    ruling.save(update_fields=["lifted_by", "lifted_at", "lift_reason"])
    log.record("funding.lift_hold", by=by, about=project, now=now, reason=reason)
    return ruling


@transaction.atomic
def settle_project(*, project_id: int, by: User, now: datetime, note: str = "") -> Settlement:
    """Close the money: what no payment took leaves the contracts, what no contract took goes back where it came from."""
    project = queries.locked_project(project_id)
    envelope = ledger.held_envelope(project)
    parties = parties_to_project(by, project, day=timezone.localdate(now))
    insist(permissions.objection_to("funding.settle_project", roles=parties, stage=project.stage))
    unpaid = sum(held for _pool, held in queries.pools(project, ledger.Kind.CONTRACTED))
    insist(
        rules.objection_to_settlement(
            waiting=queries.awaited_payments(project).count(),
            unpaid=unpaid,
            ruled=BalanceRuling.objects.filter(project=project).exists(),
            settled=Settlement.objects.filter(project=project).exists(),
            note=note,
        )
    )
    if unpaid:
        ledger.move(
            kind=Posting.Kind.REDUCE,
            key=f"reduce-{project.pk}",
            project=project,
            away_from=ledger.Kind.CONTRACTED,
            to=ledger.Kind.ALLOTTED,
            amount=unpaid,
            by=by,
            now=now,
        )
    returned = 0
    for pool, held in queries.pools(project, ledger.Kind.ALLOTTED):
        home = (
            ledger.account(ledger.Kind.SOURCE, envelope, project, pool.source)
            if pool.source
            else ledger.account(ledger.Kind.ENVELOPE, envelope)
        )
        ledger.post(
            kind=Posting.Kind.RETURN,
            key=f"return-{pool.pk}",
            source=pool,
            target=home,
            amount=held,
            by=by,
            now=now,
            project=project,
        )
        returned += held
    settlement = Settlement.objects.create(
        project=project,
        paid=queries.moved(project).get(Posting.Kind.PAY, 0),
        returned=returned,
        note=note,
        by=by,
        at=now,
    )
    log.record("funding.settle_project", by=by, about=project, now=now, returned=returned, unpaid=unpaid)
    notices.owe(
        [project.proposal.proposer_id],
        kind="funding.settled",
        key=f"settled-{project.pk}",
        text=_("您提议的“%(title)s”已经结算，资金明细已公开。"),
        now=now,
        url=reverse("funding:money", args=[project.proposal.number]),
        title=project.title,
    )
    notices.owe(
        followers_of(project.proposal),
        kind="funding.settled",
        key=f"settled-{project.pk}",
        text=_("您关注的“%(title)s”已经结算，资金明细已公开。"),
        now=now,
        url=reverse("funding:money", args=[project.proposal.number]),
        title=project.title,
    )
    return settlement
