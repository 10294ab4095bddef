"""Money, dates and days as a reader sees them (U17)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from communities.councils.rules import Threshold
from portal import figures
from portal.templatetags.words import in_words

SATURDAY = date(2026, 11, 21)
NIGHT = datetime(2026, 11, 20, 16, 5, tzinfo=UTC)  # already Saturday in Shenzhen


@pytest.mark.parametrize(
    ("fen", "says"),
    [
        (18_500_000, "18.5 万元"),
        (1_000_000, "1 万元"),
        (1_010_000, "1.01 万元"),
        (350_000, "3,500 元"),
        (12_345_678, "123,456.78 元"),
        (99, "0.99 元"),
        (0, "0 元"),
        (20_000_000_000, "2 亿元"),
        (72_600_000_000, "7.26 亿元"),
        (-18_500_000, "-18.5 万元"),
        (None, "未定"),
    ],
)
def test_money_in_text_is_short_and_exact(fen, says):
    assert figures.money(fen) == says


def test_a_rounded_sum_says_so():
    assert figures.money_about(726_132_456_789) == "约 726,132.46 万元"
    assert figures.money_about(18_500_000) == "18.5 万元"
    assert figures.money_about(350_001) == "3,500.01 元"


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_money_in_text_loses_no_fen(fen):
    says = figures.money(fen)
    number, unit = says.rsplit(" ", 1)
    from decimal import Decimal

    assert Decimal(number.replace(",", "")) * {"元": 100, "万元": 1_000_000, "亿元": 10**10}[unit] == fen


def test_money_in_tables():
    assert figures.yuan(18_500_000) == "185,000.00 元"
    assert figures.yuan(None) == "–"


def test_dates_say_the_weekday_of_shenzhen():
    assert figures.day(SATURDAY) == "2026年11月21日（周六）"
    assert figures.day(NIGHT) == "2026年11月21日（周六）"
    assert figures.moment(NIGHT) == "2026年11月21日（周六）00:05"
    assert figures.stamp(NIGHT) == "2026-11-21 00:05"
    assert figures.short_day(NIGHT) == "11月21日"
    assert (figures.month(5), figures.month(5, 2026)) == ("5月", "2026年5月")
    assert figures.point(SATURDAY) == "2026年11月21日（周六）"
    assert figures.point(NIGHT) == "2026年11月21日（周六）00:05"


@pytest.mark.parametrize(
    ("left", "unit", "says"),
    [
        (5, "working", "还剩 5 个工作日"),
        (0, "working", "今天截止"),
        (-3, "working", "已超 3 个工作日"),
        (5, "calendar", "还剩 5 天"),
        (-1, "calendar", "已超 1 天"),
    ],
)
def test_days_left(left, unit, says):
    assert figures.days_left(left, unit=unit) == says


@pytest.mark.parametrize(
    ("part", "whole", "says"), [(425, 1000, "42.5%"), (1, 3, "33.3%"), (2, 3, "66.7%"), (5, 5, "100%"), (0, 0, "–")]
)
def test_percent(part, whole, says):
    assert figures.percent(part, whole) == says


def test_english_reads_as_english():
    with translation.override("en"):
        assert figures.money(18_500_000) == "CNY 185,000"
        assert figures.day(SATURDAY) == "Sat 21 Nov 2026"
        assert (figures.month(5), figures.month(5, 2026)) == ("May", "May 2026")
        assert figures.moment(NIGHT) == "Sat 21 Nov 2026 00:05"


def test_what_happened_at_midnight_says_its_day():
    midnight = NIGHT - timedelta(minutes=5)
    assert figures.event(midnight) == figures.event(SATURDAY) == "2026年11月21日（周六）"
    assert figures.event(NIGHT) == "2026年11月21日（周六）00:05"


def test_lists_and_pass_marks_in_both_languages():
    mark = Threshold(2, 3, inclusive=True)
    assert (figures.listed(["甲", "乙"]), in_words(mark)) == ("甲、乙", "三分之二以上")
    with translation.override("en"):
        assert (figures.listed(["A", "B"]), in_words(mark)) == ("A, B", "at least 2/3")
        assert in_words(Threshold(1, 2, inclusive=False)) == "more than 1/2"
        assert in_words(Threshold(1, 1, inclusive=True)) == "all"
