"""The stored sum of a project's payments: the database alone writes it, and what differs is found and told."""

from datetime import timedelta

import pytest
from django.db import connection

from portal.models import LogEntry
from projects.funding import queries, services
from projects.models import Payment, Project
from tests.factories import NOON
from tests.projects import project_worlds as worlds

pytestmark = pytest.mark.django_db


def test_only_a_released_payment_adds_to_the_sum():
    """D6: neither a stale row that is saved again nor a hand changes it."""
    world = worlds.in_delivery()
    stale = Project.objects.get(pk=world.project.pk)
    asked = services.request_payment(
        contract_id=world.contract.pk, instalment="progress", amount=5_000_00, voucher="FP-1", purpose="进度款", by=world.officer, now=NOON
    )
    assert world.again().paid == 0
    services.refuse_payment(payment_id=asked.pk, by=world.second, reason="发票抬头不对", now=NOON)
    assert world.again().paid == 0
    worlds.pay(world, 20_000_00)
    worlds.pay(world, 10_000_00)
    stale.title = "改过的名称"
    stale.save()
    Project.objects.filter(pk=stale.pk).update(paid=1)
    after = world.again()
    assert (after.title, after.paid) == ("改过的名称", 30_000_00)
    assert queries.paid_three_ways(after) == (30_000_00,) * 3
    assert services.prove_sums(now=NOON) == 0 and not LogEntry.objects.filter(action="funding.prove_sums").exists()


@pytest.mark.parametrize("broken", ["stored", "payments", "ledger"])
def test_a_sum_that_differs_is_told_with_all_three(broken):
    """Whichever of the three was tampered with past the triggers."""
    world = worlds.in_delivery()
    paid = worlds.pay(world, 20_000_00)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        if broken == "stored":
            Project.objects.filter(pk=world.project.pk).update(paid=1)
        elif broken == "payments":
            Payment.objects.filter(pk=paid.pk).update(amount=1)
        else:
            paid.postings.get().entries.update(amount=1)
        cursor.execute("SET LOCAL session_replication_role = origin")
    assert services.prove_sums(now=NOON + timedelta(days=1)) == 1
    row = LogEntry.objects.get(action="funding.prove_sums")
    right = {"stored": 20_000_00, "payments": 20_000_00, "ledger": 20_000_00}
    assert (row.result, row.about_id, row.detail) == ("differs", str(world.project.pk), right | {broken: 1})
    assert world.again().paid == (1 if broken == "stored" else 20_000_00)
