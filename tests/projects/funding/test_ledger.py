"""Random years of a street: whatever is tried, in whatever order, the money stays right."""

from collections import defaultdict
from contextlib import suppress

import pytest
from django.db import transaction
from django.db.models import F, Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from portal.refusals import Refused
from projects.funding import services
from projects.funding.models import Account, Contract, LedgerEntry, Payment, Posting, Project
from projects.funding.queries import totals
from projects.models import BalanceRuling
from projects.proposals.standings import Standing
from tests import factories as make
from tests.factories import NOON
from tests.projects import project_worlds as worlds

pytestmark = pytest.mark.django_db

AMOUNT = some.one_of(some.integers(1, 60_000_00), some.integers(1, 900_000_00))
WHICH = some.integers(0, 9)
STEPS = some.one_of(
    some.tuples(some.just("approve"), AMOUNT),
    some.tuples(some.just("cofund"), WHICH, some.integers(1, 100_000_00)),
    some.tuples(some.just("sign"), WHICH, AMOUNT),
    some.tuples(some.just("request"), WHICH, some.sampled_from(["advance", "progress", "balance"]), AMOUNT),
    some.tuples(some.just("release"), WHICH, some.booleans()),
    some.tuples(some.just("refuse"), WHICH),
    some.tuples(some.just("move"), WHICH, some.sampled_from(["delivery", "acceptance", "evaluation"])),
    some.tuples(some.just("rule"), WHICH, some.booleans()),
    some.tuples(some.just("settle"), WHICH),
)


class Street:
    """Tries each step; a refusal is an answer, anything else would fail the test."""

    def __init__(self):
        self.world = worlds.approved(amount=100_000_00, envelope=1_000_000_00)
        self.world.provider = worlds.provider(self.world.officer, self.world.home.parent)
        self.serial = 0

    def nth(self, rows, place):
        found = list(rows.order_by("pk"))
        return found[place % len(found)] if found else None

    def step(self, name, *values):
        self.serial += 1
        with suppress(Refused):
            getattr(self, name)(*values)

    def approve(self, amount):
        proposal = make.proposal(self.world.batch, self.world.proposer, standing=Standing.APPROVED)
        services.receive_project(proposal=proposal, amount=amount, now=NOON)

    def cofund(self, place, amount):
        project = self.nth(Project.objects, place)
        services.enter_cofunding(
            project_id=project.pk, by=self.world.officer, kind="fund", name="社区基金", amount=amount, now=NOON
        )

    def sign(self, place, amount):
        self.world.project = self.nth(Project.objects, place)
        worlds.sign(self.world, amount=amount, number=f"HT-{self.serial}", route="tender")

    def request(self, place, instalment, amount):
        if contract := self.nth(Contract.objects, place):
            services.request_payment(
                contract_id=contract.pk,
                by=self.world.officer,
                instalment=instalment,
                amount=amount,
                voucher=f"FP-{self.serial % 7}",
                purpose="工程款",
                now=NOON,
            )

    def release(self, place, same):
        if payment := self.nth(Payment.objects, place):
            by = self.world.officer if same else self.world.second
            services.release_payment(payment_id=payment.pk, by=by, now=NOON)

    def refuse(self, place):
        if payment := self.nth(Payment.objects, place):
            services.refuse_payment(payment_id=payment.pk, by=self.world.second, reason="凭证不清", now=NOON)

    def move(self, place, stage):
        project = self.nth(Project.objects, place)
        Project.objects.filter(pk=project.pk).update(stage=stage)

    def rule(self, place, holds):
        project = self.nth(Project.objects, place)
        services.rule_on_balance(project=project, holds=holds, total=2 if holds else 5, answers=1, now=NOON)

    def settle(self, place):
        project = self.nth(Project.objects, place)
        services.settle_project(project_id=project.pk, by=self.world.officer, note="核减", now=NOON)


def balances():
    held = defaultdict(int)
    for account, side, amount in LedgerEntry.objects.values_list("account", "side", "amount"):
        held[account] += amount if side == "debit" else -amount
    return held


def check(street):
    held = balances()
    inside = Account.objects.exclude(kind__in=Account.OUTSIDE)
    assert all(held[account.pk] >= 0 for account in inside), "an account fell below zero"
    assert sum(held.values()) == 0, "money came from nowhere or went nowhere"
    envelope = street.world.envelope
    spent = sum(held[a.pk] for a in inside.filter(source=None).exclude(kind="envelope"))
    in_envelope = sum(held[a.pk] for a in inside.filter(kind="envelope"))
    assert spent + in_envelope == envelope.amount, "the envelope was passed or lost something"
    for account in Account.objects.filter(kind="source"):
        inside_of_source = sum(held[a.pk] for a in inside.filter(source=account.source))
        assert inside_of_source == -held[account.pk] >= 0, "a giver's money was mixed with others"
    released = Payment.objects.filter(state="released")
    assert not released.filter(decided_by=F("requested_by")).exists()
    paid = LedgerEntry.objects.filter(posting__kind="pay", side="debit")
    assert paid.exclude(posting__payment__voucher__gt="").count() == 0
    for payment in released:
        rows = paid.filter(posting__payment=payment)
        assert rows.aggregate(sum=Sum("amount"))["sum"] == payment.amount, "a payment was paid twice or in part"
        assert {row.posting.contract_id for row in rows} == {payment.contract_id}
    assert not Posting.objects.filter(payment__state__in=["requested", "refused"]).exists()
    for contract, amount in Payment.objects.filter(state="released").values_list("contract").annotate(s=Sum("amount")):
        assert amount <= Payment.objects.filter(contract=contract).first().contract.amount
    for project in Project.objects.filter(settlement__isnull=False):
        left = [held[a.pk] for a in Account.objects.filter(project=project, kind__in=["allotted", "contracted"])]
        assert not any(left), "a settled project still holds money"
        assert project.settlement.paid == sum(held[a.pk] for a in Account.objects.filter(project=project, kind="paid"))
    assert (
        BalanceRuling.objects.filter(
            holds=True,
            lifted_at=None,
            project__contracts__payments__in=released.filter(
                instalment="balance", decided_at__gt=F("contract__project__balance_ruling__at")
            ),
        ).count()
        == 0
    )
    sums = totals(street.world.home.parent)
    assert sums.paid == sum(held[a.pk] for a in Account.objects.filter(kind="paid"))
    assert sums.projects == Project.objects.count()


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(some.lists(STEPS, min_size=5, max_size=30))
def test_nothing_is_spent_twice_and_every_fen_leads_to_a_contract_a_voucher_and_two_people(steps):
    """S31, and the invariants of the ledger."""
    with transaction.atomic():
        street = Street()
        for step in steps:
            street.step(*step)
        check(street)
        transaction.set_rollback(True)
