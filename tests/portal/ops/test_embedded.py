"""The embedded servers: started once by whoever comes first, stopped by the last, recovered after a crash (R9)."""
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from portal.embedded import places
from portal.embedded.postgres import Postgres
from portal.embedded.redis import Redis
from tests.journeys.processes import ROOT, wait_until

HOLD = """
import sys
from pathlib import Path
from portal.embedded import hold
hold.attach(Path(sys.argv[1]), durable=False)
print("up", flush=True)
sys.stdin.read()
"""


def holder(var: Path) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", HOLD, str(var)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def leave(process: subprocess.Popen) -> None:
    process.stdin.close()
    assert process.wait(60) == 0
    process.stdout.close()


def up(var: Path) -> tuple[bool, bool]:
    return Postgres(var).running(), Redis(var).running()


@pytest.fixture(scope="module")
def var(tmp_path_factory):
    return tmp_path_factory.mktemp("e") / "var"


def test_two_processes_at_once_share_one_pair_and_the_last_stops_it(var):
    first, second = holder(var), holder(var)
    assert [first.stdout.readline(), second.stdout.readline()] == ["up\n", "up\n"]
    assert up(var) == (True, True)
    leave(first)
    assert up(var) == (True, True)
    leave(second)
    assert up(var) == (False, False)


def test_servers_and_holders_killed_together_come_back(var):
    first = holder(var)
    assert first.stdout.readline() == "up\n"
    pids = [int((var / file).read_text().split()[0]) for file in ("pg/postmaster.pid", "redis/redis.pid")]
    victims = [psutil.Process(pid) for pid in (*pids, first.pid)]
    for process in victims:
        process.kill()
    first.wait()
    first.stdin.close()
    first.stdout.close()
    wait_until("all are dead", lambda: up(var) == (False, False))
    second = holder(var)
    assert second.stdout.readline() == "up\n"
    assert up(var) == (True, True)
    leave(second)


def test_a_pid_file_that_names_a_stranger_stops_nobody(var):
    """After a restart of the machine the old number may be anybody's."""
    for file in ("pg/postmaster.pid", "redis/redis.pid"):
        (var / file).write_text(f"{psutil.Process().pid}\n{var / 'pg'}\n0\n5432\n\n\n\nready\n")
    again = holder(var)
    assert again.stdout.readline() == "up\n"
    leave(again)


def test_a_redis_that_hangs_is_not_replaced(var):
    first = holder(var)
    assert first.stdout.readline() == "up\n"
    pid = Redis(var).pid()
    psutil.Process(pid).suspend()
    try:
        second = holder(var)
        assert second.stdout.readline() == "up\n"
        assert Redis(var).pid() == pid
    finally:
        psutil.Process(pid).resume()
    leave(second)
    assert Redis(var).running()
    leave(first)


def test_a_dump_of_another_program_is_put_aside(var):
    (var / "redis" / "dump.rdb").write_bytes(b"REDIS9999 from the future")
    again = holder(var)
    assert again.stdout.readline() == "up\n"
    assert (var / "redis" / "dump.unreadable").exists()
    leave(again)


def test_nobody_else_can_reach_the_sockets(var):
    first = holder(var)
    assert first.stdout.readline() == "up\n"
    assert (var / "run").stat().st_mode & 0o077 == 0
    assert (var / "pg").stat().st_mode & 0o077 == 0
    listening = [
        line for pid in (Postgres(var).pid_file, Redis(var).pid_file)
        for line in psutil.Process(int(pid.read_text().split()[0])).net_connections("inet")
    ]
    assert listening == []
    leave(first)


@pytest.mark.parametrize(("folder", "short"), [("/srv/portal/var", True), ("/srv/" + "很深的文件夹/" * 6 + "var", False)])
def test_socket_paths_fit_into_the_kernel(folder, short):
    place = places.sockets(Path(folder))
    assert len(bytes(place / ".s.PGSQL.5432.lock")) < 107
    assert place.is_relative_to(folder) == short


@pytest.mark.parametrize(
    ("redis", "broker"),
    [
        ("unix:///srv/run/redis.sock?db=0", "redis+socket:///srv/run/redis.sock?virtual_host=0"),
        ("unix:///srv/run/redis.sock?db=3", "redis+socket:///srv/run/redis.sock?virtual_host=3"),
        ("redis://:secret@redis:6379/1", "redis://:secret@redis:6379/1"),
        ("rediss://redis:6380/0", "rediss://redis:6380/0"),
    ],
)
def test_celery_is_told_the_same_redis(redis, broker):
    assert places.broker_url(redis) == broker
