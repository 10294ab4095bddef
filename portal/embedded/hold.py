"""Keep the embedded servers up while any process of this checkout needs them, and stop them with the last one.

Each process that needs them holds a shared file lock. The kernel drops it even after SIGKILL, so nothing goes stale:
whoever leaves and can take the lock alone is the last, and stops the servers.
"""
import atexit
import fcntl
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from portal import env
from portal.embedded.postgres import Postgres
from portal.embedded.redis import Redis
from portal.embedded.runner import Trouble

held: dict[Path, tuple[IO, list]] = {}


@contextmanager
def alone(var: Path):
    """One process at a time starts or stops servers in this folder."""
    var.mkdir(parents=True, exist_ok=True)
    with (var / ".starting").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def attach(var: Path, *, postgres: bool = True, redis: bool = True, durable: bool = True) -> None:
    """Start what does not run yet; it stays up until this process, and every other that attached, has left."""
    if var in held or not (postgres or redis):
        return
    kinds = [kind for kind, wanted in ((Postgres, postgres), (Redis, redis)) if wanted]
    servers = [kind(var, durable=durable) for kind in kinds]
    with alone(var):
        holders = (var / ".holders").open("a")
        fcntl.flock(holders, fcntl.LOCK_SH)
        for server in servers:
            server.start()
    held[var] = (holders, servers)
    atexit.register(release, var)


def release(var: Path) -> None:
    if var not in held:
        return
    holders, servers = held.pop(var)
    with alone(var):
        try:
            fcntl.flock(holders, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            servers = []  # somebody else still needs them
        for server in reversed(servers):
            server.stop()
        holders.close()


def revive(var: Path, *, postgres: bool, redis: bool) -> list[str]:
    """Start again what was killed while others need it; answers what. Asks for nothing but a process number."""
    kinds = [kind for kind, wanted in ((Postgres, postgres), (Redis, redis)) if wanted]
    if all(kind(var).pid() for kind in kinds):
        return []
    with alone(var):
        dead = [server for server in (kind(var) for kind in kinds) if server.pid() is None]
        for server in dead:
            server.start()
    return [type(server).__name__ for server in dead]


@contextmanager
def offline(var: Path):
    """Nobody uses the servers inside the block, not even this process; Trouble when somebody else does."""
    release(var)
    with alone(var), (var / ".holders").open("a") as holders:
        try:
            fcntl.flock(holders, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Trouble("the portal runs") from error
        yield


def attach_for_settings() -> None:
    """What a management command needs: the servers that no URL names."""
    attach(_folder(), **_wanted())


def revive_for_settings() -> list[str]:
    """What a keeper does every few seconds on a single machine."""
    return revive(_folder(), **_wanted())


def _folder() -> Path:
    return env.folder("PORTAL_VAR", env.ROOT / "var")


def _wanted() -> dict[str, bool]:
    return {"postgres": not env.text("DATABASE_URL"), "redis": not env.text("REDIS_URL")}
