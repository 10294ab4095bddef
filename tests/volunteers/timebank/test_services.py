"""Hours come in, are reviewed and reversed; the database keeps the ledger's promises by itself."""

from datetime import date, timedelta

import pytest
from django.db import Error, IntegrityError, InternalError, connection, transaction

from communities.roles.rules import Role
from portal.refusals import Refused
from tests import factories as make
from tests.factories import NOON
from tests.volunteers import volunteer_worlds as worlds
from volunteers.models import Account, Certificate, Entry, HourRecord, Portion, Posting
from volunteers.timebank import queries, services
from volunteers.timebank.services import ledger

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


class World:
    def __init__(self, *, per_hour=10):
        self.home = make.community()
        self.street, self.district = self.home.parent, self.home.parent.parent
        self.helper = worlds.volunteer(self.home)
        self.worker, self.officer = make.worker(self.home), make.street_officer(self.street)
        self.chief = make.holder(Role.DISTRICT_OFFICER, self.district)
        if per_hour:
            services.publish_tariff(
                district_id=self.district.pk, starts_on=NOON.date() - timedelta(days=9), per_hour=per_hour,
                lasts_years=1, note="", by=self.chief, now=NOON - timedelta(days=9),
            )  # fmt: skip

    def scan(self, hours=2.0, ref="a-1", *, at=NOON - timedelta(hours=11), now=NOON + 20 * HOUR, who=None):
        return services.record_scanned(
            volunteer_id=(who or self.helper).pk, activity_ref=ref, started_at=at, ended_at=at + hours * HOUR,
            now=now, title="文明引导",
        )  # fmt: skip

    def hand(self, hours=2.0, *, by=None, at=NOON - timedelta(hours=11), reason="手机没电", now=NOON + 20 * HOUR):
        return services.record_by_hand(
            volunteer_id=self.helper.pk, title="社区清洁", started_at=at, ended_at=at + hours * HOUR,
            reason=reason, by=by or self.worker, now=now,
        )  # fmt: skip

    @property
    def balances(self):
        return queries.balances_of(self.helper)


def refused(act, code):
    with pytest.raises(Refused) as told, transaction.atomic():
        act()
    assert told.value.refusal.code == code


def test_scanned_hours_count_at_once_with_their_points_and_once():
    world = World()
    record = world.scan(2.5)
    assert world.scan(9) == record, "the same activity again answers the record that stands"
    assert (world.balances.scanned, world.balances.by_hand, world.balances.free) == (150, 0, 25)
    assert world.balances.lots[0].expires_on == date(2027, 12, 31)
    assert Posting.objects.count() == 2 and record.portions.get().band == "at_once"


def test_without_a_tariff_hours_count_and_points_are_not_granted():
    world = World(per_hour=0)
    world.scan(2)
    assert (world.balances.counted, world.balances.free) == (120, 0)


def test_scanned_and_hand_entered_hours_never_mix():
    world = World()
    world.scan(2)
    record = world.hand(3, at=NOON - timedelta(hours=6))
    assert (world.balances.scanned, world.balances.by_hand) == (120, 180)
    scanned = Account.objects.get(kind="counted", origin="scanned")
    by_hand = Account.objects.get(kind="counted", origin="by_hand")
    with pytest.raises(IntegrityError, match="does not balance"), transaction.atomic():
        ledger.post(
            kind="confirm", key="mix", volunteer=world.helper, moves=[(by_hand, scanned, 60)], by=None, now=NOON
        )
        connection.check_constraints()
    assert (
        record.entered_by == world.worker and world.helper.person.notices.filter(kind="timebank.by_hand").count() == 1
    )


def test_times_that_overlap_are_refused_and_a_reversed_record_makes_room():
    world = World()
    record = world.scan(2)
    refused(lambda: world.scan(2, "a-2", at=NOON - timedelta(hours=10)), "hours_overlap")
    refused(lambda: world.hand(1), "hours_overlap")
    world.scan(1, "a-3", at=NOON - timedelta(hours=9))  # begins when the first ended
    services.reverse_record(record_id=record.pk, reason="扫错了人", by=world.worker, now=NOON)
    world.hand(2, at=NOON - timedelta(hours=11))
    assert (world.balances.scanned, world.balances.by_hand) == (60, 120)


def test_who_may_enter_by_hand_and_that_a_reason_is_needed():
    world = World()
    leader, stranger = worlds.volunteer(world.home, "何队长"), worlds.volunteer(world.home, "路人")
    team = worlds.team(world.home, by=world.worker)
    worlds.member(team, leader, leads=True)
    worlds.member(team, world.helper)
    refused(lambda: world.hand(by=stranger.person), "not_yours")
    refused(lambda: world.hand(by=make.worker(make.community("南坑社区", world.street))), "not_yours")
    refused(lambda: world.hand(reason="  "), "reason_missing")
    assert world.hand(by=leader.person).origin == "by_hand"
    own = worlds.volunteer(world.home, "自己")
    worlds.member(team, own, leads=True)
    refused(
        lambda: services.record_by_hand(
            volunteer_id=own.pk,
            title="清洁",
            started_at=NOON - HOUR,
            ended_at=NOON,
            reason="忘了扫",
            by=own.person,
            now=NOON,
        ),
        "own_hours",
    )


def test_a_long_day_waits_for_the_street_and_the_very_long_for_the_district():
    world = World()
    world.scan(13, at=NOON - timedelta(hours=12))
    assert (world.balances.scanned, world.balances.scanned_waiting, world.balances.free) == (480, 300, 80)
    street, district = Portion.objects.filter(band="street").get(), Portion.objects.filter(band="district").get()
    assert [row.pk for row in queries.portions_waiting(world.officer, today=NOON.date())] == [street.pk]
    assert [row.pk for row in queries.portions_waiting(world.chief, today=NOON.date())] == [district.pk]
    assert not queries.portions_waiting(world.worker, today=NOON.date()).exists()
    refused(lambda: services.confirm_portion(portion_id=district.pk, by=world.officer, now=NOON), "not_yours")
    services.confirm_portion(portion_id=street.pk, by=world.officer, now=NOON)
    refused(
        lambda: services.refuse_portion(portion_id=street.pk, reason="x", by=world.officer, now=NOON), "already_decided"
    )
    services.refuse_portion(portion_id=district.pk, reason="与签到表不符", by=world.chief, now=NOON)
    assert (world.balances.scanned, world.balances.waiting, world.balances.free) == (720, 0, 120)
    assert world.helper.person.notices.filter(kind="timebank.reviewed").count() == 2


def test_nobody_reviews_what_she_entered():
    world = World()
    world.hand(10, by=world.officer)
    part = Portion.objects.get(band="street")
    refused(lambda: services.confirm_portion(portion_id=part.pk, by=world.officer, now=NOON), "own_entry")
    services.confirm_portion(portion_id=part.pk, by=make.street_officer(world.street), now=NOON)
    assert world.balances.by_hand == 600


def test_a_reversal_takes_hours_and_points_back_and_says_what_was_spent():
    world = World()
    record = world.scan(10)
    services.hold_points(volunteer_id=world.helper.pk, points=50, key="r-1", by=None, now=NOON)
    services.redeem_points(volunteer_id=world.helper.pk, key="r-1", by=None, now=NOON)
    reversal = services.reverse_record(record_id=record.pk, reason="重复登记", by=world.worker, now=NOON)
    assert (world.balances.counted, world.balances.waiting, world.balances.free) == (0, 0, 0)
    assert reversal.points_short == 50
    refused(lambda: services.reverse_record(record_id=record.pk, reason="再来", by=world.worker, now=NOON), "reversed")


def test_points_are_held_then_spent_or_given_back_once():
    world = World()
    world.scan(4)
    who = {"volunteer_id": world.helper.pk, "by": None, "now": NOON}
    refused(lambda: services.hold_points(points=41, key="r-0", **who), "not_enough_points")
    services.hold_points(points=30, key="r-1", **who)
    services.hold_points(points=30, key="r-1", **who)
    assert (world.balances.free, world.balances.held) == (10, 30)
    services.release_points(key="r-1", **who)
    refused(lambda: services.redeem_points(key="r-1", **who), "hold_ended")
    assert (world.balances.free, world.balances.held) == (40, 0)


def test_points_expire_and_hours_never_do():
    world = World()
    world.scan(4)
    services.hold_points(volunteer_id=world.helper.pk, points=10, key="r-1", by=None, now=NOON)
    last = NOON.replace(year=2027, month=12, day=31)
    assert services.expire_points(now=last) == 0
    assert services.expire_points(now=last + timedelta(days=1)) == 1
    assert (world.balances.free, world.balances.held, world.balances.counted) == (0, 10, 240)
    services.release_points(volunteer_id=world.helper.pk, key="r-1", by=None, now=last + timedelta(days=1))
    assert queries.points_of(world.helper.pk, today=date(2028, 1, 1)) == 0, "what came back late is not free again"
    assert services.expire_points(now=last + timedelta(days=1)) == 1
    assert services.expire_points(now=last + timedelta(days=1)) == 0
    assert world.helper.person.notices.filter(kind="timebank.expired").count() == 2


def test_a_tariff_is_published_ahead_and_by_the_district():
    world = World()
    told = {"district_id": world.district.pk, "per_hour": 12, "lasts_years": 2, "note": "", "now": NOON}
    refused(lambda: services.publish_tariff(starts_on=NOON.date(), by=world.officer, **told), "not_yours")
    refused(
        lambda: services.publish_tariff(starts_on=NOON.date() - timedelta(days=1), by=world.chief, **told),
        "in_the_past",
    )
    services.publish_tariff(starts_on=NOON.date() + timedelta(days=30), by=world.chief, **told)
    refused(lambda: services.publish_tariff(starts_on=NOON.date(), by=world.chief, **told), "not_later")
    assert queries.tariff_on(world.home, NOON.date()).per_hour == 10


def test_a_certificate_holds_both_kinds_apart_and_is_the_volunteers_own():
    world = World()
    world.scan(2)
    world.hand(1, at=NOON - timedelta(hours=5))
    made = services.issue_certificate(by=world.helper.person, first_on=NOON.date(), last_on=NOON.date(), now=NOON)
    assert (made.scanned, made.by_hand, made.services) == (120, 60, 2)
    assert queries.certificate_numbered(made.number) == made
    early = NOON.date() - timedelta(days=30)
    refused(
        lambda: services.issue_certificate(by=world.worker, first_on=early, last_on=early, now=NOON), "no_volunteer"
    )
    refused(
        lambda: services.issue_certificate(by=world.helper.person, first_on=early, last_on=early, now=NOON), "no_hours"
    )


ATTACKS = [
    "UPDATE volunteers_account SET balance = balance + 1000 WHERE volunteer_id IS NOT NULL",
    "INSERT INTO volunteers_account (kind, origin, volunteer_id, balance) SELECT 'held', '', id, 5 FROM volunteers_volunteer",
    "DELETE FROM volunteers_account",
    "UPDATE volunteers_entry SET amount = amount * 2",
    "DELETE FROM volunteers_posting",
    "UPDATE volunteers_hourrecord SET origin = 'scanned', activity_ref = 'x'",
    "DELETE FROM volunteers_reversal",
    "UPDATE volunteers_portion SET minutes = 1",
    "DELETE FROM volunteers_certificate",
    "UPDATE volunteers_tariff SET per_hour = 999",
]


def test_the_database_refuses_what_the_portal_would_never_do():
    """S31, S47"""
    world = World()
    services.reverse_record(record_id=world.hand(1).pk, reason="重复", by=world.worker, now=NOON)
    world.scan(4, at=NOON - timedelta(hours=6))
    services.issue_certificate(by=world.helper.person, first_on=NOON.date(), last_on=NOON.date(), now=NOON)
    for statement in ATTACKS:
        with pytest.raises(Error) as told, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
        assert "only grows" in str(told.value) or "by its entries alone" in str(told.value), statement
    free, gone = Account.objects.get(kind="free"), ledger.account("redeemed")
    told = {"volunteer": world.helper, "by": None, "now": NOON, "kind": "redeem"}
    with pytest.raises(IntegrityError, match="no_balance_below_zero"), transaction.atomic():
        ledger.post(key="more", moves=[(free, gone, free.balance + 1)], **told)
    other = ledger.account("free", volunteer=worlds.volunteer(world.home, "别人"))
    with pytest.raises((IntegrityError, InternalError), match="does not balance"), transaction.atomic():
        ledger.post(key="theft", moves=[(free, other, 10)], **told)
        connection.check_constraints()
    with pytest.raises(IntegrityError, match="does not balance"), transaction.atomic():
        Entry.objects.create(posting=Posting.objects.filter(kind="grant").first(), account=gone, amount=7)
        connection.check_constraints()
    assert HourRecord.objects.count() == 2 and Certificate.objects.count() == 1
