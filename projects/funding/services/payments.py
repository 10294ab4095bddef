"""Payments: asked for by one officer, released or refused by another. A repeat pays nothing twice."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from communities.accounts.models import User
from communities.roles.queries import holders
from communities.roles.rules import Role
from portal import log, notices
from portal.refusals import Refusal, insist
from portal.refusals import gettext_noop as _
from projects import permissions
from projects.funding import queries, rules, warranty
from projects.funding.models import BalanceRuling, Contract, Payment, Posting, Project, Provider, Settlement
from projects.funding.services import ledger
from projects.parties import parties_to_project


@transaction.atomic
def request_payment(
    *, contract_id: int, by: User, instalment: str, amount: int, voucher: str, purpose: str, now: datetime
) -> Payment:
    """Ask for one instalment against a voucher. Requests together never pass the contract."""
    project = _held_project(Contract.objects.values_list("project_id", flat=True).get(pk=contract_id))
    contract = Contract.objects.select_for_update().get(pk=contract_id)
    Provider.objects.select_for_update().get(pk=contract.provider_id)  # its vouchers, across contracts and envelopes
    _insist_on("funding.request_payment", by, project, now, instalment)
    settings = queries.rules_of(project)
    if instalment == rules.Instalment.RETENTION:
        faults = project.problems.filter(answered_at=None).count()
        over_on = queries.warranty_over_on(project)
        insist(warranty.objection_to_warranty(today=timezone.localdate(now), over_on=over_on, faults=faults))
    insist(
        rules.objection_to_request(
            instalment,
            amount,
            so_far=queries.standing_of(contract),
            stage=project.stage,
            advance_percent=settings["advance_percent"],
            balance_percent=settings["balance_percent"],
            ended=queries.ended_stop(project) is not None,
        )
    )
    insist(objection_to_voucher(contract, voucher))
    payment = Payment.objects.create(
        contract=contract,
        instalment=instalment,
        amount=amount,
        voucher=voucher,
        purpose=purpose,
        requested_by=by,
        requested_at=now,
    )
    log.record("funding.request_payment", by=by, about=payment, now=now, amount=amount, instalment=instalment)
    street = project.community.parent or project.community
    notices.owe(
        [person for person in holders(Role.STREET_OFFICER, street, timezone.localdate(now)) if person.pk != by.pk],
        kind="funding.request",
        key=f"payment-{payment.pk}",
        text=_("“%(title)s”有一笔付款等您批准。"),
        now=now,
        url=reverse("funding:project", args=[project.proposal.number]),
        title=project.title,
    )
    return payment


@transaction.atomic
def release_payment(*, payment_id: int, by: User, now: datetime) -> Payment:
    """Pay a request: by another person than asked for it, once, and the balance only when the scores allow it."""
    project, payment = _held_payment(payment_id)
    _insist_on("funding.release_payment", by, project, now, payment.instalment)
    ruling = BalanceRuling.objects.filter(project=project).first()
    insist(
        rules.objection_to_release(
            payment.instalment,
            same_person=payment.requested_by_id == by.pk,
            waits=payment.state == Payment.State.REQUESTED,
            stage=project.stage,
            ruled=ruling is not None,
            held=bool(ruling and ruling.holds and not ruling.lifted_at),
        )
    )
    ledger.move(
        kind=Posting.Kind.PAY,
        key=f"pay-{payment.pk}",
        project=project,
        away_from=ledger.Kind.CONTRACTED,
        to=ledger.Kind.PAID,
        amount=payment.amount,
        by=by,
        now=now,
        contract=payment.contract,
        payment=payment,
    )
    _decide(payment, Payment.State.RELEASED, by=by, now=now)
    log.record("funding.release_payment", by=by, about=payment, now=now, amount=payment.amount)
    return payment


@transaction.atomic
def refuse_payment(*, payment_id: int, by: User, reason: str, now: datetime) -> Payment:
    """Send a request back with the reason; its amount and voucher are free again."""
    project, payment = _held_payment(payment_id)
    _insist_on("funding.release_payment", by, project, now, payment.instalment)
    insist(
        rules.objection_to_release(
            rules.Instalment.PROGRESS,
            same_person=payment.requested_by_id == by.pk,
            waits=payment.state == Payment.State.REQUESTED,
            stage=project.stage,
            ruled=True,
            held=False,
        )
    )
    payment.refuse_reason = reason
    _decide(payment, Payment.State.REFUSED, by=by, now=now)
    log.record("funding.refuse_payment", by=by, about=payment, now=now, reason=reason)
    notices.owe(
        [payment.requested_by_id],
        kind="funding.refused",
        key=f"payment-{payment.pk}-refused",
        text=_("“%(title)s”的付款申请被退回：%(reason)s"),
        now=now,
        url=reverse("funding:project", args=[project.proposal.number]),
        title=project.title,
        reason=reason,
    )
    return payment


def objection_to_voucher(contract: Contract, voucher: str) -> Refusal | None:
    """A voucher is paid once, whoever asks."""
    taken = Payment.objects.filter(contract__provider_id=contract.provider_id, voucher=voucher).exclude(
        state=Payment.State.REFUSED
    )
    if not taken.exists():
        return None
    return Refusal("voucher_used", _("这个凭证号已经用过，同一张凭证不能重复付款。"), field="voucher")


def _held_project(project_id: int) -> Project:
    project = queries.locked_project(project_id)
    ledger.held_envelope(project)
    return project


def _held_payment(payment_id: int) -> tuple[Project, Payment]:
    project = _held_project(Payment.objects.values_list("contract__project_id", flat=True).get(pk=payment_id))
    payment = Payment.objects.select_for_update(of=("self",)).select_related("contract").get(pk=payment_id)
    return project, payment


def _insist_on(action: str, by: User, project: Project, now: datetime, instalment: str) -> None:
    """Permitted, and the money still open: after the settlement only the retention is left to pay."""
    parties = parties_to_project(by, project, day=timezone.localdate(now))
    insist(permissions.objection_to(action, roles=parties, stage=project.stage))
    if instalment != rules.Instalment.RETENTION and Settlement.objects.filter(project=project).exists():
        insist(Refusal("already_settled", _("这个项目已经结算，不能再办理付款。")))


def _decide(payment: Payment, state: str, *, by: User, now: datetime) -> None:
    payment.state, payment.decided_by, payment.decided_at = state, by, now
    payment.save(update_fields=["state", "decided_by", "decided_at", "refuse_reason"])
