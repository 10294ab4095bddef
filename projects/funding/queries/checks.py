"""What an officer should look at before money moves, and what closes it: warnings, a project given up, the warranty."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import BigIntegerField, Count, Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from portal.refusals import Refusal
from projects.funding import warranty
from projects.funding.models import Contract, Project, Settlement
from projects.funding.queries.money import rules_of, standing_of
from projects.funding.splitting import Warning, concentration_warnings, splitting_warnings


def ended_stop(project: Project) -> object | None:
    """The stop by which the project was given up for good, None while it lives."""
    return project.stops.filter(ended_at__isnull=False).first()


def objection_to_more_money(project: Project) -> Refusal | None:
    settled = Settlement.objects.filter(project=project).exists()
    return warranty.objection_to_more_money(ended=ended_stop(project) is not None, settled=settled)


def warranty_over_on(project: Project) -> date | None:
    """The last day of the warranty: counted from the day on which the panel accepted; None before that."""
    accepted = project.moves.filter(entered="evaluation").order_by("-at").values_list("at", flat=True).first()
    return accepted and timezone.localdate(accepted) + timedelta(days=int(rules_of(project)["retention_days"]))


def retention_held(project: Project, contracts: Iterable[Contract] | None = None) -> int:
    """What contracts keep until the warranty is over and nobody has been paid yet, in fen (分)."""
    known = project.contracts.select_related("project__round") if contracts is None else contracts
    standings = [standing_of(contract) for contract in known]
    return sum(known.retained - known.retention for known in standings)


def concentration_of(project: Project, contracts: Iterable[Contract] | None = None) -> list[Warning]:
    """Providers of this project that hold much of what their street contracted in the year; shown, never blocking."""
    settings, found = rules_of(project), []
    known = project.contracts.select_related("provider") if contracts is None else contracts
    mine = sorted(known, key=lambda row: (row.provider_id, row.signed_on))
    for contract in {row.provider_id: row for row in mine}.values():
        year = Contract.objects.filter(
            project__community__parent_id=project.community.parent_id, signed_on__year=contract.signed_on.year
        )
        sums = year.aggregate(
            whole=Coalesce(Sum("amount"), 0, output_field=BigIntegerField()),
            part=Coalesce(Sum("amount", filter=Q(provider_id=contract.provider_id)), 0, output_field=BigIntegerField()),
            count=Count("pk", filter=Q(provider_id=contract.provider_id)),
        )
        found += concentration_warnings(
            contract.provider.name, part=sums["part"], whole=sums["whole"], contracts=sums["count"], year=contract.signed_on.year,
            percent=int(settings["concentration_percent"]), least=int(settings["concentration_contracts"]),
        )  # fmt: skip
    return found


def splitting_of(project: Project, contract: Contract) -> list[Warning]:
    """What about this contract looks as if one purchase had been cut in pieces; shown, never blocking."""
    settings = rules_of(project)
    days = settings["splitting_days"]
    others = Contract.objects.filter(
        provider_id=contract.provider_id,
        project__community_id=project.community_id,
        signed_on__range=(contract.signed_on - timedelta(days=days), contract.signed_on + timedelta(days=days)),
    ).exclude(pk=contract.pk)
    return splitting_warnings(
        contract.amount,
        signed_on=contract.signed_on,
        others=list(others.values_list("signed_on", "amount")[:200]),
        limits=(settings["quotes_from"], settings["tender_from"], settings["caps"][project.category]),
        days=days,
        near_percent=settings["splitting_near_percent"],
    )
