"""Balances, a project's figures, warnings, totals. Locks for those who write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import BigIntegerField, Case, F, Q, QuerySet, Sum, When
from django.db.models.functions import Coalesce

from communities.accounts.models import User
from communities.divisions.models import Division
from communities.roles.queries import within
from communities.roles.rules import Role
from portal import locks, together
from projects.funding import rules, warranty
from projects.funding.models import (
    Account,
    CoFunding,
    Contract,
    LedgerEntry,
    Payment,
    Posting,
    Project,
    Provider,
    Settlement,
)
from projects.proposals.models import Proposal
from projects.rounds.models import Envelope
from projects.rounds.rules import complete

SIGNED = Case(When(side=LedgerEntry.Side.DEBIT, then=F("amount")), default=-F("amount"), output_field=BigIntegerField())


@dataclass(frozen=True, slots=True)
class Money:
    """One project's money in fen (分), with the names that the public sees."""

    budget: int
    allotted: int = 0
    contracted: int = 0
    paid: int = 0
    returned: int = 0
    cofunded: int = 0
    sources: tuple[CoFunding, ...] = ()
    contracts: tuple[Contract, ...] = ()
    payments: tuple[Payment, ...] = ()
    settlement: Settlement | None = None

    @property
    def available(self) -> int:
        """What may be spent in all: from the envelope and from co-funding."""
        return self.allotted + self.cofunded


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over many projects in fen (分). Payment rate: paid ÷ approved budget."""

    projects: int = 0
    envelopes: int = 0
    budget: int = 0
    allotted: int = 0
    contracted: int = 0
    paid: int = 0
    returned: int = 0
    cofunded: int = 0
    by_month: Mapping[str, int] = field(default_factory=dict)


def locked_project(project_id: int, *, moves: bool = False) -> Project:
    """The project, its stage held against moves and its row against other writers, to the end of the transaction.

    `moves`: the caller is going to move its stage, so it holds the project alone from the start.
    """
    hold = locks.hold_alone if moves else locks.hold_shared
    hold("project", project_id)
    return (
        Project.objects.select_for_update(of=("self",))
        .select_related("proposal", "round", "community")
        .get(pk=project_id)
    )


def envelope_of(project: Project) -> Envelope:
    return Envelope.objects.get(round_id=project.round_id, community_id=project.community_id)


def rules_of(project: Project) -> dict:
    """The frozen settings of the project's round; every key exists."""
    return complete(project.round.rules)


def project_by_number(number: str) -> QuerySet[Project]:
    return Project.objects.filter(proposal__number=number).select_related(
        "proposal__community", "round", "community__parent", "balance_ruling", "settlement"
    )


def projects_for(person: User, roles: frozenset[Role], *, today: date) -> QuerySet[Project]:
    """Projects in the divisions where the person holds one of these roles on that day."""
    return Project.objects.filter(within(person, roles, today, "community")).select_related(
        "proposal", "community", "round"
    )


def balance(account: Account) -> int:
    return account.entries.aggregate(held=Coalesce(Sum(SIGNED), 0))["held"]


def pools(project: Project, kind: str) -> list[tuple[Account, int]]:
    """The project's accounts of one kind that hold something: co-funding first, the envelope's money last."""
    accounts = (
        Account.objects.filter(project=project, kind=kind)
        .annotate(
            held=Coalesce(
                Sum(
                    Case(
                        When(entries__side=LedgerEntry.Side.DEBIT, then=F("entries__amount")),
                        default=-F("entries__amount"),
                        output_field=BigIntegerField(),
                    )
                ),
                0,
            )
        )
        .order_by(F("source").asc(nulls_last=True))
    )
    return [(account, account.held) for account in accounts if account.held]


def free_of(project: Project) -> int:
    """What the project has that no contract has taken."""
    return sum(held for _account, held in pools(project, Account.Kind.ALLOTTED))


def standing_of(contract: Contract) -> rules.Standing:
    """What the contract has seen: sums of its payments that were not refused."""
    sums = dict(
        contract.payments.exclude(state=Payment.State.REFUSED)
        .values_list("instalment")
        .annotate(sum=Sum("amount"))
        .order_by()
    )
    advances, progress = sums.get(rules.Instalment.ADVANCE, 0), sums.get(rules.Instalment.PROGRESS, 0)
    settings, works = rules_of(contract.project), contract.project.category == "works"
    return rules.Standing(
        amount=contract.amount,
        advances=advances,
        before_balance=advances + progress,
        committed=sum(sums.values()),
        retained=warranty.retention_in(contract.amount, works=works, percent=int(settings["retention_percent"])),
        retention=sums.get(rules.Instalment.RETENTION, 0),
    )


def moved(project: Project) -> dict[str, int]:
    """Amounts of the project's postings by kind, and apart those of co-funding; one query."""
    return dict(_sums(project))


def _sums(project: Project) -> QuerySet:
    credited = LedgerEntry.objects.filter(posting__project=project, side=LedgerEntry.Side.CREDIT)
    return credited.values_list("posting__kind").annotate(sum=Sum("amount")).order_by()


def money_of(proposal: Proposal) -> Money | None:
    """The money of an approved proposal's project, None before it is approved. Two queries."""
    project = Project.objects.filter(proposal=proposal).select_related("settlement").first()
    return project and money_of_project(project)


def money_of_project(project: Project) -> Money:
    """Sums, sources, contracts and payments, read with one question."""
    moves, sources = _sums(project), project.cofundings.order_by("entered_at", "pk")
    contracts = project.contracts.select_related("provider", "responsible", "liaison").order_by("signed_on", "pk")
    payments = Payment.objects.filter(contract__project=project)
    payments = payments.select_related("contract__provider", "requested_by", "decided_by")
    together.read([moves, sources, contracts, payments])
    sums = dict(moves)
    return Money(
        budget=project.budget,
        allotted=sums.get(Posting.Kind.ALLOT, 0),
        contracted=sums.get(Posting.Kind.CONTRACT, 0) - sums.get(Posting.Kind.REDUCE, 0),
        paid=sums.get(Posting.Kind.PAY, 0),
        returned=sums.get(Posting.Kind.RETURN, 0),
        cofunded=sums.get(Posting.Kind.COFUND, 0),
        sources=tuple(sources),
        contracts=tuple(contracts),
        payments=tuple(payments),
        settlement=getattr(project, "settlement", None),
    )


def money_shown(project: Project) -> Money:
    """The same for a page to which several rooms add: worked out once, remembered on the project that the page loaded."""
    if "_money" not in project.__dict__:
        project.__dict__["_money"] = money_of_project(project)
    return project.__dict__["_money"]


def totals(division: Division) -> Totals:
    """Sums over every project below a division. Four queries, whatever the number of rows."""
    below = Q(community__path__startswith=division.path)
    projects = Project.objects.filter(below).aggregate(
        count=Coalesce(Sum(1), 0), budget=Coalesce(Sum("budget"), 0, output_field=BigIntegerField())
    )
    envelopes = Envelope.objects.filter(below).aggregate(sum=Coalesce(Sum("amount"), 0, output_field=BigIntegerField()))
    lines = LedgerEntry.objects.filter(
        side=LedgerEntry.Side.CREDIT, posting__project__community__path__startswith=division.path
    )
    sums = dict(lines.values_list("posting__kind").annotate(sum=Sum("amount")).order_by())
    months = (
        lines.filter(posting__kind=Posting.Kind.PAY)
        .values_list("posting__at__year", "posting__at__month")
        .annotate(sum=Sum("amount"))
        .order_by("posting__at__year", "posting__at__month")
    )
    return Totals(
        projects=projects["count"],
        envelopes=envelopes["sum"],
        budget=projects["budget"],
        allotted=sums.get(Posting.Kind.ALLOT, 0),
        contracted=sums.get(Posting.Kind.CONTRACT, 0) - sums.get(Posting.Kind.REDUCE, 0),
        paid=sums.get(Posting.Kind.PAY, 0),
        returned=sums.get(Posting.Kind.RETURN, 0),
        cofunded=sums.get(Posting.Kind.COFUND, 0),
        by_month={f"{year}-{month:02d}": total for year, month, total in months},
    )


def providers(search: str = "") -> QuerySet[Provider]:
    return Provider.objects.filter(Q(name__icontains=search) | Q(credit_code__icontains=search)).order_by("name", "pk")


def awaited_payments(project: Project) -> QuerySet[Payment]:
    return Payment.objects.filter(contract__project=project, state=Payment.State.REQUESTED)
