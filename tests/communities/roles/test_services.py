"""Appointing, ending, handing over on real rows."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from communities.accounts.models import Invitation, User
from communities.roles import queries, services
from communities.roles.models import Appointment
from communities.roles.rules import Role
from portal import clock
from portal.models import LogEntry, Notice
from portal.refusals import Refused
from tests.factories import NOON, community, division, holder, person, street, street_officer, worker
from tests.signing_in import sign_in

TODAY = NOON.date()
pytestmark = pytest.mark.django_db


def code_of(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.refusal.code


def appoint(who, role, at, by, starts=TODAY, **more):
    return services.appoint(person_id=who.pk, role=role, division_id=at.pk, starts_on=starts, by=by, now=NOON, **more)


def fresh(number):
    return User.objects.get(pk=number)


def test_a_street_appoints_a_worker_and_she_reaches_her_community_only():
    home, other = community("龙岭社区"), community("凤凰社区")
    officer, who = street_officer(home.parent), User.objects.create_staff("w9", name="林晓", date_joined=NOON)
    made = appoint(who, Role.COMMUNITY_WORKER, home, officer)
    assert queries.roles_at(fresh(who.pk), home, TODAY) == {Role.COMMUNITY_WORKER}
    assert queries.roles_at(fresh(who.pk), other, TODAY) == frozenset()
    assert queries.roles_at(fresh(who.pk), home, TODAY - timedelta(days=1)) == frozenset()
    assert LogEntry.objects.filter(action="roles.appoint", about_id=str(made.pk)).exists()
    assert Notice.objects.filter(person=who).exists()


def test_another_street_appoints_nobody_here():
    """A street officer of 布吉 has no say in 坂田."""
    home = community()
    district = home.parent.parent
    stranger = street_officer(division("street", "坂田街道", district))
    who = User.objects.create_staff("w9", name="林晓", date_joined=NOON)
    assert code_of(lambda: appoint(who, Role.COMMUNITY_WORKER, home, stranger)) == "not_superior"


def test_staff_roles_need_a_staff_account():
    home = community()
    assert code_of(lambda: appoint(person(), Role.COMMUNITY_WORKER, home, street_officer(home.parent))) == "needs_staff_account"
    assert appoint(person(), Role.COUNCIL_MEMBER, home, street_officer(home.parent)).pk


def test_terms_of_one_person_role_and_place_do_not_overlap():
    home = community()
    officer, who = street_officer(home.parent), person()
    appoint(who, Role.COUNCIL_MEMBER, home, officer, ends_on=TODAY + timedelta(days=10))
    assert code_of(lambda: appoint(who, Role.COUNCIL_MEMBER, home, officer, TODAY + timedelta(days=10))) == "terms_overlap"
    assert appoint(who, Role.COUNCIL_MEMBER, home, officer, TODAY + timedelta(days=11)).pk


def test_a_supervisor_is_not_staff_below_or_above():
    home = community()
    district = home.parent.parent
    overseer = worker(home)
    giver = holder(Role.DISTRICT_OFFICER, district)
    assert code_of(lambda: appoint(overseer, Role.SUPERVISOR, district, giver)) == "supervisor_is_staff"


def test_ending_a_role_ends_every_session_at_once(client):
    """S23."""
    home = community()
    officer, who = street_officer(home.parent), worker(home)
    sign_in(client, who)
    assert client.get(reverse("residents:vouching")).status_code == 200
    term = Appointment.objects.get(person=who)
    services.end_term(appointment_id=term.pk, ends_on=TODAY, reason="调任", by=officer, now=NOON)
    assert client.get(reverse("residents:vouching")).status_code == 302
    assert code_of(
        lambda: services.end_term(appointment_id=term.pk, ends_on=TODAY, reason="调任", by=officer, now=NOON)
    ) == "already_over"


def test_nobody_ends_her_own_term_nor_the_last_administrator():
    city = division("city", "深圳市")
    first, second = holder(Role.ADMINISTRATOR, city), holder(Role.ADMINISTRATOR, city)
    own = Appointment.objects.get(person=first)
    end = {"ends_on": TODAY, "reason": "调任", "now": NOON}
    assert code_of(lambda: services.end_term(appointment_id=own.pk, by=first, **end)) == "self_ending"
    services.end_term(appointment_id=own.pk, by=second, **end)
    rest = Appointment.objects.get(person=second)
    assert code_of(lambda: services.end_term(appointment_id=rest.pk, by=first, **end)) == "last_administrator"


def test_handing_over_leaves_no_day_without_a_holder():
    home = community()
    officer, old, new = street_officer(home.parent), worker(home), User.objects.create_staff("w9", name="林晓", date_joined=NOON)
    held = Appointment.objects.get(person=old)
    on = TODAY + timedelta(days=3)
    services.hand_over(appointment_id=held.pk, to_id=new.pk, on=on, reason="轮岗", by=officer, now=NOON)
    for day in range(6):
        there = {row.person_id for row in queries.register(TODAY + timedelta(days=day), below=home)}
        assert there == {old.pk if day < 3 else new.pk}
    held.refresh_from_db()
    assert held.successor.person_id == new.pk


def test_the_register_answers_for_any_past_day():
    home = community()
    officer, who = street_officer(home.parent), worker(home)
    term = Appointment.objects.get(person=who)
    services.end_term(appointment_id=term.pk, ends_on=TODAY, reason="调任", by=officer, now=NOON)
    past = queries.register(TODAY - timedelta(days=30), below=home.parent)
    assert {row.person_id for row in past} == {officer.pk, who.pk}
    assert {row.person_id for row in queries.register(TODAY + timedelta(days=1), below=home.parent)} == {officer.pk}


@pytest.mark.django_db(transaction=True)
@pytest.mark.race
def test_two_offices_at_once_leave_one_term():
    """Two appoint the same person to the same seat at the same moment: one wins, the other is told."""
    home = community()
    officers, who = [street_officer(home.parent), street_officer(home.parent)], person()
    told, start = [], threading.Barrier(2)

    def act(officer):
        start.wait()
        try:
            appoint(who, Role.COUNCIL_MEMBER, home, officer, ends_on=TODAY + timedelta(days=10))
        except Refused as refused:
            told.append(refused.refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=(officer,)) for officer in officers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Appointment.objects.filter(person=who).count() == 1 and told == ["terms_overlap"]


def test_a_street_opens_a_workers_account_in_the_browser(client):
    """The one-time link is shown once, and a refused appointment opens no account."""
    home = community()
    sign_in(client, street_officer(home.parent))
    url = reverse("roles:appoint", args=[home.code])
    bad = client.post(url, {"role": "community_worker", "staff_name": "ll001", "name": "林晓", "starts_on": "2020-01-01"})
    assert bad.status_code == 422 and not User.objects.filter(staff_name="ll001").exists()
    day = clock.today().isoformat()
    done = client.post(url, {"role": "community_worker", "staff_name": "ll001", "name": "林晓", "starts_on": day})
    made = User.objects.get(staff_name="ll001")
    assert not made.has_usable_password() and Invitation.objects.filter(person=made).count() == 1
    first = client.get(done.url).content.decode()
    assert "/accounts/staff/start/" in first and "林晓" in first
    assert "/accounts/staff/start/" not in client.get(done.url).content.decode()


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"role": "administrator"},
        {"role": "community_worker", "staff_name": "\x00"},
        {"role": "community_worker", "staff_name": "x" * 99, "starts_on": "9999-99-99"},
        {"role": "council_member", "phone": "abc", "starts_on": "2026-01-01"},
    ],
)
def test_bad_appointments_are_sentences(client, data):
    """U4: 422 and never a 500."""
    home = community()
    sign_in(client, street_officer(home.parent))
    assert client.post(reverse("roles:appoint", args=[home.code]), data).status_code == 422


def test_pages_of_another_street_are_not_found(client):
    """S28."""
    home = community()
    term = Appointment.objects.get(person=worker(home))
    sign_in(client, street_officer(division("street", "坂田街道", home.parent.parent)))
    for url in (reverse("roles:appoint", args=[home.code]), reverse("roles:end_term", args=[term.pk])):
        assert client.get(url).status_code == 404
    assert client.get(reverse("roles:register"), {"at": home.code}).status_code == 404
    assert client.post(reverse("roles:new_link", args=[term.pk])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_register_asks_the_same_number_of_times(client, django_assert_num_queries, count):
    home = community()
    officer = street_officer(home.parent)
    for _ in range(count):
        worker(home)
    sign_in(client, officer)
    client.get(reverse("roles:register"))
    with django_assert_num_queries(7):
        assert client.get(reverse("roles:register")).status_code == 200


def test_a_resident_does_not_find_the_register(client):
    sign_in(client, person())
    assert client.get(reverse("roles:register")).status_code == 404
    assert Client().get(reverse("roles:register")).status_code == 302
    assert street("布吉街道").level == "street"
