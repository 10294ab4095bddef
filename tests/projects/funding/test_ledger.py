"""Random years of a street: whatever is tried, in whatever order, the money stays right."""

import os
from collections import defaultdict
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import F, Sum
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as some

from portal.refusals import Refused
from projects.delivery import services as delivery
from projects.funding import services
from projects.funding.models import Account, Contract, LedgerEntry, Payment, Posting, Project
from projects.funding.queries import numbers_that_differ, totals
from projects.models import BalanceRuling, StageMove
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
    some.tuples(some.just("request"), WHICH, some.sampled_from(["advance", "progress", "balance", "retention"]), AMOUNT),
    some.tuples(some.just("release"), WHICH, some.booleans()),
    some.tuples(some.just("refuse"), WHICH),
    some.tuples(some.just("move"), WHICH, some.sampled_from(["delivery", "acceptance", "evaluation", "done"])),
    some.tuples(some.just("rule"), WHICH, some.booleans()),
    some.tuples(some.just("settle"), WHICH),
    some.tuples(some.just("give_up"), WHICH),
    some.tuples(some.just("forfeit"), WHICH),
)
PHASES = [phase for phase in Phase if phase is not Phase.explain]
RUNS = int(os.environ.get("LEDGER_RUNS", "12"))  # LEDGER_RUNS=10000 for a long night


class Street:
    """Tries each step; a refusal is an answer, anything else would fail the test."""

    def __init__(self):
        self.world = worlds.approved(amount=100_000_00, envelope=1_000_000_00, retention_percent=5)
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
        if stage == "evaluation":
            at = NOON - timedelta(days=400)  # the warranty of a year is over
            StageMove.objects.create(round=project.round, project=project, left="acceptance", entered=stage, at=at)

    def rule(self, place, holds):
        project = self.nth(Project.objects, place)
        services.rule_on_balance(project=project, holds=holds, total=2 if holds else 5, answers=1, now=NOON)

    def settle(self, place):
        project = self.nth(Project.objects, place)
        services.settle_project(project_id=project.pk, by=self.world.officer, note="核减", now=NOON)


    def give_up(self, place):
        """Stopped first, then for good; a second time is refused."""
        given = {"project_id": self.nth(Project.objects, place).pk, "by": self.world.officer, "now": NOON}
        with suppress(Refused):
            delivery.stop_project(**given, reason="地下管线无法迁改。")
        delivery.end_project(**given, reason="管线单位不同意迁改，不再实施。")

    def forfeit(self, place):
        project = self.nth(Project.objects, place)
        services.forfeit_retention(project_id=project.pk, by=self.world.officer, reason="漏水没有修。", now=NOON)


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
    assert numbers_that_differ() == [], "a project's stored sum, its payments and the ledger say three things"
    for contract, amount in Payment.objects.filter(state="released").values_list("contract").annotate(s=Sum("amount")):
        assert amount <= Payment.objects.filter(contract=contract).first().contract.amount
    for project in Project.objects.filter(settlement__isnull=False):
        left = [held[a.pk] for a in Account.objects.filter(project=project, kind__in=["allotted", "contracted"])]
        later = Payment.objects.filter(contract__project=project, instalment="retention", state="released")
        after = sum(later.values_list("amount", flat=True))
        paid_then = sum(held[a.pk] for a in Account.objects.filter(project=project, kind="paid"))
        gone = Posting.objects.filter(project=project, kind="forfeit").exists()
        assert gone or sum(left) <= project.settlement.retained, "a settled project holds more than the warranty keeps"
        assert not (gone and any(left)), "a forfeited retention is still held"
        assert project.settlement.paid <= paid_then <= project.settlement.paid + after
        if project.stops.filter(ended_at__isnull=False).exists() and project.settlement.retained == 0:
            assert not any(left), "a project given up still holds money"
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


@settings(max_examples=RUNS, deadline=None, phases=PHASES, suppress_health_check=list(HealthCheck))
@given(some.lists(STEPS, min_size=5, max_size=30))
def test_nothing_is_spent_twice_and_every_fen_leads_to_a_contract_a_voucher_and_two_people(steps):
    """S31, and the invariants of the ledger."""
    with transaction.atomic():
        street = Street()
        for step in steps:
            street.step(*step)
        check(street)
        transaction.set_rollback(True)
