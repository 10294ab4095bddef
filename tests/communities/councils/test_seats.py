"""Seats with terms, who gives and ends them, absences, the council of one estate, and what the public page tells."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from communities.accounts.phones import unseal
from communities.councils import records, rules, services
from communities.councils.models import Council, Seat
from communities.roles.models import Appointment
from communities.roles.rules import Role, overlap
from portal import clock
from portal.refusals import Refused
from tests.factories import NOON, community, council, proposal, resident, resolution, round_at, street_officer, worker
from tests.signing_in import sign_in

TODAY = NOON.date()
WORKER = frozenset({Role.COMMUNITY_WORKER})


def code_of(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.refusal.code


@pytest.mark.django_db
def test_a_seat_brings_the_role_and_ends_with_it(client):
    made = council(community(), seats=3)
    home = made.community
    by, who = worker(home), resident(home, "何玉兰")
    sign_in(client, by)
    sent = {"phone": unseal(who.phone_cipher), "kind": "newcomer", "came_by": "elected", "since": str(TODAY), "until": ""}
    with clock.pretend(NOON):
        assert client.post(reverse("councils:seat", args=[home.code]), {**sent, "chairs": "on"}).status_code == 422
        assert client.post(reverse("councils:seat", args=[home.code]), {**sent, "phone": "138"}).status_code == 422
        assert client.post(reverse("councils:seat", args=[home.code]), sent).status_code == 302
        seat = Seat.objects.get(person=who)
        term = Appointment.objects.get(person=who, role=Role.COUNCIL_MEMBER)
        assert (seat.kind, seat.came_by, seat.until, term.ends_on) == ("newcomer", "elected", None, None)
        again = {"council_id": made.pk, "person_id": who.pk, "kind": "resident", "came_by": "elected", "chairs": False}
        assert code_of(lambda: services.seat_member(**again, since=TODAY, until=None, by=by, now=NOON)) == "terms_overlap"
        leave = {"last_day": str(TODAY), "reason": "搬离社区"}
        assert client.post(reverse("councils:end_seat", args=[seat.pk]), leave).status_code == 302
        assert client.post(reverse("councils:end_seat", args=[seat.pk]), leave).status_code == 422  # over already
    seat.refresh_from_db()
    term.refresh_from_db()
    assert seat.until == term.ends_on == TODAY


@pytest.mark.django_db
def test_neighbours_and_members_themselves_give_no_seats(client):
    """S28: nobody seats herself."""
    made = council(community(), seats=2)
    home = made.community
    who, officer = resident(home), street_officer(home.parent)
    given = {"council_id": made.pk, "kind": "resident", "came_by": "elected", "chairs": False, "since": TODAY, "until": None}
    for by in (worker(community("凤凰社区", home.parent)), made.seats.first().person, who):
        wanted = "self_seating" if by == who else "not_superior"
        assert code_of(lambda by=by: services.seat_member(person_id=who.pk, by=by, now=NOON, **given)) == wanted
    sign_in(client, worker(community("南坑社区", home.parent)))
    with clock.pretend(NOON):
        assert client.get(reverse("councils:seat", args=[home.code])).status_code == 404
        assert client.get(reverse("councils:end_seat", args=[made.seats.first().pk])).status_code == 404
    assert services.seat_member(person_id=who.pk, by=officer, now=NOON, **given).pk


@pytest.mark.django_db
def test_an_estate_has_a_council_of_its_own(client):
    made = council(community(), seats=2)
    home = made.community
    by, who = worker(home), resident(home)
    sign_in(client, by)
    with clock.pretend(NOON):
        answer = client.post(reverse("councils:estate", args=[home.code]), {"estate": "龙岭花园"})
        small = Council.objects.get(name="龙岭花园小区议事会")
        assert answer["Location"] == reverse("councils:council", args=[small.community.code])
        client.post(reverse("councils:estate", args=[home.code]), {"estate": "龙岭花园"})
        assert Council.objects.filter(name="龙岭花园小区议事会").count() == 1
        given = {"kind": "resident", "came_by": "elected", "chairs": True, "since": TODAY, "until": None}
        services.seat_member(council_id=small.pk, person_id=who.pk, by=by, now=NOON, **given)
        assert not Appointment.objects.filter(person=who).exists()  # it decides on no public money
        for code in (home.code, small.community.code):
            text = client.get(reverse("councils:council", args=[code])).content.decode()
            assert "龙岭花园" in text


@pytest.mark.django_db
def test_the_public_page_tells_what_was_refused_and_never_who_was_absent(client, monkeypatch):
    home = community()
    batch = round_at("deliberation", home)
    made = council(home, seats=3)
    resolution(proposal(batch, resident(home)), in_favour=9)
    seat = made.seats.order_by("pk").last()
    told = records.record_of(made, TODAY)
    assert (told.meetings, told.passed, told.refused, len(told.newest)) == (1, 1, 0, 1)
    known = records.Record(since=TODAY, meetings=4, passed=3, refused=1, unexcused={seat.pk: 3})
    monkeypatch.setattr(records, "SOURCES", [lambda council, day, absences: known])
    with clock.pretend(NOON):
        text = client.get(reverse("councils:council", args=[home.code])).content.decode()
        assert "25" in text and "今年无故缺席" not in text and "待处理" not in text
        text = sign_in(client, worker(home)).get(reverse("councils:council", args=[home.code])).content.decode()
        assert "今年无故缺席" in text and text.count("待处理") == 1


DAYS = st.integers(0, 60).map(lambda days: date(2026, 1, 1) + timedelta(days=days))
TERMS = st.lists(st.tuples(DAYS, st.none() | DAYS), max_size=8)


@given(TERMS)
def test_terms_that_were_let_in_never_share_a_day(wanted):
    """Brute force over days against the rule."""
    held = []
    for since, until in wanted:
        refusal = rules.objection_to_seating(
            by=WORKER, same_person=False, is_active=True, adult=True, since=since, until=until, held=held, chairs=False, chair_terms=[]
        )
        if refusal is None:
            held.append((since, until))
    last = date(2026, 6, 1)
    days = [day for since, until in held for day in range(since.toordinal(), (until or last).toordinal() + 1)]
    assert len(days) == len(set(days))
    assert not any(overlap(*one, *other) for number, one in enumerate(held) for other in held[number + 1 :])
