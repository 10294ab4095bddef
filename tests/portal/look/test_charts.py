"""Drawings are arithmetic: what they show adds up."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import charts


def test_the_longest_bar_fills_the_width():
    drawn = charts.bars([{"label": "甲", "value": 200}, {"label": "乙", "value": 50}, {"label": "丙", "value": 0}])
    assert [bar.width for bar in drawn] == ["100.0", "25.0", "0.0"]
    assert [bar.says for bar in drawn] == ["200", "50", "0"]


def test_bars_of_nothing():
    assert charts.bars([]) == []
    assert charts.bars([{"label": "甲", "value": 0}])[0].width == "0"


def test_a_share_strip_names_what_is_left():
    parts = charts.share_strip(
        [{"label": "工程", "value": 60}, {"label": "服务", "value": 15}], whole=100, rest="还没有用"
    )
    assert [(part.label, part.value, part.x, part.width) for part in parts] == [
        ("工程", 60, "0.0", "60.0"),
        ("服务", 15, "60.0", "15.0"),
        ("还没有用", 25, "75.0", "25.0"),
    ]
    assert parts[-1].fill == "fill-rest"


def test_parts_beyond_the_whole_are_an_error():
    with pytest.raises(ValueError, match="more than the whole"):
        charts.share_strip([{"label": "工程", "value": 101}], whole=100)


@given(st.lists(st.integers(min_value=0, max_value=10**12), min_size=1, max_size=12))
def test_parts_lie_side_by_side(values):
    parts = charts.share_strip([{"label": str(place), "value": value} for place, value in enumerate(values)])
    for left, right in zip(parts, parts[1:], strict=False):
        assert abs(Decimal(left.x) + Decimal(left.width) - Decimal(right.x)) <= Decimal("0.2")


def test_a_curve_ends_where_reports_end():
    curve = charts.s_curve(["1月", "2月", "3月"], [10, 50, 100], [10, 40, None])
    assert curve.plan == "72.0,214.4 344.0,128.0 616.0,20.0"
    assert curve.actual == "72.0,214.4 344.0,149.6"
    assert curve.last == ("344.0", "149.6")


def test_a_curve_before_the_first_report():
    curve = charts.s_curve(["1月"], [0], [])
    assert curve.last is None and curve.actual == ""


def test_a_plan_has_a_figure_for_each_period():
    with pytest.raises(ValueError, match="each period"):
        charts.s_curve(["1月", "2月"], [10], [])
