"""Public notice, without a database."""

from __future__ import annotations

from datetime import date

import pytest

from projects.publicity import rules

OK = {
    "today": date(2026, 3, 4),
    "starts_on": date(2026, 3, 2),
    "ends_on": date(2026, 3, 9),
    "said": "3月9日",
    "standing": "chosen",
    "already": False,
}


def test_each_item_is_noticed_once():
    assert rules.not_yet_noticed(["A", "B", "C"], {"A", "C"}) == ["B"]
    assert rules.not_yet_noticed(["A"], {"A"}) == []


def test_the_last_day_belongs_to_the_notice():
    assert not rules.is_over(date(2026, 3, 9), today=date(2026, 3, 9))
    assert rules.is_over(date(2026, 3, 9), today=date(2026, 3, 10))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"today": date(2026, 3, 10)}, "notice_over"),
        ({"today": date(2026, 3, 1)}, "notice_over"),
        ({"standing": "struck"}, "not_on_notice"),
        ({"already": True}, "already_objected"),
    ],
)
def test_when_an_objection_is_not_taken(change, code):
    assert rules.objection_to_objecting(**{**OK, **change}).code == code
    assert rules.objection_to_objecting(**{**OK, "today": date(2026, 3, 9)}) is None


ANSWER = {"outcome": "open", "answer": "已核实，点位在公共区域。", "answerer": 1, "objector": 2, "proposer": 3}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"outcome": "answered"}, "answered"),
        ({"answerer": 2}, "own_objection"),
        ({"answerer": 3}, "own_item"),
        ({"answer": " "}, "answer_missing"),
    ],
)
def test_nobody_answers_his_own_objection(change, code):
    """S31: maker is not checker."""
    assert rules.objection_to_answer(**{**ANSWER, **change}).code == code
    assert rules.objection_to_answer(**ANSWER) is None
    assert rules.objection_to_answer(**{**ANSWER, "objector": None}) is None


def test_the_proposer_comments_once_while_it_is_open():
    assert rules.objection_to_comment(outcome="open", text="点位可以再商量", commented=False) is None
    assert rules.objection_to_comment(outcome="open", text="再说一次", commented=True).code == "commented"
    assert rules.objection_to_comment(outcome="answered", text="晚了", commented=False).code == "answered"
    assert rules.objection_to_comment(outcome="open", text="", commented=False).field == "comment"
