"""Money moves as the programme says: once, within the envelope, by two people, against a contract and a voucher."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, InternalError, connection, transaction

from communities.accounts.models import User
from communities.roles.rules import Role
from portal.models import LogEntry, Notice
from portal.refusals import Refused
from projects.funding import gate, queries, services
from projects.funding.models import Account, LedgerEntry, Payment, Posting, Project
from projects.models import ApprovalDecision
from projects.proposals.standings import Standing
from tests import factories as make
from tests.factories import NOON
from tests.projects import project_worlds as worlds

pytestmark = pytest.mark.django_db


def held(world, kind):
    return sum(amount for _account, amount in queries.pools(world.project, kind))


def in_envelope(world):
    return queries.balance(Account.objects.get(kind="envelope", envelope=world.envelope))


def refused(code):
    return pytest.raises(Refused, match=f"^{code}$")


def approve(world, proposal, amount):
    ApprovalDecision.objects.create(
        proposal=proposal,
        round=proposal.round,
        verdict="approve",
        amount=amount,
        asked=amount,
        gates={},
        by=world.officer,
        at=NOON,
    )


def test_receive_makes_one_project_for_each_approved_item_with_its_approved_amount():
    world = worlds.approved()
    batch = world.batch
    second = make.proposal(batch, world.supporter, standing=Standing.APPROVED, title="凉亭加装座椅")
    declined = make.proposal(batch, world.supporter, standing=Standing.DECLINED)
    approve(world, world.project.proposal, 80_000_00)
    approve(world, second, 30_000_00)
    gate.receive(batch, now=NOON)
    gate.receive(batch, now=NOON + timedelta(minutes=5))
    assert Project.objects.filter(round=batch).count() == 2
    assert second.project.budget == 30_000_00 and second.project.stage == "funding"
    assert not Project.objects.filter(proposal=declined).exists()
    assert in_envelope(world) == 2_000_000_00 - 80_000_00 - 30_000_00
    assert Notice.objects.filter(person=world.supporter, kind="funding.entered").count() == 1


def test_no_project_passes_the_envelope():
    world = worlds.approved(amount=80_000_00, envelope=100_000_00)
    other = make.proposal(world.batch, world.supporter, standing=Standing.APPROVED)
    with refused("not_enough"):
        services.receive_project(proposal=other, amount=20_000_01, now=NOON)
    assert not Project.objects.filter(proposal=other).exists()
    services.receive_project(proposal=other, amount=20_000_00, now=NOON)
    assert in_envelope(world) == 0


def test_contract_binds_its_amount_and_lets_the_responsible_person_sign_in():
    world = worlds.approved()
    contract = worlds.sign(
        world, amount=60_000_00, responsible_phone="13800138000", liaison_phone="13800138001", liaison_name="小吴"
    )
    assert (held(world, "allotted"), held(world, "contracted")) == (20_000_00, 60_000_00)
    assert contract.responsible == User.objects.with_phone("13800138000")
    assert contract.responsible.name == "吴国栋" and contract.liaison != contract.responsible
    with refused("over_budget"):
        worlds.sign(world, amount=20_000_01, number="HT-2")
    with refused("number_taken"):
        worlds.sign(world, amount=1_00, number=contract.number)
    assert LogEntry.objects.filter(action="funding.sign_contract").count() == 1


def test_whoever_accepts_or_decides_does_not_deliver():
    world = worlds.approved()
    from communities.accounts import phones

    own = phones.unseal(world.proposer.phone_cipher)
    with refused("provider_is_proposer"):
        worlds.sign(world, responsible_phone=own)
    clerk = make.resident(world.home, "社区小陈")
    from communities.roles.models import Appointment

    Appointment.objects.create(
        person=clerk, role=Role.COMMUNITY_WORKER, division=world.home, starts_on=NOON.date() - timedelta(days=9)
    )
    with refused("provider_holds_office"):
        worlds.sign(world, responsible_phone=phones.unseal(clerk.phone_cipher))


def test_plain_route_and_lapsed_eligibility_are_refused():
    world = worlds.approved()
    with refused("route_too_plain"):
        worlds.sign(world, amount=60_000_00, route="direct")
    world.provider.eligible_until = NOON.date() - timedelta(days=1)
    world.provider.save()
    with refused("provider_not_eligible"):
        worlds.sign(world)


def test_only_the_street_of_the_project_signs():
    """S28: another street's officer has no hand in it."""
    world = worlds.approved()
    stranger = make.street_officer(make.street("坂田街道"))
    world.provider = worlds.provider(world.officer, world.home.parent)
    for person in (stranger, world.worker, world.proposer):
        world.officer = person
        with refused("not_yours"):
            worlds.sign(world)


def test_funding_holds_until_a_contract_with_a_day_of_start():
    world = worlds.approved()
    assert [hold.code for hold in gate.holding(world.project, now=NOON)] == ["no_contract"]
    with refused("held"):
        services.start_delivery(project_id=world.project.pk, by=world.officer, now=NOON)
    contract = worlds.sign(world, starts_by=None)
    assert [hold.code for hold in gate.holding(world.project, now=NOON)] == ["no_start"]
    services.set_start(contract_id=contract.pk, by=world.officer, starts_by=NOON.date(), now=NOON)
    assert gate.holding(world.project, now=NOON) == []
    assert services.start_delivery(project_id=world.project.pk, by=world.officer, now=NOON) is True
    assert world.again().stage == "delivery"


def test_payment_needs_two_people_and_a_fresh_voucher():
    world = worlds.in_delivery()
    request = {
        "contract_id": world.contract.pk,
        "instalment": "progress",
        "voucher": "FP-1",
        "purpose": "进度款",
        "now": NOON,
    }
    payment = services.request_payment(by=world.officer, amount=20_000_00, **request)
    assert Notice.objects.filter(person=world.second, kind="funding.request").exists()
    with refused("same_person"):
        services.release_payment(payment_id=payment.pk, by=world.officer, now=NOON)
    with refused("voucher_used"):
        services.request_payment(by=world.officer, amount=1_00, **request)
    services.release_payment(payment_id=payment.pk, by=world.second, now=NOON)
    with refused("already_decided"):
        services.release_payment(payment_id=payment.pk, by=world.second, now=NOON)
    payment.refresh_from_db()
    assert (payment.state, payment.decided_by) == ("released", world.second)
    assert held(world, "paid") == 20_000_00 and held(world, "contracted") == 40_000_00


def test_refused_request_frees_its_amount_and_voucher():
    world = worlds.in_delivery()
    request = {
        "contract_id": world.contract.pk,
        "instalment": "progress",
        "voucher": "FP-1",
        "purpose": "进度款",
        "now": NOON,
        "by": world.officer,
    }
    payment = services.request_payment(amount=54_000_00, **request)
    with refused("balance_not_kept"):
        services.request_payment(amount=1, **{**request, "voucher": "FP-2"})
    with refused("same_person"):
        services.refuse_payment(payment_id=payment.pk, by=world.officer, reason="不是我批", now=NOON)
    services.refuse_payment(payment_id=payment.pk, by=world.second, reason="发票抬头不对", now=NOON)
    again = services.request_payment(amount=54_000_00, **request)
    services.release_payment(payment_id=again.pk, by=world.second, now=NOON)
    assert held(world, "paid") == 54_000_00
    told = Notice.objects.get(person=world.officer, kind="funding.refused")
    assert told.params["reason"] == "发票抬头不对"


def test_cofunding_is_spent_first_and_never_returns_to_the_envelope():
    world = worlds.approved(amount=50_000_00)
    services.enter_cofunding(
        project_id=world.project.pk,
        by=world.officer,
        kind="company",
        name="龙岭股份合作公司",
        amount=20_000_00,
        now=NOON,
    )
    worlds.sign(world, amount=65_000_00)
    left = queries.pools(world.project, Account.Kind.ALLOTTED)
    assert [(account.source_id, amount) for account, amount in left] == [(None, 5_000_00)]
    money = queries.money_of(world.project.proposal)
    assert (money.cofunded, money.available, money.contracted) == (20_000_00, 70_000_00, 65_000_00)


def test_settlement_sends_each_fen_home_and_closes_the_money():
    world = worlds.concluded()
    worlds.pay(world, 50_000_00, now=worlds.AFTER)
    before = in_envelope(world)
    with refused("reduction_unexplained"):
        services.settle_project(project_id=world.project.pk, by=world.officer, now=worlds.AFTER)
    settlement = services.settle_project(
        project_id=world.project.pk, by=world.officer, note="扶手少装两米，核减。", now=worlds.AFTER
    )
    assert (settlement.paid, settlement.returned) == (50_000_00, 30_000_00)
    assert in_envelope(world) == before + 30_000_00
    assert held(world, "allotted") == held(world, "contracted") == 0
    with refused("already_settled"):
        worlds.pay(world, 1_00, now=worlds.AFTER)
    money = queries.money_of(world.project.proposal)
    assert (money.allotted, money.contracted, money.paid, money.returned) == (
        80_000_00,
        50_000_00,
        50_000_00,
        30_000_00,
    )


def test_low_score_holds_the_balance_until_the_street_says_why_it_may_go():
    world = worlds.concluded(score=2)
    request = {
        "contract_id": world.contract.pk,
        "by": world.officer,
        "instalment": "balance",
        "amount": 6_000_00,
        "voucher": "FP-9",
        "purpose": "尾款",
        "now": worlds.AFTER,
    }
    payment = services.request_payment(**request)
    with refused("low_score"):
        services.release_payment(payment_id=payment.pk, by=world.second, now=worlds.AFTER)
    services.lift_hold(project_id=world.project.pk, by=world.officer, reason="扶手已重新加固。", now=worlds.AFTER)
    with refused("nothing_held"):
        services.lift_hold(project_id=world.project.pk, by=world.officer, reason="再来一次。", now=worlds.AFTER)
    services.release_payment(payment_id=payment.pk, by=world.second, now=worlds.AFTER)
    assert held(world, "paid") == 6_000_00


def test_splitting_is_shown_and_stops_nothing():
    world = worlds.approved(amount=100_000_00)
    worlds.sign(world, amount=49_000_00, route="direct", number="HT-1")
    second = worlds.sign(world, amount=48_000_00, route="direct", number="HT-2")
    assert [warning.code for warning in queries.splitting_of(world.project, second)] == ["looks_split"]


def test_registering_a_provider_again_updates_it():
    world = worlds.approved()
    first = worlds.provider(world.officer, world.home.parent)
    again = worlds.provider(world.second, world.home.parent, name="深圳市惠邻建设集团有限公司")
    assert (again.pk, again.name, again.registered_by) == (first.pk, "深圳市惠邻建设集团有限公司", world.officer)
    with refused("not_yours"):
        worlds.provider(world.worker, world.home.parent)


# What the database keeps by itself


@pytest.mark.parametrize("table", ["posting", "ledgerentry", "account"])
def test_the_ledger_only_grows(table):
    """S47: not even the portal may change or remove a row."""
    worlds.approved()
    for statement in (f"UPDATE projects_{table} SET id = id", f"DELETE FROM projects_{table}"):
        with (
            pytest.raises((InternalError, Exception), match="only grows"),
            transaction.atomic(),
            connection.cursor() as c,
        ):
            c.execute(statement)


def test_an_overdrawn_account_is_denied_by_the_database():
    world = worlds.approved()
    account = Account.objects.get(kind="allotted", project=world.project)
    other = Account.objects.create(kind="contracted", envelope=world.envelope, project=world.project)
    with pytest.raises(IntegrityError, match="has not that much"), transaction.atomic():
        posting = Posting.objects.create(kind="contract", key="by-hand", project=world.project, at=NOON)
        LedgerEntry.objects.create(posting=posting, account=other, side="debit", amount=80_000_01)
        LedgerEntry.objects.create(posting=posting, account=account, side="credit", amount=80_000_01)


def test_an_unbalanced_posting_is_denied_by_the_database():
    world = worlds.approved()
    account = Account.objects.get(kind="allotted", project=world.project)
    with pytest.raises(IntegrityError, match="does not balance"), transaction.atomic():
        posting = Posting.objects.create(kind="allot", key="lopsided", project=world.project, at=NOON)
        LedgerEntry.objects.create(posting=posting, account=account, side="debit", amount=5)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_one_person_cannot_be_written_as_both():
    world = worlds.in_delivery()
    with pytest.raises(IntegrityError, match="two_people_release_a_payment"), transaction.atomic():
        Payment.objects.create(
            contract=world.contract,
            instalment="progress",
            amount=1,
            voucher="x",
            purpose="x",
            state="released",
            requested_by=world.officer,
            requested_at=NOON,
            decided_by=world.officer,
            decided_at=NOON,
        )


def test_a_released_payment_stays_as_it_is():
    world = worlds.in_delivery()
    payment = worlds.pay(world, 10_000_00)
    with pytest.raises(Exception, match="only grows"), transaction.atomic():
        Payment.objects.filter(pk=payment.pk).update(amount=1)
