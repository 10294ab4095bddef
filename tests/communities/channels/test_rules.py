"""Which notice leaves the portal, by which channel and when."""

from datetime import datetime

import pytest

from communities.channels import rules
from communities.channels.rules import Reach

ALL = frozenset(rules.CHANNELS)
HERE = Reach(email=True, phone=True, wechat=True)


@pytest.mark.parametrize(
    ("kind", "reach", "carried"),
    [
        ("screening.accepted", HERE, ("email", "wechat")),
        ("screening.returned", HERE, ("email", "sms", "wechat")),
        ("screening.returned", Reach(phone=True), ("sms",)),
        ("screening.returned", Reach(phone=True, muted={"proposals"}), ()),
        ("screening.accepted", Reach(phone=True), ()),
        ("voting.open", Reach(phone=True), ()),
        ("voting.last_call", Reach(phone=True), ()),
        ("voting.last_call", Reach(phone=True, by_sms="all"), ("sms",)),
        ("accounts.phone_changed", Reach(phone=True, by_sms="none", muted={"account"}), ("sms",)),
        ("something.new", HERE, ("email", "wechat")),
    ],
)
def test_what_carries_a_notice(kind, reach, carried):
    assert rules.channels_for(kind, reach, on=ALL) == carried


def test_a_channel_that_the_deployment_has_off_carries_nothing():
    assert rules.channels_for("screening.returned", HERE, on={"email"}) == ("email",)


@pytest.mark.parametrize(
    ("hour", "start", "end", "becomes"),
    [(20, 21, 8, (2, 20)), (21, 21, 8, (3, 8)), (3, 21, 8, (2, 8)), (8, 21, 8, (2, 8)), (13, 12, 14, (2, 14)), (3, 7, 7, (2, 3))],
)
def test_quiet_hours(hour, start, end, becomes):
    moved = rules.after_quiet(datetime(2026, 3, 2, hour), Reach(quiet_from=start, quiet_until=end))
    assert (moved.day, moved.hour) == becomes


def test_one_digest_a_day_at_her_hour():
    assert rules.next_digest(datetime(2026, 3, 2, 17, 59), HERE) == datetime(2026, 3, 2, 18)
    assert rules.next_digest(datetime(2026, 3, 2, 18), HERE) == datetime(2026, 3, 3, 18)
    assert rules.waits_for_digest("screening.accepted", HERE)
    assert not rules.waits_for_digest("screening.returned", HERE)
    assert not rules.waits_for_digest("screening.accepted", Reach(pace="at_once"))


def test_the_digest_may_not_fall_into_the_quiet_hours():
    assert rules.objection_to_hours(digest_hour=22, quiet_from=21, quiet_until=8).field == "digest_hour"
    assert rules.objection_to_hours(digest_hour=18, quiet_from=21, quiet_until=8) is None
