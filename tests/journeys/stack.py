"""The demo as real processes, fast: loaded once per state of the code, then copied for each journey (createdb -T).

The copy has its own database and folder, so that a journey may move the clock as it likes. The matrix of addresses
reads such a copy in its own process (`demo_rows`).
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import psycopg2

from portal.embedded import places
from tests.conftest import VAR, start_services
from tests.journeys.processes import ROOT, Portal

STORE = VAR / "journeys"
KEYS = {"SECRET_KEY": "journeys-only-" + "k" * 40, "PHONE_KEY": "journeys-only-" + "p" * 40}
CODE = (
    "*/models.py",
    "*/migrations/*.py",
    "projects/**/*.py",
    "communities/**/*.py",
    "volunteers/**/*.py",
    "portal/**/*.py",
    "projects/demo/**/*.*",
)


def fingerprint() -> str:
    """Changes with the code that fills the database, and every day: the demo's dates are counted from today."""
    digest = hashlib.sha256(date.today().isoformat().encode())
    for path in sorted({found for pattern in CODE for found in ROOT.glob(pattern) if "__pycache__" not in found.parts}):
        if path.is_file() and path.name not in ("views.py", "urls.py", "tests.py"):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:10]


def database_url(name: str) -> str:
    return (
        os.environ.get(
            "DATABASE_URL", f"postgresql://{places.USER}@{str(places.sockets(VAR)).replace('/', '%2F')}/x"
        ).rsplit("/", 1)[0]
        + f"/{name}"
    )


def execute(*statements: str, database: str = "postgres") -> list[tuple]:
    connection = psycopg2.connect(database_url(database))
    connection.autocommit = True
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        rows = cursor.fetchall() if cursor.description else []
    connection.close()
    return rows


def ask(portal: Portal, sql: str, *given: object) -> list[tuple]:
    """A question to the portal's database, without the seconds of processor that a shell of the portal takes."""
    connection = psycopg2.connect(portal.environment["DATABASE_URL"])
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql, given)
            return cursor.fetchall()
    finally:
        connection.close()


def exists(name: str) -> bool:
    return bool(execute(f"SELECT 1 FROM pg_database WHERE datname = '{name}'"))


def environment(database: str, var: Path) -> dict[str, str]:
    redis = os.environ.get("REDIS_URL", places.redis_url(VAR))
    return {
        **KEYS, "DATABASE_URL": database_url(database), "REDIS_URL": redis, "PORTAL_DEMO": "1", "PORTAL_MANIFEST": "1",
        "PORTAL_CACHE_PREFIX": database, "PORTAL_QUEUE_PREFIX": f"{database}-", "PORTAL_VAR": str(var),
        "PORTAL_DOTENV": "0", "PORTAL_HTTPS": "0", "PORTAL_LOG_LEVEL": "WARNING",
    }  # fmt: skip


def take_copy(name: str, var: Path) -> str:
    """A database of one's own with the demo in it, and the folder with its pictures, keys and static files."""
    mark = fingerprint()
    base, folder = f"journeys_{mark}", STORE / mark
    copy = f"{base}_{name}_{os.getpid()}"
    STORE.mkdir(parents=True, exist_ok=True)
    with (STORE / ".making").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (exists(base) and (folder / ".ready").exists()):
            make(base, folder)
        execute(f"DROP DATABASE IF EXISTS {copy} WITH (FORCE)", f"CREATE DATABASE {copy} TEMPLATE {base}")
        shutil.copytree(folder, var, dirs_exist_ok=True)
    return copy


def make(base: str, folder: Path) -> None:
    sweep()
    execute(f"DROP DATABASE IF EXISTS {base}", f"CREATE DATABASE {base} TEMPLATE template0")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for command in (["migrate", "--verbosity", "0"], ["collectstatic", "--noinput", "--verbosity", "0"], ["load_demo"]):
        manage(command, base, folder)
    execute("VACUUM ANALYZE", database=base)  # the copies are planned for and read without it
    (folder / ".ready").touch()


def manage(command: list[str], database: str, folder: Path) -> None:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PORTAL_")}
    done = subprocess.run(
        [sys.executable, "manage.py", *command], cwd=ROOT, env={**kept, **environment(database, folder)},
        capture_output=True, text=True, timeout=900, check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"{command}: {done.stdout[-2000:]}{done.stderr[-4000:]}"


def sweep() -> None:
    """Copies that a killed run left, and templates of older code."""
    for (name,) in execute("SELECT datname FROM pg_database WHERE datname LIKE 'journeys\\_%'"):
        busy = execute(f"SELECT 1 FROM pg_stat_activity WHERE datname = '{name}'")
        folder = STORE / name.removeprefix("journeys_").partition("_")[0]
        if not busy and name.count("_") == 1:
            execute(f"DROP DATABASE IF EXISTS {name}")
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def demo_rows(name: str, var: Path) -> Iterator[None]:
    """The demo as this process's own database, with its keys and files; for a TestCase that rolls back."""
    from django.db import connection
    from django.test import override_settings

    copy, ours = take_copy(name, var), connection.settings_dict["NAME"]

    def turn_to(database: str) -> None:
        connection.close()
        connection.settings_dict["NAME"] = database

    try:
        turn_to(copy)
        with override_settings(**KEYS, MEDIA_ROOT=var / "media", BALLOT_KEYS=var / "secrets" / "ballots"):
            yield
    finally:
        turn_to(ours)
        execute(f"DROP DATABASE IF EXISTS {copy} WITH (FORCE)")


@contextmanager
def demo_portal(name: str, var: Path, **more: str) -> Iterator[Portal]:
    """The demo on a free port: web, worker and beat."""
    start_services()
    copy = take_copy(name, var)
    told = {"WEB_WORKERS": "1", "WEB_THREADS": "4", **environment(copy, var), **more}
    try:
        with Portal(var, demo=True, tick_seconds=int(told.pop("PORTAL_TICK_SECONDS", "60")), **told) as portal:
            yield portal
    finally:
        execute(f"DROP DATABASE IF EXISTS {copy} WITH (FORCE)")
