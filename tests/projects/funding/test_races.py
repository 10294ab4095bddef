"""Two officers at one payment, twenty requests at the last of a contract, two projects at the last of an envelope."""

import threading

import pytest
from django.db import connection

from portal.refusals import Refused
from projects.funding import queries, services
from projects.funding.models import Payment, Posting, Project
from projects.proposals.standings import Standing
from tests import factories as make
from tests.factories import NOON
from tests.projects import project_worlds as worlds

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


def together(acts):
    """Run the acts at once; for each "done" or the refusal's code. Anything else fails the test."""
    start, answers = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        try:
            start.wait(10)
            act()
            answers[place] = "done"
        except Refused as refused:
            answers[place] = refused.refusal.code
        except Exception as error:  # noqa: BLE001 - shown by the assertion
            answers[place] = repr(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return sorted(answers)


def test_two_officers_release_one_payment_once():
    world = worlds.in_delivery()
    third = make.street_officer(world.home.parent, "罗敏")
    payment = services.request_payment(
        contract_id=world.contract.pk,
        by=world.officer,
        instalment="progress",
        amount=10_000_00,
        voucher="FP-1",
        purpose="进度款",
        now=NOON,
    )
    acts = [
        lambda by=by: services.release_payment(payment_id=payment.pk, by=by, now=NOON)
        for by in (world.second, third, world.second, third)
    ]
    assert together(acts) == ["already_decided"] * 3 + ["done"]
    assert Posting.objects.filter(payment=payment).count() == 1
    assert queries.money_of_project(world.project).paid == 10_000_00


def test_twenty_requests_at_the_last_of_a_contract():
    world = worlds.in_delivery()
    acts = [
        lambda n=n: services.request_payment(
            contract_id=world.contract.pk,
            by=world.officer,
            instalment="progress",
            amount=20_000_00,
            voucher=f"FP-{n}",
            purpose="进度款",
            now=NOON,
        )
        for n in range(20)
    ]
    answers = together(acts)
    assert answers.count("done") == 2
    assert set(answers) == {"done", "balance_not_kept"}
    assert Payment.objects.count() == 2
    assert queries.standing_of(world.contract).committed == 40_000_00


def test_two_projects_at_the_last_of_the_envelope():
    world = worlds.approved(amount=80_000_00, envelope=130_000_00)
    both = [make.proposal(world.batch, world.supporter, standing=Standing.APPROVED) for _ in range(2)]
    acts = [lambda p=p: services.receive_project(proposal=p, amount=50_000_00, now=NOON) for p in both]
    assert together(acts) == ["done", "not_enough"]
    assert Project.objects.count() == 2


def test_a_project_is_received_and_started_once():
    world = worlds.approved()
    worlds.sign(world)
    proposal = world.project.proposal
    assert together([lambda: services.receive_project(proposal=proposal, amount=1, now=NOON)] * 3) == ["done"] * 3
    acts = [
        lambda by=by: services.start_delivery(project_id=world.project.pk, by=by, now=NOON)
        for by in (world.officer, world.second)
    ]
    answers = together(acts)
    assert answers[0] in ("done", "not_now") and answers[1] in ("done", "not_now")
    assert world.again().moves.count() == 1
