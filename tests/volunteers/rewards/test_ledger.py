"""Random years of a volunteer: whatever is tried, in whatever order, hours and points stay right."""

from collections import defaultdict
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from portal.refusals import Refused
from tests import factories as make
from tests.factories import NOON
from tests.volunteers.rewards.reward_worlds import Shop
from volunteers.models import Account, Entry, HourRecord, Offer, Portion, Posting, Redemption
from volunteers.rewards import services
from volunteers.timebank import services as timebank

pytestmark = pytest.mark.django_db
WHICH = some.integers(0, 9)
STEPS = some.one_of(
    some.tuples(some.just("scan"), some.integers(-10, 300), some.integers(1, 1440)),
    some.tuples(some.just("hand"), some.integers(-10, 300), some.integers(1, 900)),
    some.tuples(some.just("review"), WHICH, some.booleans()),
    some.tuples(some.just("reverse"), WHICH),
    some.tuples(some.just("take"), WHICH),
    some.tuples(some.just("confirm"), WHICH),
    some.tuples(some.just("cancel"), WHICH),
    some.tuples(some.just("wait"), some.integers(1, 40_000)),
)


class Year:
    """Tries each step; a refusal is an answer, anything else would fail the test. Time only goes on."""

    def __init__(self):
        self.shop = Shop(hours=3, stock=3, points=25, per_person=2)
        self.shop.publish(points=7, stock=9, per_person=9)
        self.worker = make.worker(self.shop.home)
        self.now, self.serial = NOON, 0

    def step(self, name, *values):
        self.serial += 1
        with suppress(Refused), transaction.atomic():
            getattr(self, name)(*values)

    def nth(self, rows, place):
        found = list(rows.order_by("pk"))
        return found[place % len(found)] if found else None

    def scan(self, ago, minutes):
        start = self.now - timedelta(hours=ago)
        timebank.record_scanned(
            volunteer_id=self.shop.helper.pk, activity_ref=f"s{self.serial % 7}", started_at=start,
            ended_at=start + timedelta(minutes=minutes), now=self.now,
        )  # fmt: skip

    def hand(self, ago, minutes):
        start = self.now - timedelta(hours=ago)
        timebank.record_by_hand(
            volunteer_id=self.shop.helper.pk, title="清洁", started_at=start, ended_at=start + timedelta(minutes=minutes),
            reason="没有信号", by=self.worker, now=self.now,
        )  # fmt: skip

    def review(self, place, good):
        if portion := self.nth(Portion.objects.exclude(band="at_once"), place):
            by = self.shop.officer if portion.band == "street" else self.shop.chief
            if good:
                timebank.confirm_portion(portion_id=portion.pk, by=by, now=self.now)
            else:
                timebank.refuse_portion(portion_id=portion.pk, reason="不符", by=by, now=self.now)

    def reverse(self, place):
        if record := self.nth(HourRecord.objects, place):
            timebank.reverse_record(record_id=record.pk, reason="重复", by=self.worker, now=self.now)

    def take(self, place):
        self.shop.take(offer=self.nth(Offer.objects, place), now=self.now)

    def confirm(self, place):
        if row := self.nth(Redemption.objects, place):
            self.shop.confirm(row.code, now=self.now)

    def cancel(self, place):
        if row := self.nth(Redemption.objects, place):
            services.cancel_redemption(redemption_id=row.pk, by=self.shop.helper.person, now=self.now)

    def wait(self, minutes):
        self.now += timedelta(minutes=minutes)
        services.lapse_redemptions(now=self.now)
        timebank.expire_points(now=self.now)


def check(year):
    connection.check_constraints()
    accounts = {row.pk: row for row in Account.objects.all()}
    held, posted = defaultdict(int), defaultdict(int)
    for posting, account, amount in Entry.objects.values_list("posting", "account", "amount"):
        held[account] += amount
        posted[posting] += amount
    assert not any(posted.values()), "a posting does not sum to zero"
    assert set(posted) == set(Posting.objects.values_list("pk", flat=True))
    for number, row in accounts.items():
        if row.volunteer_id:
            assert row.balance == held[number] >= 0, "a balance fell below zero or is not its entries"
    for origin in ("scanned", "by_hand"):
        inside = sum(held[n] for n, row in accounts.items() if row.volunteer_id and row.origin == origin)
        outside = sum(held[n] for n, row in accounts.items() if row.kind == "service" and row.origin == origin)
        assert inside == -outside, "hours came from nowhere"
        rows = Portion.objects.filter(record__origin=origin, record__reversal=None).exclude(review__verdict="refuse")
        assert inside == sum(rows.values_list("minutes", flat=True)), "the ledger and the records differ"
    points = {kind: sum(held[n] for n, row in accounts.items() if row.kind == kind) for kind in Account.Kind.values}
    assert points["free"] + points["held"] + points["redeemed"] + points["expired"] == -points["tariff"] >= 0
    sums = defaultdict(int)
    for state, amount in Redemption.objects.values_list("state", "points"):
        sums[state] += amount
    assert points["held"] == sums["held"] and points["redeemed"] == sums["redeemed"], "redeemed twice, or not at all"
    for offer in Offer.objects.all():
        assert offer.left == offer.stock - offer.redemptions.filter(state__in=["held", "redeemed"]).count() >= 0
    for portion in Portion.objects.filter(record__reversal=None, band="at_once"):
        assert (
            sum(
                Portion.objects.filter(on=portion.on, band="at_once", record__reversal=None).values_list(
                    "minutes", flat=True
                )
            )
            <= 480
        )


@settings(max_examples=14, deadline=None, suppress_health_check=list(HealthCheck))
@given(some.lists(STEPS, min_size=6, max_size=24))
def test_hours_and_points_are_conserved_and_nothing_is_redeemed_twice(steps):
    """S31, and the invariants of the time bank."""
    with transaction.atomic():
        year = Year()
        for step in steps:
            year.step(*step)
        check(year)
        transaction.set_rollback(True)
