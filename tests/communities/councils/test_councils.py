"""Thresholds, seats and the public page of a council."""

from datetime import timedelta
from fractions import Fraction

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from communities.councils import queries
from communities.councils.rules import Threshold, is_losing_seat
from tests.factories import NOON, community, council

TODAY = NOON.date()
MORE_THAN_TWO_THIRDS, TWO_THIRDS = Threshold(2, 3, False), Threshold(2, 3, True)


def test_with_forty_five_the_flag_makes_the_difference():
    assert MORE_THAN_TWO_THIRDS.needed(45) == 31 and TWO_THIRDS.needed(45) == 30


@pytest.mark.parametrize("size", range(1, 101))
@pytest.mark.parametrize(("over", "under"), [(1, 2), (2, 3), (3, 4), (1, 3), (3, 5)])
def test_thresholds_agree_with_fractions_on_every_size(size, over, under):
    """以上 is at least, 超过 is more than: by exact fractions, counted one by one."""
    share = Fraction(over, under)
    for inclusive in (True, False):
        threshold = Threshold(over, under, inclusive)
        enough = [n for n in range(1, size + 1) if (Fraction(n, size) >= share if inclusive else Fraction(n, size) > share)]
        assert [n for n in range(1, size + 1) if threshold.is_reached(n, size)] == enough
        assert threshold.needed(size) == (enough[0] if enough else size + 1)


@given(st.integers(1, 20), st.integers(1, 20), st.booleans(), st.integers(1, 500), st.integers(0, 500))
def test_needed_is_the_smallest_that_is_reached(over, under, inclusive, size, count):
    if over > under or (over == under and not inclusive):
        with pytest.raises(ValueError):
            Threshold(over, under, inclusive)
        return
    threshold = Threshold(over, under, inclusive)
    assert threshold.is_reached(count, size) == (count >= threshold.needed(size))


@pytest.mark.parametrize(
    ("threshold", "words"),
    [(MORE_THAN_TWO_THIRDS, "超过三分之二"), (TWO_THIRDS, "三分之二以上"), (Threshold(1, 1, True), "全体")],
)
def test_a_threshold_in_words(threshold, words):
    assert threshold.in_words() == words


def test_nothing_of_nothing_is_never_enough():
    assert not TWO_THIRDS.is_reached(0, 0) and TWO_THIRDS.needed(0) == 1


def test_three_absences_put_a_seat_up():
    assert [is_losing_seat(n) for n in range(5)] == [False, False, False, True, True]


@pytest.mark.django_db
def test_seats_count_from_their_first_to_their_last_day(django_assert_num_queries):
    held = council(community(), seats=3)
    first = held.seats.order_by("pk").first()
    held.seats.filter(pk=first.pk).update(until=TODAY)
    assert queries.chair_of(held, TODAY) == first.person
    assert queries.chair_of(held, TODAY + timedelta(days=1)) is None
    with django_assert_num_queries(1):
        assert [seat.person.name for seat in queries.seats_on(held, TODAY + timedelta(days=1))] == ["议事代表2", "议事代表3"]
    assert queries.seats_on(held, TODAY - timedelta(days=101)).count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("seats", [1, 13])
def test_the_public_page_masks_members_and_says_how_it_decides(client, django_assert_num_queries, seats):
    """P11: a surname unless the member agrees; constant queries."""
    home = community()
    held = council(home, seats=seats)
    chair = held.seats.get(chairs=True).person
    chair.show_name, chair.name = True, "欧阳建国"
    chair.save()
    with django_assert_num_queries(5):
        text = client.get(reverse("councils:council", args=[home.code])).content.decode()
    assert "欧阳建国" in text and "召集人" in text and "超过三分之二" in text
    assert "议事代表2" not in text


@pytest.mark.django_db
def test_a_community_without_a_council_has_no_page(client):
    assert client.get(reverse("councils:council", args=[community().code])).status_code == 404
    assert client.get(reverse("councils:council", args=["x"])).status_code == 404
