"""Ties fall as announced before voting, in an order that anybody can compute. STANDARDS B12."""

import hashlib

import pytest

from projects.tally.count import BY_ID, Election, Project, TieOrder, count, lot

EQUAL = [Project(p, 100) for p in ("10", "9", "2", "b", "B", "a")]


def election() -> Election:
    return Election.of(
        EQUAL, 300, "approval", [("10", "9"), ("9", "2"), ("2", "10"), ("b", "a"), ("a", "B"), ("B", "b")]
    )


def by_lot(seed: str, round_id: str = "R1") -> TieOrder:
    return TieOrder.parse("cost, votes, lot", round_id=round_id, seed=seed)


def test_ids_compare_by_code_point():
    result = count(election(), "greedy_votes")
    assert result.order == ("10", "2", "9")
    assert result.ties[0].among == ("10", "2", "9", "B", "a", "b")
    assert result.ties[0].broken_by == "id"


def test_the_lot_is_the_sha256_of_round_project_and_seed():
    assert lot("R1", "10", "seed") == hashlib.sha256(b"R1|10|seed").hexdigest()
    assert lot("批次", "项目", "种子") == hashlib.sha256("批次|项目|种子".encode()).hexdigest()


def test_projects_stand_in_the_order_of_their_lots():
    drawn = sorted((hashlib.sha256(f"R1|{p.id}|seed".encode()).hexdigest(), p.id) for p in EQUAL)
    result = count(election(), "greedy_votes", ties=by_lot("seed"))
    assert result.order == tuple(project for _, project in drawn[:3])
    assert result.ties[0].broken_by == "lot"
    assert result.ties[0].decisive


def test_another_seed_or_round_draws_another_order():
    orders = {count(election(), "greedy_votes", ties=by_lot(seed, round_id)).order
              for seed in "abcdef" for round_id in ("R1", "R2")}  # fmt: skip
    assert len(orders) > 6


def test_cost_and_votes_come_before_the_lot():
    projects = [Project("dear", 60), Project("cheap", 50)]
    held = Election.of(projects, 60, "approval", [("dear",), ("cheap",)])
    for seed in "abcdefgh":
        result = count(held, "greedy_votes", ties=by_lot(seed))
        assert result.order == ("cheap",)
        assert result.ties[0].broken_by == "cost"


def test_equal_shares_reports_every_round_that_was_tied():
    result = count(election(), "mes_cost")
    assert result.order == ("10", "B")
    assert [(tie.at, tie.phase, tie.among) for tie in result.ties] == [
        (1, "shares", ("10", "2", "9", "B", "a", "b")), (2, "shares", ("B", "a", "b")),
    ]  # fmt: skip
    assert all(tie.decisive for tie in result.ties)


@pytest.mark.parametrize("text", ["", "cost", "cost,votes", "lot,lot", "id,cost", "cost,row", "cost,votes,lot"])
def test_an_order_that_could_leave_projects_equal_is_refused(text):
    with pytest.raises(ValueError, match="tie order"):
        TieOrder.parse(text)


def test_the_default_order_is_cost_votes_id():
    assert TieOrder.parse("cost,votes,id") == BY_ID
