"""Fields read what people type and keep what they cannot read (U3, U4, U5)."""

from __future__ import annotations

from datetime import date

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from portal import fields


class Sheet(forms.Form):
    amount = fields.YuanField(required=False, most=1_000_000_00)
    people = fields.CountField(required=False)
    on = fields.DateField(required=False)
    line = fields.LineField(most=10, required=False)
    why = fields.ReasonField(required=False, most=20)


def sheet(**typed: str) -> Sheet:
    return Sheet(data=typed)


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("35000", 3_500_000),
        ("35,000.50", 3_500_050),
        ("３５，０００元", 3_500_000),
        ("3.5 万", 3_500_000),
        ("３．５万元", 3_500_000),
        ("￥1234.5", 123_450),
        ("约2千元", 200_000),
        (" 0.01 ", 1),
    ],
)
def test_an_amount_is_read_as_it_is_typed(typed, fen):
    """U5"""
    form = sheet(amount=typed)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["amount"] == fen


@pytest.mark.parametrize(
    "typed", ["三万", "1.234", "12元5角", "-5", "1e9", "NaN", "Infinity", "٣٣.٣٣٣", "9" * 400, "0"]
)
def test_an_amount_that_cannot_be_meant_stays_in_the_box(typed):
    """U3, U4"""
    form = sheet(amount=typed)
    assert not form.is_valid()
    assert "元" in form.errors["amount"][0] or "没有看懂" in form.errors["amount"][0]
    assert form["amount"].value() == typed


def test_an_amount_above_the_most_says_the_most():
    assert "1,000,000" in sheet(amount="2000000").errors["amount"][0]


@given(st.integers(min_value=1, max_value=1_000_000_00))
def test_what_the_box_shows_is_read_again(fen):
    form = Sheet(initial={"amount": fen})
    shown = form["amount"].value()
    assert sheet(amount=form.fields["amount"].prepare_value(shown)).fields["amount"].clean(shown) == fen


@pytest.mark.parametrize(
    ("typed", "number"), [("60", 60), ("６０人", 60), ("约 1,200 户", 1200), ("大约100人左右", 100)]
)
def test_a_count_is_read(typed, number):
    assert sheet(people=typed).fields["people"].clean(typed) == number


@pytest.mark.parametrize("typed", ["很多", "0", "3.5", "9" * 30, "-1"])
def test_a_count_that_cannot_be_read_is_kept(typed):
    form = sheet(people=typed)
    assert form.errors["people"] and form["people"].value() == typed


@pytest.mark.parametrize(
    "typed",
    ["2026-11-21", "2026年11月21日", "2026/11/21", "2026.11.21", "20261121", "２０２６年１１月２１日", " 2026-11-21 "],
)
def test_a_date_is_read_as_people_write_it(typed):
    form = sheet(on=typed)
    assert form.is_valid() and form.cleaned_data["on"] == date(2026, 11, 21)


@pytest.mark.parametrize("typed", ["明天", "2026-13-01", "2026-02-30", "0001-01-01", "99999-1-1", "11/21"])
def test_a_wrong_date_stays_visible(typed):
    form = sheet(on=typed)
    assert "没有看懂" in form.errors["on"][0]
    html = str(form["on"])
    assert 'type="text"' in html and typed in html


def test_a_right_date_gets_the_browsers_picker():
    assert 'type="date"' in str(Sheet(initial={"on": date(2026, 11, 21)})["on"])


def test_text_loses_only_what_nobody_means():
    form = sheet(line="坡\x00道\ud800 \u202e 一条")
    assert form.is_valid() and form.cleaned_data["line"] == "坡道 一条"


def test_too_long_says_how_long():
    """U4"""
    error = sheet(line="长" * 11).errors["line"][0]
    assert "10" in error and "11" in error


@given(st.text(alphabet=st.characters()), st.sampled_from(["amount", "people", "on", "line", "why"]))
def test_no_text_breaks_a_field(typed, name):
    """Any text, surrogates and NUL too, is read or refused with a sentence, and is shown again."""
    form = sheet(**{name: typed})
    form.is_valid()
    if name in form.errors:
        assert form[name].value() == typed
        assert "无效" not in str(form.errors[name]) and "必填" not in str(form.errors[name])
