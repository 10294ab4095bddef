"""Numbers as typed, kept and found (P5, U5); what never reaches a log (S46)."""

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communities.accounts import phones, rules
from communities.accounts.models import User
from communities.accounts.pending import address_of

DIGITS = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


@given(DIGITS, st.sampled_from(["", "+86", "86", "0086", "+86 "]), st.sampled_from(["", " ", "-", "－"]))
def test_every_way_of_typing_gives_the_same_digits(number, before, between):
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in number)
    for digits in (number, wide):
        typed = before + between.join((digits[:3], digits[3:7], digits[7:]))
        assert phones.normalised(typed) == number


@given(st.text(max_size=60))
def test_any_text_is_a_number_or_nothing(text):
    found = phones.normalised(text)
    assert found == "" or phones.MOBILE.fullmatch(found)


@given(DIGITS)
def test_sealing_is_reversible_and_never_the_same_twice(number):
    first, second = phones.seal(number), phones.seal(number)
    assert first != second and number.encode() not in first
    assert phones.unseal(first) == phones.unseal(second) == number
    assert phones.index_of(number) == phones.index_of(number) != number


@pytest.mark.django_db
def test_no_code_and_no_number_reaches_the_log(client, caplog, monkeypatch):
    """S46."""
    sent = []
    monkeypatch.setattr("communities.accounts.sms.ConsoleSender.send", lambda self, phone, text, *, key: sent.append(text))
    with caplog.at_level(logging.DEBUG):
        client.post("/sign-in/", {"phone": "13800138000"})
        code = sent[0].split("验证码 ")[1][:6]
        client.post("/accounts/code/", {"code": code})
    assert User.objects.with_phone("13800138000")
    assert "13800138000" not in caplog.text and code not in caplog.text


@pytest.mark.parametrize(
    ("ip", "counted"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("", ""),
    ],
)
def test_limits_count_networks(rf, ip, counted):
    """G12: an IPv6 household is one address."""
    assert address_of(rf.get("/", REMOTE_ADDR=ip)) == counted


@pytest.mark.parametrize("is_staff", [True, False])
def test_staff_time_out_before_residents_and_administrators_first(is_staff):
    """D2."""
    limit = rules.idle_limit(is_staff=is_staff, is_administrator=False)
    assert limit == (30 * 60 if is_staff else 7 * 24 * 3600)
    assert rules.idle_limit(is_staff=True, is_administrator=True) == 15 * 60
