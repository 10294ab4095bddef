"""A thief's afternoon: everything of the database copied as text while voting is open, the web's own log beside it, no key.

She looks for a choice that leads to a person: by content, by any order in which rows of people and ballots lie, in
sessions, in log rows, in what the server printed.
"""

import io
import random
from itertools import product

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import reverse

from communities.centres.models import ServiceCentre
from portal import clock
from projects.models import Ballot, Participation
from projects.voting import keys, services
from tests import factories as f
from tests.projects.voting.papers import paper_poll
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
VOTERS = 16
BY_CHANCE = 9  # of 16 places right: less than once in a million guesses


@pytest.fixture
def poll():
    made = paper_poll(people=VOTERS + 3)
    made.centre = ServiceCentre.objects.create(community=made.home, name="党群服务中心", address="一号")
    yield made
    keys.destroy_key(made.slate.round_id)


def vote(poll):
    """Everybody in an order of her own through the pages: half at home, some change, every fifth at the device; three on
    paper. Answers who voted electronically, in order."""
    chance = random.Random(5)
    order = chance.sample(poll.voters[:VOTERS], VOTERS)
    device = sign_in(Client(), poll.first)
    device.post(reverse("voting:open_kiosk", args=[poll.slate.round.number, poll.home.code]), {"centre": poll.centre.pk})
    entries = dict(poll.slate.roll.values_list("person", "pk"))
    for place, voter in enumerate(order):
        client = device if place % 5 == 0 else sign_in(Client(), voter)
        if client is device:
            code = services.admit_voter(entry_id=entries[voter.pk], by=poll.second, now=f.NOON)
            client.post(reverse("voting:kiosk_pass"), {"code": code})
        for _time in range(1 + place % 2):
            picked = {"choices": chance.sample(poll.numbers, 2)}
            client.post(reverse("voting:review", args=[poll.slate.round.number]), picked)
            assert client.post(reverse("voting:cast", args=[poll.slate.round.number]), picked).status_code == 302
        if client is device:
            client.post(reverse("voting:kiosk_leave"))
    batch = services.print_sheets(slate_id=poll.slate.pk, count=10, by=poll.first, now=f.NOON)
    for voter in poll.voters[VOTERS:]:
        services.hand_out_paper(entry_id=entries[voter.pk], by=poll.first, now=f.NOON)
    poll.seal(batch, 7, 3)
    for serial in poll.serials(batch)[:3]:
        poll.key(batch, serial, poll.first)
        poll.key(batch, serial, poll.second)
    services.accept_batch(batch_id=batch.pk, by=poll.second, now=f.NOON)
    return order


def tables():
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")
        return sorted(name for (name,) in cursor.fetchall())


def dump():
    """table → its rows as a dump writes them."""
    found = {}
    with connection.cursor() as cursor:
        for table in tables():
            held = io.StringIO()
            cursor.cursor.copy_expert(f'COPY "{table}" TO STDOUT', held)
            found[table] = held.getvalue()
    return found


def orders(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [value for (value,) in cursor.fetchall()]


def people_orders(voters):
    """Every order in which a table of the dump lists the voters: by place in the file and by primary key."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.conrelid::regclass::text, a.attname FROM pg_constraint c "
            "JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] "
            "WHERE c.contype = 'f' AND c.confrelid = 'communities_user'::regclass"
        )
        columns = cursor.fetchall()
    for table, column in columns:
        for by in ("ctid", "id"):
            if by == "id" and not orders(
                f"SELECT 1 FROM information_schema.columns WHERE table_name = '{table}' AND column_name = 'id'"
            ):
                continue
            seen = list(dict.fromkeys(each for each in orders(f"SELECT {column} FROM {table} ORDER BY {by}") if each in voters))
            if len(seen) == len(voters):
                yield f"{table}.{column} by {by}", seen
    logged = orders("SELECT about_id FROM portal_logentry WHERE about_kind = 'communities.user' ORDER BY id")
    seen = list(dict.fromkeys(int(each) for each in logged if int(each) in voters))
    if len(seen) == len(voters):
        yield "log", seen


def test_a_dump_while_voting_is_open_leads_from_nobody_to_a_choice(poll, capfd, caplog):
    """B8"""
    caplog.set_level("DEBUG")
    with clock.pretend(f.NOON):
        order = vote(poll)
    printed = caplog.text + "".join(capfd.readouterr())
    taken = dump()
    ballots = list(Ballot.objects.all())
    assert len(ballots) == VOTERS + 3 and Participation.objects.count() == VOTERS + 3

    for ballot in ballots:  # by content: nothing of a ballot lies anywhere but in its own table, and on its paper
        homes = {table for table, text in taken.items() if ballot.tracker in text}
        assert homes <= {"projects_ballot", "projects_papersheet"}, homes
        assert sum(bytes(ballot.link).hex() in text for text in taken.values()) == 1
        assert ballot.tracker not in printed and bytes(ballot.link).hex() not in printed
    chosen = [f'"{number}"' for number in poll.numbers]
    keyed = {"projects_ballot", "projects_keying"}
    others = {name: text for name, text in taken.items() if name not in keyed}
    assert not [name for name, text in others.items() if any(f"{each}:" in text for each in chosen)]
    assert "choices" not in printed
    lines = [each.msg for each in caplog.records if isinstance(each.msg, dict) and "/voting/" in str(each.msg.get("request"))]
    assert any("/cast/" in line["request"] for line in lines)
    assert not [line for line in lines if {"user_id", "ip", "user_agent"} & line.keys()], "no line names who was at the ballot"

    people = taken["projects_participation"]  # no moment, no address, no device
    assert f.NOON.strftime("%H:%M") not in people and "127.0.0.1" not in people

    rows = [session.get_decoded() for session in Session.objects.all()]  # sessions: who, never what
    assert not any("choices" in str(row) or ballot.tracker in str(row) for row in rows for ballot in ballots)
    assert not any("visit" in row for row in rows), "nobody's visit outlives her leaving"

    voters = {each.pk for each in order}  # by order: any list of people against any list of ballots
    numbers = [each.pk for each in order]
    truth = dict(zip(keys.links_of(poll.slate.round_id, numbers), numbers, strict=True))
    found = dict(people_orders(voters)) | {"the order in which they really voted": numbers}
    assert len(found) >= 4, found.keys()
    for by, (name, listed) in product(("ctid", "id", "link", "tracker", "revision, id"), found.items()):
        held = orders(f"SELECT link FROM projects_ballot WHERE channel = 'online' ORDER BY {by}")
        right = sum(truth[bytes(link)] == person for link, person in zip(held, listed, strict=True))
        assert right < BY_CHANCE, f"ballots by {by} against {name}: {right} of {VOTERS}"

    services.blend(poll.slate.round)  # and the live tables: transaction numbers join nothing after the blend
    for table in ("projects_ballot WHERE channel <> 'paper'", "projects_participation"):
        assert len(set(orders(f"SELECT xmin::text FROM {table}"))) == 1
    assert Participation.objects.filter(channel="kiosk", centre=poll.centre).count() == 4, "a blend keeps the place"
