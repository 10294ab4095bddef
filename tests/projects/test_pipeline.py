"""The wall chart: the order, the two moves, the ways back. Written out once more, so that a change is made knowingly."""

import pytest

from projects import pipeline

ORDER = {
    "round": ["rounds", "proposals", "screening", "deliberation", "voting", "tally", "publicity", "approval"],
    "project": ["funding", "delivery", "acceptance", "evaluation"],
}
BACK = {("publicity", "tally"), ("approval", "tally"), ("acceptance", "delivery")}


@pytest.mark.parametrize("subject", ORDER)
def test_the_order_of_the_stages(subject):
    assert [row.key for row in pipeline.stages_of(subject)] == ORDER[subject]


def test_every_pair_of_stages_is_allowed_or_not_as_the_chart_says():
    for subject, keys in ORDER.items():
        steps = set(zip(keys, [*keys[1:], pipeline.DONE], strict=True))
        for left in keys:
            for entered in [*pipeline.KEYS, pipeline.DONE]:
                found = pipeline.objection_to_move(left, entered, reason="异议成立")
                assert (found is None) == ((left, entered) in steps | BACK), (subject, left, entered)


@pytest.mark.parametrize(("left", "entered"), sorted(BACK))
@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_way_back_needs_a_reason(left, entered, reason):
    assert pipeline.objection_to_move(left, entered, reason=reason).code == "reason_missing"


def test_only_an_optional_stage_is_passed():
    assert pipeline.next_after("deliberation", unused={"voting"}) == "tally"
    assert pipeline.next_after("proposals", unused={"screening"}) == "screening"
    assert pipeline.next_after("screening", unused={"deliberation"}) == "voting"
    assert pipeline.passed_between("deliberation", "tally") == ("voting",)
    assert [row.key for row in pipeline.PIPELINE if row.optional] == ["deliberation", "voting"]


def test_nothing_moves_after_the_end():
    assert pipeline.objection_to_move(pipeline.DONE, "rounds", reason="x").code == "already_done"
    assert pipeline.next_after("approval") == pipeline.next_after("evaluation") == pipeline.DONE


def test_nothing_goes_back_to_voting():
    assert all("voting" not in row.back_to for row in pipeline.PIPELINE)
