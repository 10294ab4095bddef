"""Terms and appointments as plain values."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communities.roles.rules import (
    APPOINTED_BY,
    LEVELS,
    Role,
    objection_to_appointment,
    objection_to_ending,
    objection_to_term,
    overlap,
    roles_to_give,
)

DAY = date(2026, 3, 2)
NOBODY = frozenset()


@pytest.mark.parametrize("role", Role)
def test_nobody_appoints_herself(role):
    every = frozenset(Role)
    level = sorted(LEVELS[role])[0]
    assert objection_to_appointment(role, level=level, by=every, same_person=True, held=NOBODY).code == "self_appointment"


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("by", Role)
def test_only_the_level_above_appoints(role, by):
    level = sorted(LEVELS[role])[0]
    refusal = objection_to_appointment(role, level=level, by=frozenset({by}), same_person=False, held=NOBODY)
    assert (refusal is None) == (by in APPOINTED_BY[role])


def test_who_oversees_is_not_overseen():
    by = frozenset({Role.STREET_OFFICER})
    ask = {"level": "community", "by": by, "same_person": False}
    held = frozenset({Role.COMMUNITY_WORKER})
    assert objection_to_appointment(Role.SUPERVISOR, held=held, **ask).code == "supervisor_is_staff"
    held = frozenset({Role.SUPERVISOR})
    assert objection_to_appointment(Role.COMMUNITY_WORKER, held=held, **ask).code == "staff_is_supervisor"


def test_a_street_gives_what_a_street_may_give():
    assert roles_to_give(frozenset({Role.STREET_OFFICER}), "community") == [
        Role.COMMUNITY_WORKER,
        Role.COUNCIL_MEMBER,
        Role.SUPERVISOR,
    ]
    assert roles_to_give(frozenset({Role.COMMUNITY_WORKER}), "street") == []


days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
terms = st.tuples(days, st.none() | days).filter(lambda term: term[1] is None or term[0] <= term[1])


@given(terms, terms)
def test_overlap_is_sharing_a_day(one, other):
    """By counting days: the plain definition."""

    def all_days(term):
        first, last = term[0], term[1] or date(2027, 1, 31)
        return {first + timedelta(days=n) for n in range((last - first).days + 1)}

    assert overlap(*one, *other) == bool(all_days(one) & all_days(other))
    assert overlap(*one, *other) == overlap(*other, *one)


@given(terms, st.lists(terms, max_size=4))
def test_accepted_terms_never_overlap(new, others):
    if objection_to_term(*new, others=others, today=date(2026, 1, 1)) is None:
        assert not any(overlap(*new, *held) for held in others)


@pytest.mark.parametrize(
    ("starts", "ends", "code"),
    [
        (DAY, DAY - timedelta(days=1), "ends_before_start"),
        (DAY - timedelta(days=32), None, "too_far_back"),
        (DAY, DAY, None),
        (DAY - timedelta(days=31), None, None),
    ],
)
def test_a_term_has_an_order_and_is_not_backdated_far(starts, ends, code):
    refusal = objection_to_term(starts, ends, others=[], today=DAY)
    assert (refusal and refusal.code) == code


def test_the_last_administrator_stays():
    ask = {"by": frozenset({Role.ADMINISTRATOR}), "same_person": False, "starts": DAY, "ends": DAY, "is_open": True}
    assert objection_to_ending(Role.ADMINISTRATOR, last_admin=True, **ask).code == "last_administrator"
    assert objection_to_ending(Role.ADMINISTRATOR, last_admin=False, **ask) is None
