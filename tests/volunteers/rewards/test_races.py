"""Fifty phones at once: at the last piece, at one balance, at one code."""

from datetime import timedelta

import pytest

from portal.refusals import Refused
from tests.factories import NOON
from tests.threads import at_once
from tests.volunteers.rewards.reward_worlds import Shop
from volunteers.models import Account, Offer, Posting, Redemption
from volunteers.rewards import services
from volunteers.timebank import services as timebank

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]


def outcomes(answers):
    """How many succeeded; the codes of all refusals. Anything but a refusal fails the test."""
    assert all(not isinstance(each, Exception) or isinstance(each, Refused) for each in answers), answers
    return (
        [each for each in answers if not isinstance(each, Exception)],
        {each.refusal.code for each in answers if isinstance(each, Refused)},
    )


def test_fifty_at_the_last_piece_one_balance_and_one_code():
    shop = Shop(stock=1, hours=8)
    crowd = [shop.helped(4, f"志愿者{number}") for number in range(50)]
    done, refusals = outcomes(at_once([lambda who=who: shop.take(who) for who in crowd]))
    assert (len(done), refusals, shop.left()) == (1, {"sold_out"}, 0), "exactly one takes the last piece"
    assert Account.objects.filter(kind="held", balance=30).count() == 1

    confirmed, refusals = outcomes(at_once([lambda: shop.confirm(done[0].code) for _phone in range(10)]))
    assert (len(confirmed), refusals) == (1, {"already_redeemed"}), "one code is good once"
    assert Posting.objects.filter(kind="redeem").count() == 1

    offers = [shop.publish(points=30) for _offer in range(50)]  # 80 points: two of fifty offers, not more
    done, refusals = outcomes(at_once([lambda offer=offer: shop.take(offer=offer) for offer in offers]))
    assert (len(done), refusals, shop.points()) == (2, {"not_enough_points"}, (20, 60))
    assert Offer.objects.filter(points=30, left=4).count() == 2, "who was refused left the piece where it was"

    code, late = done[0].code, NOON + timedelta(minutes=29)
    mixed = [lambda: shop.confirm(code, now=late)] * 4
    mixed += [lambda: services.lapse_redemptions(now=NOON + timedelta(minutes=31))] * 4
    mixed += [lambda: services.cancel_redemption(redemption_id=done[0].pk, by=shop.helper.person, now=late)] * 4
    outcomes(at_once(mixed))
    assert Posting.objects.filter(key=f"end-redemption-{done[0].pk}").count() == 1, "a hold ends once"
    assert not Redemption.objects.filter(state="held").exists()
    free, held = shop.points()
    spent = sum(Redemption.objects.filter(state="redeemed", volunteer=shop.helper).values_list("points", flat=True))
    assert held == 0 and free + spent == 80


def test_one_service_scanned_on_many_phones_and_hours_that_overlap():
    shop = Shop(hours=0)
    who, start = shop.helper.pk, NOON - timedelta(hours=3)

    def scan(ref, minutes):
        begin = start + timedelta(minutes=minutes)
        return timebank.record_scanned(
            volunteer_id=who, activity_ref=ref, started_at=begin, ended_at=begin + timedelta(hours=1), now=NOON
        )

    done, _refusals = outcomes(at_once([lambda: scan("one", 0)] * 12))
    assert len({record.pk for record in done}) == 1 and len(done) == 12
    done, refusals = outcomes(at_once([lambda n=n: scan(f"other-{n}", 60 + n) for n in range(12)]))
    assert (len(done), refusals) == (1, {"hours_overlap"})
    assert Account.objects.get(kind="counted").balance == 120
    assert Account.objects.get(kind="free").balance == 20
