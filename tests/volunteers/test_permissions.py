"""The volunteers' permission grid, written out once more: action × party. A change is made twice, knowingly."""

import pytest

from communities.roles.rules import Role
from volunteers.permissions import PERMITS, TITLES, Party, objection_to

V, M, N, L, W, S, D, A, K = Party

GRID = {
    "teams.register_volunteer": {M},
    "teams.confirm_guardian": {W},
    "teams.found_team": {W},
    "teams.name_leader": {W},
    "teams.ask_to_join": {N},
    "teams.answer_request": {L, W},
    "teams.end_membership": {L, W},
    "teams.close_team": {W},
    "activities.make_call": {L, W},
    "activities.run_call": {L, W},
    "activities.sign_up": {N},
    "activities.confirm_list": {W},
    "wishes.make_wish": {M},
    "wishes.collect_wish": {W},
    "wishes.screen_wish": {W},
    "wishes.see_person": {W},
    "wishes.claim_wish": {N},
    "wishes.claim_for_team": {L},
    "wishes.confirm_wish": {W},
    "timebank.record_by_hand": {L, W, S, D},
    "timebank.review_street": {S},
    "timebank.review_district": {D},
    "timebank.reverse_record": {W, S, D},
    "timebank.publish_tariff": {D},
    "timebank.exchange_hours": {S, D},
    "rewards.register_merchant": {S},
    "rewards.publish_offer": {S},
    "rewards.appoint_person": {S},
    "rewards.publish_benefit": {S, D},
    "rewards.take_offer": {N},
    "rewards.confirm_redemption": {K},
    "rewards.see_statement": {K, S, D},
}


def test_the_grid_lists_every_act():
    assert GRID.keys() == PERMITS.keys()


@pytest.mark.parametrize("action", GRID)
def test_only_the_listed_parties_may(action):
    for party in Party:
        refusal = objection_to(action, roles=frozenset({party}))
        assert (refusal is None) == (party in GRID[action]), (action, party)
        assert refusal is None or refusal.status == 403


def test_an_unknown_act_is_never_permitted():
    with pytest.raises(KeyError):
        objection_to("teams.anything", roles=frozenset(Party))


def test_parties_that_are_roles_carry_their_names():
    """The council, supervisors and administrators have no part on this floor."""
    away = {Role.ADMINISTRATOR, Role.COUNCIL_MEMBER, Role.SUPERVISOR}
    assert {role.value for role in Role} & {party.value for party in Party} == {role.value for role in set(Role) - away}
    assert list(TITLES) == list(Party)
