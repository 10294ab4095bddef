"""What the public may see of a person (P): no five digits in a row, no whole name."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.masking import mask_name, mask_numbers, mask_phone

MOBILES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
GAPS = st.sampled_from(["", " ", "-", " - ", ".", "\u3000"])


def digits_of(text: str) -> str:
    return "".join(str(unicodedata.decimal(sign)) for sign in text if sign.isdecimal())


def shares_five(given_text: str, shown: str) -> bool:
    """Five consecutive digits of the original stand in a row in what is shown."""
    original, runs = digits_of(given_text), re.findall(r"\d+", unicodedata.normalize("NFKC", shown))
    return any(run[at : at + 5] in original for run in runs for at in range(len(run) - 4))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("张三", "张**"),
        ("张三丰", "张**"),
        ("欧阳小明", "欧阳**"),
        ("欧阳", "欧**"),
        ("諸葛亮", "諸葛**"),
        ("阿依古丽·买买提", "阿**"),
        ("Wang Li", "W**"),
        ("  李四 ", "李**"),
        ("", ""),
        (None, ""),
    ],
)
def test_names(name, shown):
    assert mask_name(name) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("13800138000", "138****8000"),
        ("138 0013 8000", "138****8000"),
        ("+86 138-0013-8000", "138****8000"),
        ("１３８００１３８０００", "138****8000"),
        ("0755-12345678", "****78"),
        ("12345", "****45"),
        ("110", "****"),
        ("", ""),
        (None, ""),
    ],
)
def test_phones(number, shown):
    assert mask_phone(number) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("找我 13800138000", "找我 138****8000"),
        ("电话138 0013 8000。", "电话138****8000。"),
        ("(0755) 1234-5678 转 2", "(****78 转 2"),
        ("2026-11-21 开会", "2026-11-21 开会"),
        ("约 1850000 元", "约 1850000 元"),
        ("三栋 501 房 50000 元", "三栋 501 房 50000 元"),
        ("", ""),
    ],
)
def test_numbers_in_text(text, shown):
    assert mask_numbers(text) == shown


@given(st.text())
def test_a_name_never_shows_more_than_its_surname(name):
    shown = mask_name(name)
    assert shown == "" or (shown.endswith("**") and len(shown) <= 4)
    assert not shares_five(name, shown)


@given(st.text() | MOBILES | st.from_regex(r"\+?[0-9][0-9 \-]{0,24}", fullmatch=True))
def test_a_phone_never_shows_five_digits_in_a_row(number):
    assert not shares_five(number, mask_phone(number))


@given(before=st.text(alphabet="请联系我谢谢，。 "), number=MOBILES, gap=GAPS, after=st.text(alphabet="老王家，。 "))
def test_a_mobile_number_in_a_sentence_is_masked(before, number, gap, after):
    spread = gap.join((number[:3], number[3:7], number[7:]))
    shown = mask_numbers(before + spread + after)
    assert number not in digits_of(shown)
    assert not shares_five(number, shown)
    assert shown.endswith(after)
