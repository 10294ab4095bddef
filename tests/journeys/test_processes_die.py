"""Real processes die and come back; what was accepted is done once (R4, R9)."""

import time

import psutil
import pytest

from tests.journeys.processes import Portal, wait_until

pytestmark = pytest.mark.processes

ASK = """
from django.utils import timezone
from portal import jobs
print(jobs.ask("ops.no_such_kind", title="{title}", now=timezone.now()).pk)
"""
STATE = (
    "from portal.models import Job; print(Job.objects.filter(title='{title}').values_list('attempts', flat=True)[0])"
)


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    with Portal(tmp_path_factory.mktemp("processes") / "var") as portal:
        yield portal


def shell(portal: Portal, code: str) -> str:
    return portal.manage("shell", "--verbosity", "0", "--command", code).strip().rsplit("\n", 1)[-1]


def taken(portal: Portal, title: str) -> bool:
    """The worker took the job: the row says so (the kind does not exist, so that it then waits for another try)."""
    return int(shell(portal, STATE.format(title=title))) >= 1


def test_every_process_comes_back_after_sigkill(portal):
    for what in ("web", "worker", "beat"):
        before = portal.kill(what)
        portal.back(what, before)
    wait_until("the web answers again", portal.answers, 30)


def test_a_job_asked_for_while_the_worker_is_dead_is_taken_up(portal):
    before = portal.kill("worker")
    shell(portal, ASK.format(title="没有人接"))
    portal.back("worker", before)
    wait_until("the job was taken", lambda: taken(portal, "没有人接"), 60, every=2)


def test_without_redis_the_web_answers_quickly_and_the_work_is_done_later(portal):
    with portal.redis_stopped():
        shell(portal, ASK.format(title="队列停了"))
        slowest = 0.0
        for path in ("/healthz", "/readyz", "/healthz"):
            began = time.monotonic()
            status, _text = portal.get(path)
            slowest = max(slowest, time.monotonic() - began)
            assert status == 200
        assert slowest < 2
        time.sleep(5)
    wait_until("the job was taken", lambda: taken(portal, "队列停了"), 90, every=2)


def test_an_emptied_redis_loses_nothing(portal):
    shell(portal, ASK.format(title="队列清空"))
    portal.restart_redis()
    wait_until("the job was taken", lambda: taken(portal, "队列清空"), 90, every=2)


def test_a_killed_installation_starts_again_on_its_data(portal):
    """SIGKILL to everything at once, PostgreSQL and Redis included: stale pid files and sockets stop nobody."""
    shell(portal, ASK.format(title="断电之前"))
    victims = [*portal.everything(), *(psutil.Process(pid) for pid in servers_of(portal))]
    for process in victims:
        process.kill()
    psutil.wait_procs(victims, 10)
    began = time.monotonic()
    portal.start()
    assert time.monotonic() - began < 30
    assert int(shell(portal, STATE.format(title="断电之前"))) >= 0


def test_stopping_leaves_no_process(portal):
    """The last one in this file: afterwards the portal is down."""
    crew, servers = portal.everything(), servers_of(portal)
    assert len(crew) > 6
    portal.stop()
    left = [process for process in crew if process.is_running() and process.status() != psutil.STATUS_ZOMBIE]
    assert left == []
    assert not [
        pid for pid in servers if psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    ]


def servers_of(portal: Portal) -> list[int]:
    return [int((portal.var / path).read_text().split()[0]) for path in ("pg/postmaster.pid", "redis/redis.pid")]
