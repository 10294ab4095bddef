"""What somebody who holds the database, without the round's key, can learn while voting is open: who voted, no more.

Measure: the slots' order, ids, transaction numbers, sequences, sessions, notices and log are compared with the order in
which people really voted.
"""

import random

import pytest
from django.db import connection

from portal.models import LogEntry
from projects.models import Ballot, Participation
from projects.proposals.standings import Standing
from projects.voting import keys
from projects.voting.queries import candidates_of
from projects.voting.services import blend, cast_ballot, freeze_slates, lay_slots
from tests import factories as f

pytestmark = pytest.mark.django_db(transaction=True)

PLACE = "SELECT tracker FROM projects_ballot"  # in the order in which a dump copies the table


@pytest.fixture
def poll():
    home = f.community()
    batch = f.round_at("voting", home)
    voters = [f.resident(home, f"居民{number}") for number in range(40)]
    for title in ("坡道", "路灯", "充电棚"):
        f.proposal(batch, voters[0], standing=Standing.SHORTLISTED, title=title)
    [slate] = freeze_slates(batch, with_roll=True, now=f.NOON)
    keys.make_key(batch.pk)
    lay_slots(batch)
    yield slate, voters
    keys.destroy_key(batch.pk)


def rows(sql, *given):
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return cursor.fetchall()


def vote(slate, voters, *, seed=1):
    """Everybody votes in an order of her own; a third changes or withdraws. Answers the order."""
    chance = random.Random(seed)
    order = chance.sample(voters, len(voters))
    ids = [each.pk for each in candidates_of(slate)]
    for voter in order:
        cast_ballot(slate_id=slate.pk, by=voter, choices={chance.choice(ids): 1}, now=f.NOON)
    for voter in order[::3]:
        cast_ballot(slate_id=slate.pk, by=voter, choices={}, now=f.NOON)
    return order


def test_a_dump_shows_ballots_in_the_order_laid_before_the_first_vote(poll):
    """B8: 40 votes and 14 changes later the table still reads in the order of the links, which the key alone explains."""
    slate, voters = poll
    before = rows(PLACE)
    vote(slate, voters)
    assert rows(PLACE) == before and len(before) == 40
    links = [bytes(link) for (link,) in rows("SELECT link FROM projects_ballot")]
    assert links == sorted(links)


def test_each_slot_has_a_page_of_its_own(poll):
    """The order of versions inside a page tells who came later: so no two voters share one."""
    slate, voters = poll
    vote(slate, voters)
    pages = [page for (page,) in rows("SELECT (ctid::text::point)[0]::int FROM projects_ballot")]
    assert len(set(pages)) == 40


def test_the_order_of_a_dump_says_nothing_about_the_order_of_votes(poll):
    """The same forty people vote in two different orders: the ballots lie in the same order both times."""
    slate, voters = poll
    order = vote(slate, voters)
    by_link = dict(zip(keys.links_of(slate.round_id, [each.pk for each in order]), range(40), strict=True))
    places = [by_link[bytes(link)] for (link,) in rows("SELECT link FROM projects_ballot")]
    hits = sum(place == rank for rank, place in enumerate(places))
    assert places != sorted(places) and hits < 10


def test_no_id_counts_upwards(poll):
    slate, voters = poll
    vote(slate, voters)
    sequences = rows("SELECT relname FROM pg_class WHERE relkind = 'S' AND relname ~ 'ballot|participation'")
    assert [name for (name,) in sequences if "started" not in name] == []
    assert {Ballot._meta.pk.get_internal_type(), Participation._meta.pk.get_internal_type()} == {"UUIDField"}


def test_no_moment_is_kept(poll):
    """Day only: no column of either table holds a time or an address."""
    kinds = rows(
        "SELECT data_type FROM information_schema.columns WHERE table_name IN "
        "('projects_ballot', 'projects_participation', 'projects_startedballot')"
    )
    assert {kind for (kind,) in kinds}.isdisjoint({"timestamp with time zone", "time without time zone", "inet"})


def test_after_the_nightly_blend_transaction_numbers_are_all_equal(poll):
    """Before it, xmin joins the two tables for whoever reads the live database; afterwards it is one number for all."""
    slate, voters = poll
    order = vote(slate, voters[:20])
    blend(slate.round)
    marks = rows("SELECT xmin::text FROM projects_ballot UNION SELECT xmin::text FROM projects_participation")
    assert len(marks) == 1
    people = [person for (person,) in rows("SELECT person_id FROM projects_participation")]
    assert sorted(people) == sorted(each.pk for each in order) and people != [each.pk for each in order]
    assert Ballot.objects.count() == 20 and Ballot.slots.count() == 40


def test_a_blend_changes_no_ballot(poll):
    slate, voters = poll
    vote(slate, voters)
    before = set(Ballot.objects.values_list("link", "tracker", "revision"))
    blend(slate.round)
    assert {(bytes(a), b, c) for a, b, c in Ballot.objects.values_list("link", "tracker", "revision")} == {
        (bytes(a), b, c) for a, b, c in before
    }
    again = cast_ballot(slate_id=slate.pk, by=voters[0], choices={}, now=f.NOON)
    assert again.tracker in {tracker for _link, tracker, _revision in before}


def test_nothing_of_a_ballot_reaches_log_session_or_notices(poll, client):
    slate, voters = poll
    voter, chosen = voters[0], candidates_of(slate)[1].pk
    with_log = LogEntry.objects.count()
    client.force_login(voter)
    from portal import clock

    with clock.pretend(f.NOON):
        answer = client.post(f"/voting/{slate.round.number}/cast/", {"choices": [chosen]})
    assert answer.status_code == 302
    held = Ballot.objects.get()
    assert held.choices == {str(chosen): 1} and LogEntry.objects.count() == with_log
    session = dict(client.session.items())
    assert held.tracker not in str(session) and "choices" not in str(session) and f"'{chosen}'" not in str(session)
    assert client.cookies.keys() <= {"session", "csrf", "language", "messages", "unfinished"}
    assert held.tracker not in str([cookie.value for cookie in client.cookies.values()])
    [notices] = rows(
        "SELECT count(*) FROM portal_notice WHERE text LIKE %s OR params::text LIKE %s",
        f"%{held.tracker}%",
        f"%{held.tracker}%",
    )
    assert notices == (0,)
