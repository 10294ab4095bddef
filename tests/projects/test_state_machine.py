"""The ledger and the wall chart together: whatever anybody tries at any time, both stay right after every single step.

Projects stand at each of their stages; people of every kind act on them, the right ones mostly, and time goes on.
LEDGER_RUNS=10000 for a long night.
"""

from __future__ import annotations

import os
from collections import defaultdict
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from portal.models import LogEntry
from portal.refusals import Refused
from projects import pipeline
from projects.acceptance import services as acceptance
from projects.acceptance.rules import Seat
from projects.delivery import services as delivery
from projects.evaluation import services as evaluation
from projects.funding import services as funding
from projects.funding.models import Account, Contract, LedgerEntry, Payment, Posting, Project, Settlement
from projects.models import StageMove
from projects.proposals.standings import Standing
from tests import factories as make
from tests.projects import project_worlds as worlds

RUNS = int(os.environ.get("LEDGER_RUNS", "6"))
STEPS = int(os.environ.get("LEDGER_STEPS", "20"))
WHICH = some.integers(0, 5)
AMOUNT = some.one_of(some.sampled_from([1, 3_000_00, 6_000_00, 18_000_00]), some.integers(1, 90_000_00))
LUCK = some.integers(0, 9)  # 9: somebody tries whose act it is not
PHASES = [phase for phase in Phase if phase is not Phase.explain]
# what moved money, by the kind of posting, and the act in the log that answers for it
ACTS = {
    "cofund": {"funding.enter_cofunding"},
    "allot": {"funding.receive_project"},
    "contract": {"funding.sign_contract"},
    "pay": {"funding.release_payment"},
    "reduce": {"funding.settle_project"},
    "forfeit": {"funding.forfeit_retention"},
    "return": {"funding.settle_project", "funding.forfeit_retention"},
}


class Street:
    """One project at each place of the way, and the people who have to do with them."""

    def __init__(self):
        home = make.community()
        given = {"home": home, "envelope": 300_000_00, "retention_percent": 5}
        made = (
            worlds.approved, worlds.in_delivery, worlds.in_acceptance, worlds.in_evaluation,
            lambda **more: worlds.concluded(score=1, **more), worlds.concluded,
        )  # fmt: skip
        self.worlds = [make_one(**given) for make_one in made]
        self.provider = worlds.provider(self.worlds[0].officer, home.parent)
        for world in self.worlds:
            world.provider = self.provider
        self.people = [
            *(who for w in self.worlds for who in (w.officer, w.worker, w.proposer)),
            self.worlds[-1].supervisor, self.worlds[-1].contract.responsible, make.resident(home), make.person("路人"),
        ]  # fmt: skip


class Machine(RuleBasedStateMachine):
    street: Street

    @initialize()
    def begins(self):
        self.now, self.serial = worlds.AFTER, 0
        self.point = transaction.savepoint()

    def teardown(self):
        if hasattr(self, "point"):
            transaction.savepoint_rollback(self.point)

    def tries(self, act, **given):
        """A refusal is an answer; anything else fails the test."""
        self.serial += 1
        with suppress(Refused), transaction.atomic():
            act(now=self.now, **given)

    def world(self, which):
        return self.street.worlds[which % len(self.street.worlds)]

    def by(self, right, luck):
        people = self.street.people
        return right if luck < 9 else people[(self.serial * 7 + luck) % len(people)]

    def about(self, which):
        return {"project_id": self.world(which).project.pk}

    # the money

    @rule(which=WHICH, amount=AMOUNT)
    def approve(self, which, amount):
        world = self.world(which)
        row = make.proposal(world.batch, world.proposer, standing=Standing.APPROVED)
        self.tries(funding.receive_project, proposal=row, amount=amount)

    @rule(which=WHICH, luck=LUCK, amount=AMOUNT)
    def cofund(self, which, luck, amount):
        by = self.by(self.world(which).officer, luck)
        self.tries(funding.enter_cofunding, **self.about(which), by=by, kind="fund", name="社区基金", amount=amount)

    @rule(which=WHICH, luck=LUCK, amount=AMOUNT)
    def sign(self, which, luck, amount):
        today = timezone.localdate(self.now)
        self.tries(
            funding.sign_contract, **self.about(which), by=self.by(self.world(which).officer, luck),
            provider_id=self.street.provider.pk, number=f"HT-{self.serial}", amount=amount, route="tender", signed_on=today,
            starts_by=today, responsible_name="吴国栋", responsible_phone="13977700001",
        )  # fmt: skip

    @rule(which=WHICH, place=WHICH, luck=LUCK, kind=some.sampled_from(["advance", "progress", "balance", "retention"]), amount=AMOUNT)
    def request(self, which, place, luck, kind, amount):
        """Mostly released at once, by the other officer or by whoever tries."""
        rows = list(Contract.objects.filter(project=self.world(which).project).order_by("pk"))
        if not rows:
            return
        contract = rows[place % len(rows)]
        self.tries(
            funding.request_payment, contract_id=contract.pk, by=self.by(self.world(which).officer, luck),
            instalment=kind, amount=amount, voucher=f"FP-{self.serial % 5}", purpose="工程款",
        )  # fmt: skip
        if row := Payment.objects.filter(contract=contract, state="requested").first() if luck % 3 else None:
            self.tries(funding.release_payment, payment_id=row.pk, by=self.by(self.world(which).second, luck))

    @rule(which=WHICH, luck=LUCK, refuses=some.integers(0, 3))
    def decide(self, which, luck, refuses):
        rows = list(Payment.objects.filter(contract__project=self.world(which).project).order_by("-pk")[:3])
        for row in rows[luck % 3 : luck % 3 + 1]:
            given = {"payment_id": row.pk, "by": self.by(self.world(which).second, luck)}
            if refuses:
                self.tries(funding.release_payment, **given)
            else:
                self.tries(funding.refuse_payment, **given, reason="凭证不清")

    @rule(which=WHICH, luck=LUCK, act=some.sampled_from(["settle", "lift", "forfeit"]))
    def ends_the_money(self, which, luck, act):
        given = {**self.about(which), "by": self.by(self.world(which).officer, luck)}
        if act == "settle":
            self.tries(funding.settle_project, **given, note="按核实的工程量核减。")
        elif act == "lift":
            self.tries(funding.lift_hold, **given, reason="已按意见加固扶手。")
        else:
            self.tries(funding.forfeit_retention, **given, reason="漏水通知三次没有修。")

    # the way

    @rule(which=WHICH, luck=LUCK)
    def start(self, which, luck):
        self.tries(funding.start_delivery, **self.about(which), by=self.by(self.world(which).officer, luck))

    @rule(which=WHICH, luck=LUCK)
    def build(self, which, luck):
        world = self.world(which)
        contract = world.project.contracts.order_by("pk").first()
        if not contract:
            return
        given = {**self.about(which), "by": self.by(contract.responsible, luck)}
        self.tries(delivery.add_milestone, **given, title="坡道浇筑", due_on=timezone.localdate(self.now))
        for step in world.project.milestones.filter(done_on=None):
            self.tries(delivery.complete_milestone, milestone_id=step.pk, by=given["by"])
        if not world.project.evidence.exists():
            self.tries(delivery.report_progress, **given, percent=100, text="坡道和扶手都已完工。", kind="after", files=[PHOTO])
        self.tries(delivery.declare_finished, **given, text="坡道、扶手全部完工。")

    @rule(which=WHICH, luck=LUCK, act=some.sampled_from(["stop", "resume", "end"]))
    def stops(self, which, luck, act):
        given = {**self.about(which), "by": self.by(self.world(which).officer, luck)}
        if act == "stop":
            self.tries(delivery.stop_project, **given, reason="开挖发现燃气管线。")
        elif act == "resume":
            self.tries(delivery.resume_project, **given, note="管线已经迁改完毕。")
        else:
            self.tries(delivery.end_project, **given, reason="管线单位不同意迁改。")

    @rule(which=WHICH, luck=LUCK)
    def inspect(self, which, luck):
        """The panel sits when it does not yet, and the community brings the project before it."""
        world = self.world(which)
        given = {**self.about(which), "by": self.by(world.worker, luck)}
        last = self.street.worlds[-1]
        if not world.project.panel.exists():
            seats = [(Seat.PROPOSER, None), *((Seat.RESIDENT, who) for who in last.neighbours), (Seat.SUPERVISOR, last.supervisor),
                     (Seat.COMMUNITY, world.worker), (Seat.TECHNICAL, last.engineer)]  # fmt: skip
            for seat, who in seats:
                self.tries(acceptance.appoint_member, **given, seat=seat, person=who)
        self.tries(delivery.open_acceptance, **given)

    @rule(which=WHICH, luck=LUCK, meets=some.integers(0, 4))
    def mark(self, which, luck, meets):
        for member in self.world(which).project.panel.select_related("person"):
            given = {**self.about(which), "by": self.by(member.person, luck)}
            self.tries(acceptance.mark_project, **given, meets=bool(meets), text="" if meets else "扶手松动，要加固。")

    @rule(which=WHICH, luck=LUCK, act=some.sampled_from(["sign", "accept", "rework"]))
    def conclude(self, which, luck, act):
        world = self.world(which)
        if act == "sign":
            self.tries(acceptance.sign_off, **self.about(which), by=self.by(world.proposer, luck), satisfaction=4, text="")
            return
        given = {**self.about(which), "by": self.by(world.worker, luck)}
        if act == "accept":
            self.tries(acceptance.accept_project, **given)
        else:
            due_on = timezone.localdate(self.now) + timedelta(days=9)
            self.tries(acceptance.order_rework, **given, due_on=due_on, reason="扶手松动，要加固。")

    @rule(which=WHICH, luck=LUCK, score=some.integers(0, 6))
    def rate(self, which, luck, score):
        by = self.by(self.world(which).proposer, luck)
        self.tries(evaluation.rate_project, **self.about(which), by=by, score=score, text="")

    @rule(which=WHICH, luck=LUCK)
    def publish(self, which, luck):
        self.tries(evaluation.conclude_ratings, **self.about(which), by=self.by(self.world(which).worker, luck))

    @rule(which=WHICH, luck=LUCK)
    def close(self, which, luck):
        self.tries(evaluation.close_project, **self.about(which), by=self.by(self.world(which).officer, luck))

    @rule(days=some.sampled_from([1, 12, 40, 370]))
    def wait(self, days):
        self.now += timedelta(days=days)

    # what must hold after each of them

    @invariant()
    def money_is_conserved(self):
        held = defaultdict(int)
        for account, side, amount in LedgerEntry.objects.values_list("account", "side", "amount"):
            held[account] += amount if side == "debit" else -amount
        assert sum(held.values()) == 0, "money came from nowhere or went nowhere"
        rows = Account.objects.values_list("pk", "kind", "envelope", "envelope__amount", "project", "source")
        inside, given, sources = defaultdict(int), {}, defaultdict(int)
        self.left, self.paid = defaultdict(int), defaultdict(int)
        for pk, kind, envelope, amount, project, source in rows:
            if kind in Account.OUTSIDE:
                sources[source] += held[pk]
                continue
            assert held[pk] >= 0, "an account fell below zero"
            if source:
                sources[source] += held[pk]
            else:
                inside[envelope] += held[pk]
                given[envelope] = amount
            if kind == "paid":
                self.paid[project] += held[pk]
            elif project:
                self.left[project] += held[pk]
        sources.pop(None, None)
        assert dict(inside) == given, "an envelope was passed or lost something"
        assert not any(sources.values()), "a giver's money was mixed with others"

    @invariant()
    def never_more_is_paid_than_was_allotted(self):
        amounts, sums = {}, defaultdict(int)
        bound = defaultdict(int)
        for pk, project, amount in Contract.objects.values_list("pk", "project", "amount"):
            amounts[pk] = amount
            bound[project] += amount
        paid = defaultdict(int)
        rows = Payment.objects.filter(state="released").values_list(
            "contract", "contract__project", "amount", "requested_by", "decided_by", "voucher"
        )
        for contract, project, amount, asked, released, voucher in rows:
            assert asked != released and voucher, "a payment without two people and a voucher"
            sums[contract] += amount
            paid[project] += amount
        assert all(sums[pk] <= amounts[pk] for pk in sums), "a contract was paid beyond its amount"
        assert dict(paid) == {project: amount for project, amount in self.paid.items() if amount}, "paid without a payment"
        allotted = defaultdict(int, Project.objects.values_list("pk", "budget"))
        for project, amount in LedgerEntry.objects.filter(posting__kind="cofund", side="debit").values_list("posting__project", "amount"):
            allotted[project] += amount
        assert all(bound[pk] <= allotted[pk] for pk in bound), "contracts beyond the project's money"
        assert all(paid[pk] <= bound[pk] for pk in paid)
        for project, retained in Settlement.objects.values_list("project", "retained"):
            assert self.left[project] <= retained, "a settled project holds more than the warranty keeps"

    @invariant()
    def stages_move_by_the_chart(self):
        stages = dict(Project.objects.values_list("pk", "stage"))
        here = dict.fromkeys(stages, pipeline.first_of(pipeline.PROJECT))
        moves = StageMove.objects.exclude(project=None).order_by("pk").values_list("project", "left", "entered", "reason")
        for project, left, entered, reason in moves:
            assert left == here[project], "a stage was left that was never entered"
            assert pipeline.objection_to_move(left, entered, reason=reason) is None, (left, entered)
            here[project] = entered
        assert here == stages, "a stage was written past the engine"
        at_or_after = {pk for pk, stage in stages.items() if stage in ("evaluation", "done")}
        assert not set(Payment.objects.filter(state="released", instalment="balance").values_list("contract__project", flat=True)) - at_or_after

    @invariant()
    def every_movement_of_money_has_its_act(self):
        done = set(LogEntry.objects.filter(action__startswith="funding.").values_list("action", "about_id"))
        cofunded = set(LogEntry.objects.filter(action="funding.enter_cofunding").values_list("detail__source", flat=True))
        rows = Posting.objects.exclude(kind="grant").values_list("kind", "project", "contract", "payment", "by", "key")
        for kind, project, contract, payment, by, key in rows:
            about = {"contract": contract, "pay": payment}.get(kind, project)
            assert any((act, str(about)) in done for act in ACTS[kind]), (kind, key)
            assert by is not None or kind == "allot", (kind, key)
            assert kind != "cofund" or int(key.rpartition("-")[2]) in cofunded


PHOTO = worlds.kept_photo()


@pytest.mark.timeout(120 + 10 * RUNS)
def test_no_order_of_acts_by_anybody_breaks_the_money_or_the_chart(db):
    """S31; separation of duties; the wall chart."""
    Machine.street = Street()
    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=RUNS, stateful_step_count=STEPS, deadline=None, phases=PHASES, suppress_health_check=list(HealthCheck)
        ),
    )
