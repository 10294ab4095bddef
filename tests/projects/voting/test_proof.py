"""The daily chain, the end of the round's key by two people, unfinished ballots."""

import hashlib
import json
from datetime import timedelta

import pytest

from portal import clock
from portal.models import Job, LogEntry, Notice
from portal.refusals import Refused
from projects import engine
from projects.models import Ballot, CountedBallot, DaySeal, KeyEnd, KeySignature, StartedBallot
from projects.proposals.standings import Standing
from projects.voting import keys
from projects.voting.queries import candidates_of
from projects.voting.services import (
    cast_ballot,
    close_ballots,
    freeze_slates,
    lay_slots,
    note_started,
    remind,
    seal_all,
    sign_key_end,
    tend_keys,
    wipe_ballots,
)
from tests import factories as f
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
AFTER = f.NOON + timedelta(days=29)


@pytest.fixture
def poll():
    home = f.community()
    batch = f.round_at("voting", home)
    voters = [f.resident(home, f"居民{number}") for number in range(5)]
    for title in ("坡道", "路灯", "充电棚"):
        f.proposal(batch, voters[0], standing=Standing.SHORTLISTED, title=title)
    [slate] = freeze_slates(batch, with_roll=True, now=f.NOON)
    keys.make_key(batch.pk)
    lay_slots(batch)
    yield slate, voters, [each.pk for each in candidates_of(slate)]
    keys.destroy_key(batch.pk)


@pytest.fixture
def closed(poll):
    slate, voters, ids = poll
    for voter in voters:
        cast_ballot(slate_id=slate.pk, by=voter, choices={ids[0]: 1}, now=f.NOON)
    engine.advance(slate.round, leaving="voting", now=AFTER)
    slate.refresh_from_db()
    return slate


def refusal(act, **given):
    with pytest.raises(Refused) as refused:
        act(**given)
    return refused.value.refusal.code


def test_a_day_that_is_over_joins_the_chain(poll):
    """B14: everybody can repeat each link from the figures on the page."""
    slate, [one, two, three, *_rest], ids = poll
    cast_ballot(slate_id=slate.pk, by=one, choices={ids[0]: 1}, now=f.NOON)
    cast_ballot(slate_id=slate.pk, by=two, choices={ids[0]: 1}, now=f.NOON)
    cast_ballot(slate_id=slate.pk, by=two, choices={}, now=f.NOON)
    assert seal_all(now=f.NOON + timedelta(days=1)) == 2, "the day of opening and the day after"
    assert seal_all(now=f.NOON + timedelta(days=1)) == 0
    cast_ballot(slate_id=slate.pk, by=three, choices={ids[1]: 1}, now=f.NOON + timedelta(days=1))
    seal_all(now=f.NOON + timedelta(days=2))
    rows = list(DaySeal.objects.filter(slate=slate))
    assert [(row.cast, row.changed, row.withdrawn) for row in rows] == [(0, 1, 1), (2, 1, 1), (3, 1, 1)]
    head = slate.digest
    for row in rows:
        figures = {
            "day": row.day.isoformat(),
            "cast": row.cast,
            "changed": row.changed,
            "paper": row.paper,
            "withdrawn": row.withdrawn,
            "final": False,
        }
        text = json.dumps(figures, sort_keys=True, separators=(",", ":"))
        head = hashlib.sha256((head + text).encode()).hexdigest()
        assert row.digest == head


def test_the_close_seals_the_last_link_and_orders_the_table_rewritten(closed):
    last = DaySeal.objects.filter(slate=closed).last()
    assert last.final and last.cast == 5
    job = Job.objects.get(kind="voting.wipe_ballots")
    assert wipe_ballots(job, lambda done, total: None) == {"wiped": True}


def test_the_key_is_sealed_at_the_close_and_gone_after_two_signatures(closed):
    officers = [f.street_officer(closed.community.parent, name) for name in ("黄志强", "林月")]
    with pytest.raises(FileNotFoundError):
        keys.link_of(closed.round_id, 1)
    assert keys.key_exists(closed.round_id)
    sign_key_end(round_id=closed.round_id, by=officers[0], now=AFTER)
    assert refusal(sign_key_end, round_id=closed.round_id, by=officers[0], now=AFTER) == "signed_already"
    assert keys.key_exists(closed.round_id) and not KeyEnd.objects.exists()
    sign_key_end(round_id=closed.round_id, by=officers[1], now=AFTER)
    assert not keys.key_exists(closed.round_id) and KeyEnd.objects.get().by_people
    assert LogEntry.objects.filter(action="voting.destroy_key").count() == 1
    third = f.street_officer(closed.community.parent, "何远")
    assert refusal(sign_key_end, round_id=closed.round_id, by=third, now=AFTER) == "key_gone"


def test_nobody_else_ends_a_key_and_not_while_voting_is_open(poll):
    slate, voters, _ids = poll
    officer = f.street_officer(slate.community.parent)
    assert refusal(sign_key_end, round_id=slate.round_id, by=voters[0], now=f.NOON) == "not_yours"
    assert refusal(sign_key_end, round_id=slate.round_id, by=f.worker(slate.community), now=f.NOON) == "not_yours"
    assert refusal(sign_key_end, round_id=slate.round_id, by=officer, now=f.NOON) == "not_now"
    tend_keys(now=f.NOON)
    assert keys.link_of(slate.round_id, voters[0].pk)


def test_a_death_between_signature_and_destruction_is_repaired(closed):
    """The second signature is kept, the process dies before the file is gone: the next minute ends it, once."""
    for name in ("黄志强", "林月"):
        KeySignature.objects.create(
            round_id=closed.round_id, person=f.street_officer(closed.community.parent, name), at=AFTER
        )
    assert tend_keys(now=AFTER) == 1 and tend_keys(now=AFTER) == 0
    assert not keys.key_exists(closed.round_id) and KeyEnd.objects.get().by_people


def test_a_death_between_destruction_and_its_row_is_repaired(closed):
    for name in ("黄志强", "林月"):
        KeySignature.objects.create(
            round_id=closed.round_id, person=f.street_officer(closed.community.parent, name), at=AFTER
        )
    keys.destroy_key(closed.round_id)
    tend_keys(now=AFTER)
    assert KeyEnd.objects.filter(round=closed.round_id, by_people=True).count() == 1


def test_a_death_after_the_close_leaves_a_key_that_is_sealed_next_minute(poll):
    slate, voters, ids = poll
    cast_ballot(slate_id=slate.pk, by=voters[0], choices={ids[0]: 1}, now=f.NOON)
    engine.advance(slate.round, leaving="voting", now=AFTER)
    keys.make_key(slate.round_id)  # as if the rename after the commit had never happened
    tend_keys(now=AFTER)
    with pytest.raises(FileNotFoundError):
        keys.link_of(slate.round_id, voters[0].pk)


def test_a_key_that_nobody_signs_away_ends_with_the_notice(closed):
    tend_keys(now=AFTER)
    assert keys.key_exists(closed.round_id)
    type(closed.round).objects.filter(pk=closed.round_id).update(stage="approval")
    tend_keys(now=AFTER)
    assert not keys.key_exists(closed.round_id) and not KeyEnd.objects.get().by_people


def test_a_close_that_dies_inside_changes_nothing_and_is_repeated(poll, monkeypatch):
    """SIGKILL inside the transaction is a rollback: no ballot is lost, the repeat counts each once."""
    slate, voters, ids = poll
    for voter in voters:
        cast_ballot(slate_id=slate.pk, by=voter, choices={ids[0]: 1}, now=f.NOON)
    with monkeypatch.context() as broken:
        broken.setattr("projects.voting.services.close.CountedTracker.objects.bulk_create", _dies)
        with pytest.raises(KeyboardInterrupt):
            close_ballots(slate.round, now=AFTER)
    assert Ballot.objects.count() == 5 and CountedBallot.objects.count() == 0 and keys.link_of(slate.round_id, 1)
    assert close_ballots(slate.round, now=AFTER) == 5 and close_ballots(slate.round, now=AFTER) == 0
    assert CountedBallot.objects.count() == 5 and not Ballot.slots.exists()


def _dies(*_rows, **_more):
    raise KeyboardInterrupt


def test_a_begun_ballot_is_remembered_without_choices_and_reminded_once_a_day(poll):
    slate, [one, two, *_rest], ids = poll
    note_started(slate, by=one, now=f.NOON)
    note_started(slate, by=two, now=f.NOON)
    cast_ballot(slate_id=slate.pk, by=two, choices={ids[0]: 1}, now=f.NOON)
    assert list(StartedBallot.objects.values_list("person", flat=True)) == [one.pk]
    assert remind(now=f.NOON) == 0, "not on the same day"
    for _minute in range(3):
        remind(now=f.NOON + timedelta(days=1))
    assert remind(now=f.NOON + timedelta(days=1, hours=12)) == 0, "not at night"
    assert Notice.objects.filter(kind="voting.started").count() == 1
    remind(now=f.NOON + timedelta(days=2))
    assert Notice.objects.filter(kind="voting.started", person=one).count() == 2


def test_the_last_call_reaches_everyone_who_has_not_voted_once(poll):
    slate, voters, ids = poll
    cast_ballot(slate_id=slate.pk, by=voters[0], choices={ids[0]: 1}, now=f.NOON)
    closes = f.NOON + timedelta(days=29)
    assert remind(now=closes - timedelta(hours=25)) == 0
    for _minute in range(2):
        remind(now=closes - timedelta(hours=23))
    assert Notice.objects.filter(kind="voting.last_call").count() == 4


def test_the_reminder_stands_on_every_page_until_she_casts(poll, client):
    slate, [voter, other, *_rest], ids = poll
    client.force_login(voter)
    number = slate.round.number
    with clock.pretend(f.NOON):
        client.post(f"/voting/{number}/review/", {"choices": [ids[0]]})
        assert "还没有投出选票" in client.get("/").content.decode()
        client.post(f"/voting/{number}/cast/", {"choices": [ids[0]]})
        assert "还没有投出选票" not in client.get("/").content.decode()
        client.post(f"/voting/{number}/review/", {"choices": [ids[1]]})
        client.logout()
        client.force_login(other)
        assert "还没有投出选票" not in client.get("/").content.decode()


def test_pages_of_turnout_and_key(poll, client):
    slate, voters, ids = poll
    cast_ballot(slate_id=slate.pk, by=voters[0], choices={ids[0]: 1}, now=f.NOON)
    seal_all(now=f.NOON + timedelta(days=1))
    head = DaySeal.objects.filter(slate=slate).last().digest
    assert head in client.get(f"/voting/{slate.round.number}/turnout/").content.decode()
    officer = f.street_officer(slate.community.parent, "林月")
    engine.advance(slate.round, leaving="voting", now=AFTER)
    with clock.pretend(AFTER):
        sign_in(client, officer)
        shown = client.get(f"/voting/{slate.round.number}/key/")
        assert shown.status_code == 200 and "还没有人确认" in shown.content.decode()
        assert client.post(f"/voting/{slate.round.number}/key/").status_code == 302
        assert "您已经确认过" in client.get(f"/voting/{slate.round.number}/key/").content.decode()
        sign_in(client, voters[1])
        assert client.get(f"/voting/{slate.round.number}/key/").status_code == 404
