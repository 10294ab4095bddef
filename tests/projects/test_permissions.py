"""The permission grid, written out once more: action × party × stage. A change is made twice, knowingly."""

import pytest

from communities.roles.rules import Role
from projects.permissions import PERMITS, TITLES, Party, objection_to
from projects.pipeline import DONE, KEYS

V, M, R, P, C, W, S, D, U, K, N, A, X = Party
ROUND = {"rounds", "proposals", "screening", "deliberation", "voting", "tally", "publicity", "approval"}
PROJECT = {"funding", "delivery", "acceptance", "evaluation"}
ALL = ROUND | PROJECT | {DONE}
HEARD = {"proposals", "screening", "deliberation"}

GRID = {
    "rounds.prepare_round": ({S}, {"rounds"}),
    "rounds.open_call": ({S}, {"rounds"}),
    "rounds.move_on": ({S}, ROUND),
    "rounds.cancel_round": ({S}, ROUND),
    "rounds.set_words": ({D}, {"rounds"}),
    "proposals.lodge_proposal": ({R}, {"proposals"}),
    "proposals.enter_for_resident": ({W}, {"proposals"}),
    "proposals.edit_proposal": ({P}, {"proposals"}),
    "proposals.withdraw_proposal": ({P}, HEARD),
    "proposals.correct_proposal": ({P, W}, HEARD),
    "proposals.support_proposal": ({R}, HEARD),
    "proposals.follow_proposal": ({M}, ALL),
    "screening.record_finding": ({W}, HEARD),
    "screening.assign_proposals": ({W, S}, HEARD),
    "screening.override_cap": ({S}, HEARD),
    "screening.appeal_finding": ({P}, HEARD),
    "screening.decide_appeal": ({S}, HEARD),
    "deliberation.convene_meeting": ({W}, {"screening", "deliberation", "tally"}),
    "deliberation.run_meeting": ({W}, {"deliberation", "tally"}),
    "deliberation.vote_item": ({C}, {"deliberation", "tally"}),
    "deliberation.ask_floor": ({C}, {"deliberation", "tally"}),
    "deliberation.give_mandate": ({C, W}, {"screening", "deliberation", "tally"}),
    "deliberation.declare_interest": ({C}, {"screening", "deliberation", "tally"}),
    "deliberation.call_hearing": ({W}, {"screening", "deliberation", "tally"}),
    "deliberation.join_hearing": ({R}, {"screening", "deliberation", "voting", "tally"}),
    "deliberation.register_place": ({W}, {"screening", "deliberation", "voting", "tally"}),
    "deliberation.keep_hearing": ({W}, ROUND | {DONE}),
    "deliberation.sign_hearing": ({C, W}, ROUND | {DONE}),
    "deliberation.sign_minutes": ({C, W}, ROUND | {DONE}),
    "rehearsal.run_rehearsal": ({S}, {"rounds", *HEARD}),
    "rehearsal.wipe_rehearsal": ({S}, ROUND | {DONE}),
    "voting.cast_ballot": ({R}, {"voting"}),
    "voting.hand_out_paper": ({W}, {"voting"}),
    "voting.open_kiosk": ({W}, {"voting"}),
    "voting.enter_paper": ({W}, {"voting"}),
    "voting.settle_paper": ({W, S}, {"voting"}),
    "voting.void_paper": ({W, S}, {"voting"}),
    "voting.check_sample": ({W, S}, {"voting"}),
    "voting.watch_poll": ({U, A}, {"voting"}),
    "voting.destroy_key": ({S}, {"tally", "publicity", "approval", DONE}),
    "publicity.lodge_objection": ({R}, {"publicity"}),
    "publicity.enter_objection": ({W}, {"publicity"}),
    "publicity.comment_objection": ({P}, {"publicity"}),
    "publicity.answer_objection": ({W, S}, {"publicity"}),
    "publicity.uphold_objection": ({S}, {"publicity"}),
    "approval.decide_proposal": ({S}, {"approval"}),
    "approval.answer_refill": ({S}, {"approval"}),
    "approval.file_list": ({D}, ALL),
    "funding.sign_contract": ({S}, {"funding"}),
    "funding.request_payment": ({S}, PROJECT | {DONE}),
    "funding.release_payment": ({S}, PROJECT | {DONE}),
    "funding.settle_project": ({S}, PROJECT),
    "funding.forfeit_retention": ({S}, {DONE}),
    "funding.enter_cofunding": ({S}, {"funding", "delivery"}),
    "funding.lift_hold": ({S}, {"evaluation"}),
    "funding.register_provider": ({S}, ALL),
    "delivery.plan_delivery": ({K, W}, {"funding", "delivery"}),
    "delivery.change_plan": ({K, W}, {"delivery"}),
    "delivery.report_progress": ({K, W}, {"delivery"}),
    "delivery.declare_finished": ({K}, {"delivery"}),
    "delivery.stop_project": ({S}, {"funding", "delivery", "acceptance"}),
    "delivery.end_project": ({S}, {"funding", "delivery", "acceptance"}),
    "delivery.report_problem": ({R, P}, {"delivery", "acceptance", "evaluation", DONE}),
    "delivery.answer_problem": ({K, W, S}, PROJECT | {DONE}),
    "delivery.raise_concern": ({U}, PROJECT),
    "acceptance.appoint_panel": ({W}, {"delivery", "acceptance"}),
    "acceptance.mark_project": ({N}, {"acceptance"}),
    "acceptance.conclude_inspection": ({W}, {"acceptance"}),
    "acceptance.record_absence": ({W, S}, {"acceptance"}),
    "acceptance.sign_off": ({P}, {"acceptance"}),
    "evaluation.rate_project": ({P, R}, {"evaluation"}),
    "evaluation.rate_as_supervisor": ({U}, {"evaluation"}),
    "evaluation.record_absence": ({W}, {"evaluation"}),
    "evaluation.conclude_ratings": ({W, S}, {"evaluation"}),
    "evaluation.set_indicators": ({D}, ALL),
    "evaluation.score_project": ({S, D}, {"evaluation"}),
    "evaluation.score_community": ({S, D}, ALL),
    "evaluation.close_project": ({S}, {"evaluation"}),
    "desk.see_queue": ({C, W, S, D, U, K, N}, ALL),
    "desk.see_dossier": ({W, S, D, U, A}, ALL),
    "desk.see_log": ({A}, ALL),
}


def test_the_grid_names_every_action():
    assert set(GRID) == set(PERMITS)


@pytest.mark.parametrize("action", sorted(GRID))
def test_every_party_at_every_stage(action):
    parties, stages = GRID[action]
    for party in Party:
        for stage in [*KEYS, DONE]:
            allowed = objection_to(action, roles={party}, stage=stage) is None
            assert allowed == (party in parties and stage in stages), (party, stage)


def test_no_administrator_acts_in_the_pipeline():
    """DOMAIN: separation of duties holds for every role, administrators included."""
    assert [action for action, (parties, _stages) in GRID.items() if X in parties] == []


def test_a_refusal_says_who_or_when():
    wrong_person = objection_to("screening.record_finding", roles={Party.RESIDENT}, stage="screening")
    assert (wrong_person.code, wrong_person.status) == ("not_yours", 403)
    assert "本社区工作者" in wrong_person.params["who"]
    wrong_time = objection_to("screening.record_finding", roles={Party.WORKER}, stage="voting")
    assert (wrong_time.code, wrong_time.status) == ("not_now", 409)
    assert wrong_time.params["stage"] == "居民投票"


def test_an_unknown_action_permits_nothing():
    with pytest.raises(KeyError):
        objection_to("screening.wave_through", roles=set(Party), stage="screening")


def test_every_role_is_a_party_of_the_same_name():
    """A role reaches the table by its own name alone; one without a party would silently permit nothing."""
    assert {role.value for role in Role} <= {party.value for party in Party}
    assert list(TITLES) == list(Party)
