"""Chinese texts are found by their character pairs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from portal import bigrams


def test_pairs_stop_at_signs_and_kinds():
    assert bigrams.pairs("坡道，扶手 ABc") == ["坡道", "扶手", "ab", "bc"]


def test_full_width_and_capitals_are_equal():
    assert bigrams.pairs("ＬＥＤ路灯") == bigrams.pairs("led路灯")


def test_the_question_asks_for_pairs_and_single_characters():
    condition = str(bigrams.asked("坡道 灯"))
    assert "bigrams__contains" in condition and "title__icontains" in condition and "灯" in condition


def test_an_empty_question_asks_nothing():
    assert not bigrams.asked(" ，。")


def test_likeness_ignores_what_every_proposal_says():
    assert bigrams.likeness(bigrams.pairs("希望，小区"), bigrams.pairs("希望，小区")) == 0
    near = bigrams.likeness(bigrams.pairs("三栋楼道加装无障碍坡道"), bigrams.pairs("三栋门口建无障碍坡道"))
    far = bigrams.likeness(bigrams.pairs("三栋楼道加装无障碍坡道"), bigrams.pairs("电动车充电棚"))
    assert near > 0.5 > far == 0


@given(st.text())
def test_pairs_are_always_two_characters(text):
    assert all(len(pair) == 2 for pair in bigrams.pairs(text))
