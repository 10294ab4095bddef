"""The whole portal as real processes on a free port, with its own folder for data. For journeys and for killing.

with Portal(tmp_path / "var", demo=True) as portal:
    portal.get("/healthz")
    portal.kill("worker")            # SIGKILL to the Celery worker itself; its keeper starts another
    with portal.redis_stopped():     # the embedded Redis does not answer (SIGSTOP)
        ...
"""

import http.client
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent.parent
WHAT = {"web": "gunicorn", "worker": "celery -A portal.celery worker", "beat": "celery -A portal.celery beat"}


def free_port() -> int:
    """Below the range from which the system hands out ports: none is taken by a connection while the portal starts."""
    while True:
        port = 20_000 + secrets.randbelow(12_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def wait_until(what: str, check: Callable[[], object], seconds: float = 60, every: float = 0.25) -> object:
    """What `check` answers, once it answers something true."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if answer := check():
            return answer
        time.sleep(every)
    raise AssertionError(f"{what}: not within {seconds} seconds")


class Portal:
    def __init__(self, var: Path, *, demo: bool = False, tick_seconds: int = 2, **environment: str):
        self.var, self.port = var, free_port()
        self.log = var / "processes.log"
        kept = {
            name: value for name, value in os.environ.items() if not re.match(r"PORTAL_|DATABASE_URL|REDIS_URL", name)
        }
        self.environment = {
            **kept,
            "PORTAL_DOTENV": "0",
            "PORTAL_VAR": str(var),
            "PORT": str(self.port),
            "PORTAL_BIND": "127.0.0.1",
            "PORTAL_HTTPS": "0",
            "PORTAL_DEMO": str(int(demo)),
            "PORTAL_TICK_SECONDS": str(tick_seconds),
            "PORTAL_LOG_LEVEL": "WARNING",
            "WEB_WORKERS": "2",
            "WEB_THREADS": "4",
            **environment,
        }

    def __enter__(self) -> "Portal":
        self.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self.stop()

    def start(self, seconds: float = 180) -> None:
        began = time.monotonic()
        self.var.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "serve"],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        wait_until(f"the portal answers (see {self.log})", self._ready_or_dead, seconds)
        self.started_in = time.monotonic() - began

    def stop(self) -> None:
        """As Ctrl-C does."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(60)
            except subprocess.TimeoutExpired:
                for process in self.everything():
                    process.kill()
                raise

    def manage(self, *arguments: str, seconds: float = 120) -> str:
        """Run a management command against the same data; answers what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
        assert done.returncode == 0, f"{arguments}: {done.stdout}{done.stderr}"
        return done.stdout

    def get(self, path: str, seconds: float = 10) -> tuple[int, str]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=seconds)
        try:
            line.request("GET", path, headers={"Host": "localhost"})
            answer = line.getresponse()
            return answer.status, answer.read().decode()
        finally:
            line.close()

    def answers(self) -> bool:
        try:
            return self.get("/healthz", 3)[0] == 200
        except (OSError, http.client.HTTPException):
            return False

    def everything(self) -> list[psutil.Process]:
        """All processes that `serve` started, and itself."""
        try:
            top = psutil.Process(self.process.pid)
            return [top, *top.children(recursive=True)]
        except psutil.NoSuchProcess:
            return []

    def find(self, what: str) -> psutil.Process | None:
        """The main process of web, worker or beat: the child of its keeper."""
        for keeper in self.everything():
            with suppress(psutil.Error):  # celery and gunicorn rename themselves, so look for the keeper's command
                command = " ".join(keeper.cmdline()).replace(" --quiet", "")
                if "portal.keep" in command and WHAT[what] in command and (kept := keeper.children()):
                    return kept[0]
        return None

    def kill(self, what: str) -> int:
        """SIGKILL; answers the number of the process that is no more."""
        process = wait_until(f"{what} runs", lambda: self.find(what))
        process.send_signal(signal.SIGKILL)
        process.wait(10)
        return process.pid

    def back(self, what: str, before: int, seconds: float = 60) -> psutil.Process:
        """The new process that took the place of `before`."""

        def newcomer() -> psutil.Process | None:
            process = self.find(what)
            return process if process is not None and process.pid != before else None

        return wait_until(f"{what} is back", newcomer, seconds)

    @contextmanager
    def redis_stopped(self) -> Iterator[None]:
        """Redis neither answers nor refuses: the worst way to be away."""
        redis = psutil.Process(int((self.var / "redis" / "redis.pid").read_text()))
        redis.suspend()
        try:
            yield
        finally:
            redis.resume()

    def restart_redis(self) -> None:
        """SIGKILL to Redis, and another one in its place; what it held is gone."""
        from portal.embedded.hold import alone
        from portal.embedded.redis import Redis

        redis = Redis(self.var)
        with alone(self.var):  # the keepers want to bring it back too
            process = psutil.Process(int(redis.pid_file.read_text()))
            process.kill()
            wait_until("Redis is dead", lambda: not process.is_running() or process.status() == psutil.STATUS_ZOMBIE)
            (redis.data / "dump.rdb").unlink(missing_ok=True)
            redis.start()

    def kill_postgres(self) -> None:
        """SIGKILL to every process of the embedded PostgreSQL at once; the keepers start it again."""
        top = psutil.Process(int((self.var / "pg" / "postmaster.pid").read_text().split()[0]))
        victims = [top, *top.children(recursive=True)]
        for process in victims:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(victims, 10)

    def _ready_or_dead(self) -> bool:
        assert self.process.poll() is None, f"serve ended:\n{self.log.read_text(errors='replace')[-3000:]}"
        return self.answers()
