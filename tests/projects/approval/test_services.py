"""The street's decisions on PostgreSQL: one officer, two above the threshold, never past the envelope."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from communities.models import Appointment
from communities.roles.rules import Role
from portal.models import Notice
from portal.refusals import Refused
from projects.approval import gate, queries, rules, services
from projects.approval.models import ApprovalDecision
from projects.models import Envelope, Proposal, Round, StageMove
from projects.screening.models import Finding
from tests import factories
from tests.factories import NOON
from tests.projects.publicity.notices import POSTED, board

pytestmark = pytest.mark.django_db
AFTER = POSTED + timedelta(days=10)
ALL_YES = dict.fromkeys(rules.GATES, "yes")


def refused(code: str):
    return pytest.raises(Refused, match=f"^{code}$")


def desk(proposals: int = 2, *, amount: int = 2_000_000_00, estimate: int = 80_000_00, **settings: object):
    home = factories.community()
    batch = factories.round_at("approval", home, amount=amount, **settings)
    author = factories.resident(home)
    rows = [factories.proposal(batch, author, standing="chosen", estimate=estimate) for _ in range(proposals)]
    return batch, batch.created_by, rows


def decide(row: Proposal, by, verdict: str = "approve", **given: object) -> ApprovalDecision:
    said = {"amount": None, "conditions": "", "reason": "", "gates": ALL_YES, "now": NOON, **given}
    return services.decide_proposal(proposal_id=row.pk, verdict=verdict, by=by, **said)


def standing(row: Proposal) -> str:
    return Proposal.objects.get(pk=row.pk).standing


def held(batch: Round) -> dict[str, int]:
    return {hold.code: hold.count for hold in gate.holding(batch, now=NOON)}


def test_an_approval_settles_the_item_and_tells_the_proposer():
    batch, officer, (first, _second) = desk()
    assert held(batch) == {"undecided": 2}
    row = decide(first, officer)
    assert (row.amount, row.asked, row.needs_second) == (80_000_00, 80_000_00, False)
    assert (standing(first), held(batch)) == ("approved", {"undecided": 1})
    assert queries.approved_amounts(batch) == {first.pk: 80_000_00}
    assert Notice.objects.get(kind="approval.decided").params["amount"] == {"fen": 8_000_000}


def test_a_lower_amount_tells_why():
    batch, officer, (first, _second) = desk()
    with refused("amount_not_lower"):
        decide(first, officer, "lower", amount=80_000_00, reason="单价偏高")
    decide(first, officer, "lower", amount=60_000_00, reason="单价高于市场价")
    told = Notice.objects.get(kind="approval.decided")
    assert told.params["reason"] == "单价高于市场价" and "核减" in told.text
    assert queries.approved_amount(Proposal.objects.get(pk=first.pk)) == 60_000_00


def test_conditions_are_kept_with_the_approval():
    batch, officer, (first, _second) = desk()
    row = decide(first, officer, "conditions", conditions="施工前征得产权单位同意")
    assert (row.amount, row.conditions) == (80_000_00, "施工前征得产权单位同意")


def test_an_item_that_fails_a_gate_is_refused_with_its_reason():
    batch, officer, (first, _second) = desk()
    failed = {**ALL_YES, "scope": "no"}
    with refused("gate_failed"):
        decide(first, officer, gates=failed)
    decide(first, officer, "refuse", reason="属于物业责任", gates=failed)
    assert standing(first) == "declined"
    with refused("decided"):
        decide(first, officer)


def test_who_proposed_screened_or_debated_does_not_approve():
    """S31: maker is not checker."""
    batch, officer, (first, second) = desk()
    Proposal.objects.filter(pk=first.pk).update(proposer=officer)
    with refused("own_item"):
        decide(first, officer)
    Finding.objects.create(proposal=second, outcome="accepted", by=officer, at=NOON)
    with refused("screened_it"):
        decide(second, officer)
    council = factories.council(batch.envelopes.get().community, 3)
    member = council.seats.first().person
    Appointment.objects.create(person=member, role=Role.STREET_OFFICER, division=batch.street, starts_on=NOON.date())
    with refused("on_council"):
        decide(second, member)
    with refused("not_yours"):
        decide(second, factories.street_officer(factories.street("坂田街道")))


def test_a_large_amount_needs_another_officer():
    batch, officer, (first, _second) = desk(estimate=300_000_00)
    other = factories.street_officer(batch.street, "林婉清")
    row = decide(first, officer)
    assert row.needs_second and standing(first) == "chosen"
    assert held(batch) == {"undecided": 1, "second": 1}
    with refused("waits_for_second"):
        decide(first, other)
    with refused("same_person"):
        services.sign_second(decision_id=row.pk, agrees=True, reason="", by=officer, now=NOON)
    assert list(queries.to_second(other, today=NOON.date())) == [row]
    assert list(queries.to_second(officer, today=NOON.date())) == []
    services.sign_second(decision_id=row.pk, agrees=True, reason="", by=other, now=NOON)
    assert (standing(first), held(batch)) == ("approved", {"undecided": 1})


def test_a_second_officer_who_disagrees_sends_it_back_to_be_decided_anew():
    batch, officer, (first, _second) = desk(estimate=300_000_00)
    other = factories.street_officer(batch.street, "林婉清")
    row = decide(first, officer)
    services.sign_second(decision_id=row.pk, agrees=False, reason="报价依据不全", by=other, now=NOON)
    assert (standing(first), held(batch)) == ("chosen", {"undecided": 2})
    assert queries.approved_sum(batch, first.community_id) == 0
    assert Notice.objects.get(kind="approval.second_refused").person == officer
    decide(first, other, "lower", amount=250_000_00, reason="按重新询价核减")
    assert standing(first) == "approved"


def test_the_sum_of_approvals_never_passes_the_envelope():
    batch, officer, (first, second) = desk(amount=150_000_00)
    decide(first, officer)
    with refused("over_envelope") as told:
        decide(second, officer)
    assert told.value.refusal.params["left"] == "7 万元"
    decide(second, officer, "lower", amount=70_000_00, reason="额度只剩这些")
    assert queries.approved_sum(batch, first.community_id) == 150_000_00


def test_a_decision_that_waits_for_its_second_signature_reserves_the_money():
    batch, officer, (first, second) = desk(amount=500_000_00, estimate=300_000_00)
    decide(first, officer)
    with refused("over_envelope"):
        decide(second, officer)


def test_decisions_only_grow():
    _batch, officer, (first, _second) = desk()
    row = decide(first, officer)
    for change in (lambda: ApprovalDecision.objects.filter(pk=row.pk).update(amount=1), row.delete):
        with pytest.raises(DatabaseError, match="denied"), transaction.atomic():
            change()


def approval_board(**settings: object):
    """Three items passed, two chosen, on the street's desk."""
    b = board(**settings)
    assert b.move("publicity", AFTER)
    return b


def test_a_refused_item_returns_its_money_to_the_next_in_line():
    b = approval_board()
    decide(b.proposals[0], b.officer, now=AFTER)
    with refused("undecided_left"):
        services.answer_refill(round_id=b.batch.pk, refill=True, reason="递补下一位", by=b.officer, now=AFTER)
    decide(b.proposals[1], b.officer, "refuse", reason="与政府项目重复", now=AFTER)
    assert held(b.batch) == {"refill": 1}
    services.answer_refill(round_id=b.batch.pk, refill=True, reason="排在下一位的可以补上", by=b.officer, now=AFTER)
    assert b.stage() == "tally"
    assert StageMove.objects.get(round=b.batch, left="approval").reason == "排在下一位的可以补上"
    assert [b.standing(place) for place in range(3)] == ["approved", "declined", "chosen"]
    assert b.move("tally", AFTER)
    assert [entry["title"] for entry in b.sheet.entries] == ["加装坡道3"]
    assert b.move("publicity", AFTER + timedelta(days=10))
    decide(b.proposals[2], b.officer, now=AFTER + timedelta(days=10))
    assert held(b.batch) == {}
    assert queries.approved_sum(b.batch, b.home.pk) == 160_000_00


def test_the_street_may_leave_the_money_in_the_envelope():
    b = approval_board()
    decide(b.proposals[0], b.officer, now=AFTER)
    decide(b.proposals[1], b.officer, "refuse", reason="与政府项目重复", now=AFTER)
    services.answer_refill(round_id=b.batch.pk, refill=False, reason="年底来不及实施", by=b.officer, now=AFTER)
    assert (b.stage(), held(b.batch)) == ("approval", {})
    with refused("nothing_declined"):
        services.answer_refill(round_id=b.batch.pk, refill=True, reason="改主意了", by=b.officer, now=AFTER)


def test_without_refill_in_the_rules_nothing_is_asked():
    b = approval_board(refill=False)
    decide(b.proposals[0], b.officer, now=AFTER)
    decide(b.proposals[1], b.officer, "refuse", reason="与政府项目重复", now=AFTER)
    assert held(b.batch) == {}
    with refused("no_refill"):
        services.answer_refill(round_id=b.batch.pk, refill=True, reason="想递补", by=b.officer, now=AFTER)


def test_the_district_files_the_list_once_as_it_stands():
    batch, officer, (first, second) = desk()
    district = factories.holder(Role.DISTRICT_OFFICER, batch.street.parent)
    with refused("nothing_approved"):
        services.file_list(round_id=batch.pk, reference="龙民备〔2026〕7号", by=district, now=NOON)
    decide(first, officer)
    with refused("not_yours"):
        services.file_list(round_id=batch.pk, reference="龙民备〔2026〕7号", by=officer, now=NOON)
    row = services.file_list(round_id=batch.pk, reference="龙民备〔2026〕7号", by=district, now=NOON)
    assert row.digest == queries.digest_of(queries.approved_list(batch))
    with refused("filed"):
        services.file_list(round_id=batch.pk, reference="龙民备〔2026〕8号", by=district, now=NOON)
    decide(second, officer)
    assert (
        services.file_list(round_id=batch.pk, reference="龙民备〔2026〕8号", by=district, now=NOON).digest != row.digest
    )


def test_officers_are_told_what_waits_and_until_when():
    batch, officer, _rows = desk()
    batch.stage_since = NOON
    gate.enter(batch, now=NOON)
    told = Notice.objects.get(kind="approval.waiting")
    # NOON is Monday 2 March 2026; ten working days end on the 16th
    assert (told.person, told.params["count"], told.params["day"]) == (officer, 2, {"day": "2026-03-16"})
    assert Envelope.objects.filter(round=batch).count() == 1


def test_a_cancelled_round_approves_nothing_more():
    batch, officer, (first, _second) = desk()
    Round.objects.filter(pk=batch.pk).update(cancelled_at=NOON)
    with pytest.raises(Refused, match="cancelled"):
        decide(first, officer)
    assert queries.awaiting(officer, today=NOON.date()) == []
