"""The proof of a stored sum: what the project says was paid, what its payments say, what the ledger says. In fen (分)."""

from __future__ import annotations

from django.db.models import QuerySet, Sum

from projects.funding.models import LedgerEntry, Payment, Posting, Project

MOST = 200


def numbers_that_differ() -> list[int]:
    """Projects whose three sums are not one, the first two hundred. Everything is added up anew; three queries."""
    payments = dict(_payments().values_list("contract__project").annotate(fen=Sum("amount")))
    ledger = dict(_ledger().values_list("posting__project").annotate(fen=Sum("amount")))
    stored = Project.objects.order_by("pk").values_list("pk", "paid")
    return [key for key, fen in stored.iterator(5000) if not fen == payments.get(key, 0) == ledger.get(key, 0)][:MOST]


def paid_three_ways(project: Project) -> tuple[int, int, int]:
    """As stored, by the released payments, by the ledger."""
    payments = _payments().filter(contract__project=project).aggregate(fen=Sum("amount", default=0))
    ledger = _ledger().filter(posting__project=project).aggregate(fen=Sum("amount", default=0))
    return project.paid, payments["fen"], ledger["fen"]


def _payments() -> QuerySet[Payment]:
    return Payment.objects.filter(state=Payment.State.RELEASED).order_by()


def _ledger() -> QuerySet[LedgerEntry]:
    """One side of every posting that pays."""
    return LedgerEntry.objects.filter(side=LedgerEntry.Side.CREDIT, posting__kind=Posting.Kind.PAY).order_by()
