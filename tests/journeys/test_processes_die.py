"""Real processes die and come back; what was accepted is done once (R4, R9)."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg2
import pytest

from portal import vault
from portal.embedded import places
from portal.embedded.hold import alone
from portal.embedded.postgres import Postgres
from tests.journeys.processes import ROOT, Portal, wait_until

pytestmark = [pytest.mark.processes, pytest.mark.flaky(reruns=0)]  # one story on one installation
VOTERS = 60

ASK = """
from django.utils import timezone
from portal import jobs
print(jobs.ask("ops.no_such_kind", title="{title}", now=timezone.now()).pk)
"""
ATTEMPTS = "SELECT attempts FROM portal_job WHERE title = %s"

VOTE = """
from datetime import timedelta
from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone
from projects.proposals.standings import Standing
from projects.rounds.models import StageWindow
from projects.voting import keys
from projects.voting.queries import candidates_of
from projects.voting.services import cast_ballot, freeze_slates, lay_slots
from tests import factories as f
import time
home = f.community()
batch = f.round_at("voting", home)
for window in StageWindow.objects.filter(round=batch):
    moved = timezone.now() - f.NOON
    StageWindow.objects.filter(pk=window.pk).update(opens_at=window.opens_at + moved, closes_at=window.closes_at + moved)
voters = [f.resident(home, f"居民{number}") for number in range(VOTERS)]
for title in ("坡道", "路灯", "充电棚", "凉亭"):
    f.proposal(batch, voters[0], standing=Standing.SHORTLISTED, title=title)
[slate] = freeze_slates(batch, with_roll=True, now=timezone.now())
keys.make_key(batch.pk)
lay_slots(batch)
ids = [each.pk for each in candidates_of(slate)]
print("open", batch.number, flush=True)
for place, voter in enumerate(voters):
    while True:
        try:
            tracker = cast_ballot(slate_id=slate.pk, by=voter, choices={ids[place % 4]: 1, ids[(place + 1) % 4]: 1}).tracker
            break
        except (DatabaseError, InterfaceError):
            connection.close()
            time.sleep(0.2)
    print("accepted", tracker, flush=True)
"""
STANDS = """
SELECT r.stage,
  (SELECT count(*) FROM projects_stagemove m WHERE m.round_id = r.id AND m."left" = 'voting'),
  (SELECT count(*) FROM projects_participation p WHERE p.round_id = r.id),
  (SELECT count(*) FROM projects_ballot b JOIN projects_slate s ON s.id = b.slate_id WHERE s.round_id = r.id AND b.channel <> ''),
  (SELECT count(*) FROM projects_countedballot c JOIN projects_slate s ON s.id = c.slate_id WHERE s.round_id = r.id),
  (SELECT array_agg(t.ballots) FROM projects_tally t JOIN projects_slate s ON s.id = t.slate_id WHERE s.round_id = r.id),
  (SELECT count(*) FROM portal_logentry WHERE action = 'voting.close_ballots'),
  (SELECT array_agg(c.tracker ORDER BY c.tracker) FROM projects_countedtracker c JOIN projects_slate s ON s.id = c.slate_id
    WHERE s.round_id = r.id)
FROM projects_round r WHERE r.number = %s
"""
COUNTED = "SELECT tracker FROM projects_countedtracker ORDER BY tracker"
WAITS = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE %s"


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    folder = tmp_path_factory.mktemp("processes")
    with Portal(folder / "var", PORTAL_WAL_ARCHIVE=str(folder / "elsewhere")) as portal:
        yield portal


def shell(portal: Portal, code: str) -> str:
    return portal.manage("shell", "--verbosity", "0", "--command", code).strip().rsplit("\n", 1)[-1]


def taken(portal: Portal, title: str) -> bool:
    """The worker took the job: the row says so (the kind does not exist, so that it then waits for another try)."""
    return any(attempts >= 1 for (attempts,) in look(portal, ATTEMPTS, title))


def test_every_process_comes_back_after_sigkill(portal):
    for what in ("web", "worker", "beat"):
        before = portal.kill(what)
        portal.back(what, before)
    wait_until("the web answers again", portal.answers, 90)


def test_a_job_asked_for_while_the_worker_is_dead_is_taken_up(portal):
    before = portal.kill("worker")
    shell(portal, ASK.format(title="没有人接"))
    portal.back("worker", before)
    wait_until("the job was taken", lambda: taken(portal, "没有人接"), 90)


def test_without_redis_the_web_answers_quickly_and_the_work_is_done_later(portal):
    with portal.redis_stopped():
        shell(portal, ASK.format(title="队列停了"))
        for path in ("/healthz", "/readyz"):  # who waits for Redis waits each time; a busy processor lets one of them through
            assert min(answered_in(portal, path) for _ask in range(3)) < 2
        time.sleep(5)
    wait_until("the job was taken", lambda: taken(portal, "队列停了"), 90)


def answered_in(portal: Portal, path: str) -> float:
    began = time.monotonic()
    assert portal.get(path)[0] == 200
    return time.monotonic() - began


def test_an_emptied_redis_loses_nothing(portal):
    shell(portal, ASK.format(title="队列清空"))
    portal.restart_redis()
    wait_until("the job was taken", lambda: taken(portal, "队列清空"), 90)


@contextmanager
def database(portal: Portal) -> Iterator[Callable[..., list[tuple]]]:
    """Ask the embedded PostgreSQL directly: without the seconds that a shell of the portal takes."""
    line = psycopg2.connect(host=str(places.sockets(portal.var)), user=places.USER, dbname=places.DATABASE)
    try:
        with line.cursor() as cursor:

            def ask(sql: str, *given: object) -> list[tuple]:
                cursor.execute(sql, given)
                return cursor.fetchall() if cursor.description else []

            yield ask
    finally:
        line.close()


def look(portal: Portal, sql: str, *given: object) -> list[tuple]:
    """One question; nothing while the server is down."""
    try:
        with database(portal) as ask:
            return ask(sql, *given)
    except psycopg2.OperationalError:
        return []


def test_postgres_and_the_worker_die_while_residents_vote_and_while_the_poll_closes(portal):
    """R4: every ballot that was accepted is counted once, closing goes on by itself, and there is one result."""
    portal.manage("base_backup")  # last night
    code = f"VOTERS = {VOTERS}\n{VOTE}"
    command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", code]
    voting = subprocess.Popen(command, cwd=ROOT, env=portal.environment, stdout=subprocess.PIPE, text=True)
    told = (line.split() for line in voting.stdout)
    number, accepted = next(words[1] for words in told if words[0] == "open"), []
    for words in told:
        accepted.append(words[1])
        if len(accepted) == VOTERS // 2:
            portal.kill_postgres()
    assert voting.wait(120) == 0 and len(accepted) == VOTERS
    [(stage, left, took_part, held, counted, tallies, closed, trackers)] = look(portal, STANDS, number)
    assert (stage, left, took_part, held, counted, tallies) == ("voting", 0, VOTERS, VOTERS, 0, None)

    with database(portal) as ask:  # the close copies the ballots, then waits here before it writes the result
        ask("LOCK TABLE projects_tally IN EXCLUSIVE MODE")
        with database(portal) as other:
            other(
                "UPDATE projects_stagewindow w SET opens_at = opens_at - interval '30 days', "
                "closes_at = closes_at - interval '30 days' FROM projects_round r WHERE w.round_id = r.id AND r.number = %s",
                number,
            )
            other("COMMIT")
        wait_until("the result is being written", lambda: look(portal, WAITS, "INSERT INTO \"projects_tally\"%"), 120)
        before = portal.find("worker")
        for process in [before, *before.children(recursive=True)]:
            process.kill()
        portal.back("worker", before.pid)
        wait_until("another worker begins to close", lambda: look(portal, WAITS, "SELECT pg_advisory_xact_lock(%"), 120)
        portal.kill_postgres()
    wait_until("the poll is closed", lambda: any(row[0] != "voting" for row in look(portal, STANDS, number)), 120)
    [(_stage, left, took_part, held, counted, tallies, closed, trackers)] = look(portal, STANDS, number)
    assert (left, took_part, held, counted, tallies, closed) == (1, VOTERS, 0, VOTERS, [VOTERS], 1)
    assert trackers == sorted(accepted), "the receipts that were given, and no other"


def test_a_killed_installation_starts_again_on_its_data(portal):
    """SIGKILL to everything at once, PostgreSQL and Redis included: stale pid files and sockets stop nobody."""
    shell(portal, ASK.format(title="断电之前"))
    victims = [*portal.everything(), *(psutil.Process(pid) for pid in servers_of(portal))]
    for process in victims:
        process.kill()
    psutil.wait_procs(victims, 10)
    first = portal.started_in  # with the database to be made, on this machine
    portal.start()
    assert portal.started_in < max(30, first)
    assert look(portal, ATTEMPTS, "断电之前")


def test_stopping_leaves_no_process(portal):
    """The last one with the portal up."""
    crew, servers = portal.everything(), servers_of(portal)
    assert len(crew) > 6
    portal.stop()
    left = [process for process in crew if process.is_running() and process.status() != psutil.STATUS_ZOMBIE]
    assert left == []
    assert not [
        pid for pid in servers if psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    ]


def test_last_nights_copy_and_the_changes_since_bring_every_ballot_back(portal):
    """D9: the portal is down. What PostgreSQL had not handed over yet is taken from the broken folder."""
    postgres = Postgres(portal.var)
    with environment(PORTAL_WAL_ARCHIVE=portal.environment["PORTAL_WAL_ARCHIVE"]), alone(portal.var):
        postgres.start()
        before = look(portal, COUNTED)
        with database(portal) as ask:
            ask("UPDATE portal_job SET title = '最后一刻'; COMMIT")
        portal.kill_postgres()
    (postgres.data / "global" / "pg_control").unlink()
    archive = Path(portal.environment["PORTAL_WAL_ARCHIVE"])
    kept = [archive / "base.sealed", *(archive / "wal").iterdir()]
    assert len(kept) > 1 and all(each.read_bytes().startswith(vault.MAGIC) for each in kept), "nothing there can be read"
    wrong = {**portal.environment, "BACKUP_KEY": "another"}
    refused = subprocess.run([sys.executable, "manage.py", "recover"], cwd=ROOT, env=wrong, capture_output=True, text=True)
    assert refused.returncode == 1 and "不是用这里的 BACKUP_KEY 封存的" in refused.stderr
    told = portal.manage("recover")
    assert "数据库已恢复" in told and " same" in told and "DIFFERS" not in told
    with alone(portal.var):
        postgres.start()
        assert look(portal, COUNTED) == before and len(before) == VOTERS
        assert look(portal, "SELECT DISTINCT title FROM portal_job") == [("最后一刻",)]
        postgres.stop()


@contextmanager
def environment(**given: str) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in given}
    os.environ.update(given)
    yield
    for name, value in before.items():
        os.environ.pop(name) if value is None else os.environ.update({name: value})


def servers_of(portal: Portal) -> list[int]:
    return [int((portal.var / path).read_text().split()[0]) for path in ("pg/postmaster.pid", "redis/redis.pid")]
