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
from projects.funding import queries, rules, warranty
from projects.funding.models import BalanceRuling, Posting, Project, Settlement
from projects.funding.services import ledger
from projects.parties import parties_to_project


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
    """Close the money: what no payment took leaves the contracts, what no contract took goes back where it came from.

    At the end of the way, or wherever a project was given up. What the warranty keeps stays in its contract until then.
    """
    project = queries.locked_project(project_id)
    ledger.held_envelope(project)
    parties = parties_to_project(by, project, day=timezone.localdate(now))
    insist(permissions.objection_to("funding.settle_project", roles=parties, stage=project.stage))
    ended = queries.ended_stop(project) is not None
    retained = 0 if ended else queries.retention_held(project)
    unpaid = sum(held for _pool, held in queries.pools(project, ledger.Kind.CONTRACTED)) - retained
    insist(
        rules.objection_to_settlement(
            waiting=queries.awaited_payments(project).count(),
            unpaid=unpaid,
            ruled=BalanceRuling.objects.filter(project=project).exists(),
            settled=Settlement.objects.filter(project=project).exists(),
            note=note,
            stage=project.stage,
            ended=ended,
        )
    )
    if unpaid:
        _take_back(Posting.Kind.REDUCE, f"reduce-{project.pk}", project, unpaid, by=by, now=now)
    settlement = Settlement.objects.create(
        project=project,
        returned=_send_home(project, "return", by=by, now=now),
        paid=queries.moved(project).get(Posting.Kind.PAY, 0),
        retained=retained,
        note=note,
        by=by,
        at=now,
    )
    log.record(
        "funding.settle_project", by=by, about=project, now=now, returned=settlement.returned, unpaid=unpaid, retained=retained
    )
    _tell(project, f"settled-{project.pk}", _("您提议的“%(title)s”已经结算，资金明细已公开。"), now)
    return settlement


@transaction.atomic
def forfeit_retention(*, project_id: int, by: User, reason: str, now: datetime) -> int:
    """The provider did not mend: what the warranty still keeps goes back where it came from, with the public reason."""
    project = queries.locked_project(project_id)
    ledger.held_envelope(project)
    parties = parties_to_project(by, project, day=timezone.localdate(now))
    insist(permissions.objection_to("funding.forfeit_retention", roles=parties, stage=project.stage))
    waiting = queries.awaited_payments(project).count()
    kept = sum(held for _pool, held in queries.pools(project, ledger.Kind.CONTRACTED))
    insist(warranty.objection_to_forfeit(kept=kept, waiting=waiting))
    _take_back(Posting.Kind.FORFEIT, f"forfeit-{project.pk}", project, kept, by=by, now=now)
    _send_home(project, "forfeited", by=by, now=now)
    log.record("funding.forfeit_retention", by=by, about=project, now=now, amount=kept, reason=reason)
    _tell(project, f"forfeited-{project.pk}", _("“%(title)s”的质保金因未履行质保责任被扣留，已退回社区额度。"), now)
    return kept


def _take_back(kind: str, key: str, project: Project, amount: int, *, by: User, now: datetime) -> None:
    """Out of the contracts, back to what the project has."""
    ledger.move(
        kind=kind, key=key, project=project, away_from=ledger.Kind.CONTRACTED, to=ledger.Kind.ALLOTTED, amount=amount, by=by, now=now
    )


def _send_home(project: Project, word: str, *, by: User, now: datetime) -> int:
    """What the project still has goes back to the envelope and to those who gave; how much it was."""
    returned = 0
    for pool, held in queries.pools(project, ledger.Kind.ALLOTTED):
        home = (
            ledger.account(ledger.Kind.SOURCE, pool.envelope, project, pool.source)
            if pool.source
            else ledger.account(ledger.Kind.ENVELOPE, pool.envelope)
        )
        ledger.post(
            kind=Posting.Kind.RETURN, key=f"{word}-{pool.pk}", source=pool, target=home, amount=held, by=by, now=now, project=project
        )
        returned += held
    return returned


def _tell(project: Project, key: str, text: str, now: datetime) -> None:
    notices.owe(
        [project.proposal.proposer_id],
        kind="funding.settled",
        key=key,
        text=text,
        now=now,
        url=reverse("funding:money", args=[project.proposal.number]),
        title=project.title,
    )
