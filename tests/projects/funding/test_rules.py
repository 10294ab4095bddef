"""Routes, contracts, instalments, splitting and settlement, as plain decisions."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from projects.funding import rules
from projects.funding.rules import Instalment, Route, Standing
from projects.funding.splitting import splitting_warnings

DAY = date(2026, 3, 2)
LIMITS = {"quotes_from": 50_000_00, "tender_from": 1_000_000_00}


@pytest.mark.parametrize(
    ("amount", "route"),
    [
        (1, Route.DIRECT),
        (49_999_99, Route.DIRECT),
        (50_000_00, Route.QUOTES),
        (999_999_99, Route.QUOTES),
        (1_000_000_00, Route.TENDER),
    ],
)
def test_route_follows_the_amount(amount, route):
    assert rules.route_for(amount, **LIMITS) is route
    stricter = rules.STRICTNESS[rules.STRICTNESS.index(route) :]
    for chosen in Route:
        fault = rules.objection_to_route(chosen, amount, **LIMITS)
        assert (fault is None) == (chosen in stricter)


def test_provider_must_be_eligible_on_the_day_of_signing():
    assert rules.objection_to_provider(DAY, signed_on=DAY) is None
    assert rules.objection_to_provider(DAY, signed_on=DAY + timedelta(days=1)).code == "provider_not_eligible"


def test_dates_of_a_contract():
    assert rules.objection_to_dates(signed_on=DAY, starts_by=DAY, today=DAY) is None
    assert rules.objection_to_dates(signed_on=DAY + timedelta(days=1), starts_by=None, today=DAY).field == "signed_on"
    assert rules.objection_to_dates(signed_on=DAY, starts_by=DAY - timedelta(days=1), today=DAY).field == "starts_by"


def test_contract_stays_within_what_the_project_has():
    assert rules.objection_to_contract(100, free=100) is None
    assert rules.objection_to_contract(101, free=100).code == "over_budget"
    assert rules.objection_to_contract(0, free=100).code == "amount_not_positive"


@pytest.mark.parametrize(
    ("instalment", "amount", "so_far", "stage", "code"),
    [
        ("advance", 30_000, Standing(100_000), "funding", None),
        ("advance", 30_001, Standing(100_000), "funding", "advance_too_high"),
        (
            "advance",
            10_001,
            Standing(100_000, advances=20_000, before_balance=20_000, committed=20_000),
            "delivery",
            "advance_too_high",
        ),
        ("progress", 1, Standing(100_000), "funding", "instalment_too_early"),
        ("progress", 90_000, Standing(100_000), "delivery", None),
        ("progress", 90_001, Standing(100_000), "delivery", "balance_not_kept"),
        ("balance", 10_000, Standing(100_000), "delivery", "instalment_too_early"),
        ("balance", 10_000, Standing(100_000, before_balance=90_000, committed=90_000), "evaluation", None),
        ("balance", 10_001, Standing(100_000, before_balance=90_000, committed=90_000), "evaluation", "over_contract"),
        ("progress", 0, Standing(100_000), "delivery", "amount_not_positive"),
    ],
)
def test_requests_stay_within_their_share(instalment, amount, so_far, stage, code):
    fault = rules.objection_to_request(
        instalment, amount, so_far=so_far, stage=stage, advance_percent=30, balance_percent=10
    )
    assert (fault.code if fault else None) == code


def release(instalment=Instalment.PROGRESS, **known):
    facts = {"same_person": False, "waits": True, "stage": "evaluation", "ruled": True, "held": False}
    fault = rules.objection_to_release(instalment, **{**facts, **known})
    return fault.code if fault else None


def test_release_needs_two_people_and_happens_once():
    """S31: maker and checker are two people."""
    assert release() is None
    assert release(same_person=True) == "same_person"
    assert release(waits=False) == "already_decided"


def test_balance_waits_for_acceptance_and_scores_and_a_low_score_holds_it():
    balance = Instalment.BALANCE
    assert release(balance) is None
    assert release(balance, stage="acceptance") == "not_accepted_yet"
    assert release(balance, ruled=False) == "not_rated_yet"
    assert release(balance, held=True) == "low_score"
    assert release(Instalment.PROGRESS, stage="delivery", ruled=False) is None


def settle(**known):
    facts = {"waiting": 0, "unpaid": 0, "ruled": True, "settled": False, "note": ""}
    fault = rules.objection_to_settlement(**{**facts, **known})
    return fault.code if fault else None


def test_settlement_explains_what_was_not_paid():
    assert settle() is None
    assert settle(unpaid=1) == "reduction_unexplained"
    assert settle(unpaid=1, note="减少工程量") is None
    assert settle(waiting=1) == "payments_wait"
    assert settle(ruled=False) == "not_rated_yet"
    assert settle(settled=True) == "already_settled"


@given(some.lists(some.integers(0, 10**9), max_size=6), some.data())
def test_shares_take_exactly_the_amount_in_order(balances, data):
    amount = data.draw(some.integers(0, sum(balances)))
    taken = rules.shares(amount, list(enumerate(balances)))
    assert sum(part for _key, part in taken) == amount
    assert all(0 < part <= balances[key] for key, part in taken)
    assert [key for key, _part in taken] == sorted(key for key, _part in taken)
    with pytest.raises(ValueError, match="less than"):
        rules.shares(sum(balances) + 1, list(enumerate(balances)))


def split(amount, others, limits=(50_000_00,)):
    return splitting_warnings(amount, signed_on=DAY, others=others, limits=limits, days=90, near_percent=80)


def test_two_contracts_just_under_a_limit_are_shown():
    assert [warning.code for warning in split(49_000_00, [(DAY - timedelta(days=90), 48_000_00)])] == ["looks_split"]
    assert split(49_000_00, [(DAY - timedelta(days=91), 48_000_00)]) == []
    assert split(49_000_00, []) == []
    assert split(20_000_00, [(DAY, 48_000_00)]) == []
    assert split(49_000_00, [(DAY, 20_000_00)]) == []


def test_amounts_are_said_exactly():
    assert rules.yuan(185_000_05) == "185,000.05"
    assert rules.yuan(-5) == "-0.05"
