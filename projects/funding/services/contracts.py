"""Providers and contracts."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from communities.accounts.models import User
from communities.divisions.models import Division
from communities.roles.queries import roles_at
from portal import log, notices
from portal.refusals import Refusal, insist
from portal.refusals import gettext_noop as _
from projects import engine, permissions
from projects.funding import queries, rules
from projects.funding.models import Contract, Posting, Project, Provider
from projects.funding.services import ledger
from projects.parties import parties_at, parties_to_project


@transaction.atomic
def register_provider(
    *,
    at: Division,
    by: User,
    name: str,
    credit_code: str,
    phone: str,
    eligible_until: date,
    now: datetime,
    contact: str = "",
    address: str = "",
) -> Provider:
    """A provider by its credit code; registering the same code again updates its names and eligibility."""
    parties = parties_at(by, at, day=timezone.localdate(now))
    insist(permissions.objection_to("funding.register_provider", roles=parties, stage="funding"))
    known = Provider.objects.select_for_update().filter(credit_code=credit_code).first()
    provider, made = Provider.objects.update_or_create(
        credit_code=credit_code,
        defaults={
            "name": name,
            "contact": contact,
            "phone": phone,
            "address": address,
            "eligible_until": eligible_until,
        },
        create_defaults={
            "name": name,
            "contact": contact,
            "phone": phone,
            "address": address,
            "eligible_until": eligible_until,
            "registered_by": by,
            "registered_at": now,
        },
    )
    was = known.eligible_until.isoformat() if known else ""
    log.record(
        "funding.register_provider", by=by, about=provider, now=now, made=made, was=was, until=str(eligible_until)
    )
    return provider


@transaction.atomic
def sign_contract(
    *,
    project_id: int,
    by: User,
    provider_id: int,
    number: str,
    amount: int,
    route: str,
    signed_on: date,
    responsible_name: str,
    responsible_phone: str,
    now: datetime,
    starts_by: date | None = None,
    liaison_name: str = "",
    liaison_phone: str = "",
) -> Contract:
    """Record a contract, bind its amount, and let its responsible person and liaison sign in for the project."""
    project = queries.locked_project(project_id)
    ledger.held_envelope(project)
    today = timezone.localdate(now)
    parties = parties_to_project(by, project, day=today)
    insist(permissions.objection_to("funding.sign_contract", roles=parties, stage=project.stage))
    insist(queries.objection_to_more_money(project))
    settings = queries.rules_of(project)
    provider = Provider.objects.select_for_update().get(pk=provider_id)
    insist(rules.objection_to_dates(signed_on=signed_on, starts_by=starts_by, today=today))
    insist(rules.objection_to_provider(provider.eligible_until, signed_on=signed_on))
    insist(rules.objection_to_contract(amount, free=queries.free_of(project)))
    insist(
        rules.objection_to_route(
            route, amount, quotes_from=settings["quotes_from"], tender_from=settings["tender_from"]
        )
    )
    insist(objection_to_number(project, number))
    responsible = person_of(project, responsible_name, responsible_phone, today=today, field="responsible_phone")
    liaison = (
        person_of(project, liaison_name, liaison_phone, today=today, field="liaison_phone") if liaison_phone else None
    )
    contract = Contract.objects.create(
        project=project,
        provider=provider,
        number=number,
        amount=amount,
        route=route,
        signed_on=signed_on,
        starts_by=starts_by,
        responsible=responsible,
        liaison=liaison,
        entered_by=by,
        entered_at=now,
    )
    ledger.move(
        kind=Posting.Kind.CONTRACT,
        key=f"contract-{contract.pk}",
        project=project,
        away_from=ledger.Kind.ALLOTTED,
        to=ledger.Kind.CONTRACTED,
        amount=amount,
        by=by,
        now=now,
        contract=contract,
    )
    log.record("funding.sign_contract", by=by, about=contract, now=now, amount=amount, route=route)
    notices.owe(
        [person for person in (responsible, liaison) if person],
        kind="funding.contract",
        key=f"contract-{contract.pk}",
        text=_("您是“%(title)s”的承接单位负责人或联络人，请填写实施计划。"),
        now=now,
        url=reverse("delivery:mine"),
        title=project.title,
    )
    return contract


@transaction.atomic
def set_start(*, contract_id: int, by: User, starts_by: date, now: datetime) -> Contract:
    """The last day on which work must begin; may be set after signing, while the project is being funded."""
    project_id = Contract.objects.values_list("project_id", flat=True).get(pk=contract_id)
    project = queries.locked_project(project_id)
    contract = Contract.objects.select_for_update().get(pk=contract_id)
    today = timezone.localdate(now)
    parties = parties_to_project(by, project, day=today)
    insist(permissions.objection_to("funding.sign_contract", roles=parties, stage=project.stage))
    insist(rules.objection_to_dates(signed_on=contract.signed_on, starts_by=starts_by, today=today))
    contract.starts_by = starts_by
    contract.save(update_fields=["starts_by"])
    log.record("funding.set_start", by=by, about=contract, now=now, starts_by=str(starts_by))
    return contract


@transaction.atomic
def start_delivery(*, project_id: int, by: User, now: datetime) -> bool:
    """Hand the project over to delivery when nothing holds it. A repeat changes nothing."""
    project = queries.locked_project(project_id, moves=True)
    parties = parties_to_project(by, project, day=timezone.localdate(now))
    insist(permissions.objection_to("funding.sign_contract", roles=parties, stage=project.stage))
    return engine.advance(project, leaving="funding", now=now, by=by)


def person_of(project: Project, name: str, phone: str, *, today: date, field: str) -> User:
    """The person who signs in with this phone; made when nobody does yet. Refused for whoever must stay apart."""
    person = User.objects.with_phone(phone)
    insist(
        rules.objection_to_responsible(
            is_proposer=bool(person and person.pk == project.proposal.proposer_id),
            holds_office=bool(person and roles_at(person, project.community, today)),
            field=field,
        )
    )
    if person:
        return person
    try:
        with transaction.atomic():
            return User.objects.create_resident(phone, name=name)
    except IntegrityError:  # the same phone came in at the same moment
        return User.objects.with_phone(phone)


def objection_to_number(project: Project, number: str) -> Refusal | None:
    if not project.contracts.filter(number=number).exists():
        return None
    return Refusal("number_taken", _("这个项目已经有同样编号的合同。"), field="number")
