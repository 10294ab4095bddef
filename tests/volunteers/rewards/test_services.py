"""An offer is taken, confirmed once, or its points come back."""

from datetime import timedelta

import pytest
from django.db import Error, connection, transaction

from portal.refusals import Refused
from tests import factories as make
from tests.factories import NOON
from tests.volunteers.rewards.reward_worlds import Shop
from volunteers.models import Entry, MerchantTerm, Offer, Redemption
from volunteers.rewards import pages, queries, rules, services
from volunteers.teams.services import leave_service
from volunteers.timebank.rules import month_in

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(minutes=31)


def refused(act, code):
    with pytest.raises(Refused) as told, transaction.atomic():
        act()
    assert told.value.refusal.code == code


def test_points_are_held_and_spent_when_the_merchant_confirms():
    shop = Shop()
    made = shop.take()
    assert shop.take() == made, "a repeat answers the code that waits"
    assert (shop.left(), shop.points()) == (4, (50, 30))
    done = shop.confirm(f"{made.code[:4].lower()} {made.code[4:]}")
    assert (done.state, done.confirmed_by, shop.points()) == ("redeemed", shop.clerk, (50, 0))
    refused(lambda: shop.confirm(made.code), "already_redeemed")
    refused(lambda: shop.take(), "enough")
    assert shop.helper.person.notices.filter(kind="rewards.redeemed").count() == 1


def test_a_code_lapses_and_piece_and_points_come_back():
    shop = Shop()
    made = shop.take()
    assert services.lapse_redemptions(now=NOON + timedelta(minutes=29)) == 0
    refused(lambda: shop.confirm(made.code, now=LATER), "code_over")
    assert services.lapse_redemptions(now=LATER) == 1
    assert services.lapse_redemptions(now=LATER) == 0
    assert (shop.left(), shop.points()) == (5, (80, 0))
    again = shop.take(now=LATER)
    assert again != made and again.code != made.code


def test_a_code_that_lapsed_before_the_tick_makes_room_for_a_new_one():
    shop = Shop(stock=1)
    first = shop.take()
    second = shop.take(now=LATER)
    first.refresh_from_db()
    assert (first.state, second.state, shop.left(), shop.points()) == ("lapsed", "held", 0, (50, 30))


def test_cancelling_gives_back_and_is_the_volunteers_own():
    shop = Shop()
    made = shop.take()
    refused(lambda: services.cancel_redemption(redemption_id=made.pk, by=shop.clerk, now=NOON), "not_yours")
    services.cancel_redemption(redemption_id=made.pk, by=shop.helper.person, now=NOON)
    refused(lambda: services.cancel_redemption(redemption_id=made.pk, by=shop.helper.person, now=NOON), "already_over")
    assert (shop.left(), shop.points()) == (5, (80, 0))


def test_who_may_take_and_what_stands_in_the_way():
    shop = Shop(stock=1)
    refused(lambda: services.take_offer(offer_id=shop.offer.pk, by=make.resident(shop.home), now=NOON), "not_yours")
    refused(lambda: shop.take(shop.helped(2, "积分少")), "not_enough_points")
    assert shop.left() == 1, "a refused taking takes nothing"
    shop.take(shop.helped(8, "先来的"))
    refused(lambda: shop.take(), "sold_out")
    other = shop.publish(points=10)
    services.withdraw_offer(offer_id=other.pk, by=shop.officer, now=NOON)
    refused(lambda: shop.take(offer=other), "offer_gone")
    refused(lambda: shop.take(offer=shop.publish(points=10), now=NOON + timedelta(days=61)), "offer_over")
    shop.appoint(shop.helper.person)
    refused(lambda: shop.take(offer=shop.publish(points=10)), "own_shop")


def test_only_the_merchants_own_people_confirm_and_only_in_their_term():
    shop = Shop()
    made = shop.take()
    refused(lambda: shop.confirm(made.code, by=make.resident(shop.home)), "no_such_code")
    refused(lambda: shop.confirm("AAAABBBB"), "no_such_code")
    services.end_appointment(term_id=MerchantTerm.objects.get().pk, by=shop.officer, now=NOON)
    refused(lambda: shop.confirm(made.code), "no_such_code")
    shop.appoint(shop.helper.person)
    refused(lambda: shop.confirm(made.code, by=shop.helper.person), "own_code")


def test_who_leaves_gives_her_codes_back():
    shop = Shop()
    shop.take()
    leave_service(by=shop.helper.person, now=NOON)
    assert (shop.left(), Redemption.objects.get().state, shop.points()) == (5, "cancelled", (80, 0))


def test_a_merchant_belongs_to_its_street():
    shop = Shop()
    stranger = make.street_officer(make.street("坂田街道"))
    told = {"merchant_id": shop.merchant.pk, "by": stranger, "now": NOON, "starts_on": NOON.date(), "ends_on": None}
    refused(lambda: services.appoint_person(person=shop.helper.person, **told), "not_yours")
    refused(lambda: services.withdraw_offer(offer_id=shop.offer.pk, by=shop.clerk, now=NOON), "not_yours")
    same = {"community_id": shop.home.pk, "name": "邻里早餐铺", "kind": "food", "address": "别处", "by": shop.officer}
    refused(lambda: services.register_merchant(now=NOON, **same), "merchant_there")
    assert list(queries.merchants_in_sight(stranger, NOON.date())) == []


def test_a_statement_is_the_ledger_of_its_month():
    shop = Shop(per_person=2)
    shop.confirm(shop.take().code)
    shop.confirm(shop.take(now=LATER).code, now=LATER)
    month = pages.Month("2026-03", today=NOON.date())
    lines = queries.statement(shop.merchant, *month.span)
    assert [(line.title, line.count, line.points) for line in lines] == [("早餐一份", 2, 60)]
    assert -sum(Entry.objects.filter(posting__kind="redeem", amount__lt=0).values_list("amount", flat=True)) == 60
    assert queries.statement(shop.merchant, *pages.Month("2026-02", today=NOON.date()).span) == []
    assert queries.sums_by_merchant([shop.merchant.pk], *month.span) == {shop.merchant.pk: (2, 60)}
    sums, each = pages.statement_sheets(shop.merchant, month)
    assert sums.rows[-1] == ("合计", 2, 60) and len(each.rows) == 2
    assert not any(shop.helper.person.name in str(cell) for row in each.rows for cell in row)


def test_the_database_keeps_stock_and_ended_redemptions():
    """S31"""
    shop = Shop(stock=1)
    shop.confirm(shop.take().code)
    for statement in (
        "UPDATE volunteers_redemption SET state = 'held', ended_at = NULL, confirmed_by_id = NULL",
        "DELETE FROM volunteers_redemption",
        'UPDATE volunteers_offer SET "left" = "left" - 1',
        'UPDATE volunteers_offer SET "left" = stock + 1',
    ):
        with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert Offer.objects.get().left == 0 and Redemption.objects.get().state == "redeemed"


@pytest.mark.parametrize(
    ("typed", "first"),
    [("2026-11", "2026-11-01"), ("2026-13", "2026-03-01"), ("x", "2026-03-01"), ("2026-1", "2026-01-01")],
)
def test_a_month_is_read_or_is_this_one(typed, first):
    assert month_in(typed, today=NOON.date())[0].isoformat() == first
    assert month_in("2026-02", today=NOON.date())[1].isoformat() == "2026-02-28"


@pytest.mark.parametrize(
    ("typed", "code"), [("abcd 2345", "ABCD2345"), ("ABCD-2345", "ABCD2345"), ("ABCD234", ""), ("ABCD0000", "")]
)
def test_a_code_is_read_as_people_type_it(typed, code):
    assert rules.code_in(typed) == code
