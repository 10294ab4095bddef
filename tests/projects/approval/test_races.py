"""Officers at the same instant, on PostgreSQL: one decision, and never past the envelope."""

from __future__ import annotations

import pytest

from communities.models import User
from portal.refusals import Refused
from projects.approval import queries, services
from projects.approval.models import ApprovalDecision, SecondSignature
from tests import factories
from tests.factories import NOON
from tests.projects.approval.test_services import decide, desk
from tests.threads import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


def codes(answers: list) -> set[str]:
    return {answer.refusal.code for answer in answers if isinstance(answer, Refused)}


def test_two_officers_decide_one_item_at_once_and_one_decision_stands():
    batch, officer, (first, _second) = desk()
    others = [factories.street_officer(batch.street, f"街道{place}") for place in range(3)]
    acts = [lambda key=each.pk: decide(first, User.objects.get(pk=key)) for each in [officer, *others]]
    answers = at_once(acts)
    assert sum(isinstance(answer, ApprovalDecision) for answer in answers) == 1
    assert codes(answers) == {"decided"}
    assert ApprovalDecision.objects.count() == 1


def test_items_decided_at_once_never_pass_the_envelope():
    batch, officer, rows = desk(proposals=6, amount=250_000_00)
    answers = at_once([lambda row=row: decide(row, User.objects.get(pk=officer.pk)) for row in rows])
    assert sum(isinstance(answer, ApprovalDecision) for answer in answers) == 3
    assert codes(answers) == {"over_envelope"}
    assert queries.approved_sum(batch, rows[0].community_id) == 240_000_00


def test_two_second_signatures_at_once_leave_one():
    batch, officer, (first, _second) = desk(estimate=300_000_00)
    row = decide(first, officer)
    others = [factories.street_officer(batch.street, f"街道{place}") for place in range(3)]
    acts = [
        lambda key=each.pk: services.sign_second(
            decision_id=row.pk, agrees=True, reason="", by=User.objects.get(pk=key), now=NOON
        )
        for each in others
    ]
    answers = at_once(acts)
    assert sum(isinstance(answer, SecondSignature) for answer in answers) == 1
    assert codes(answers) == {"already_signed"}
