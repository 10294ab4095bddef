"""What every test stands on: PostgreSQL and Redis in var/test-services, shared by all test runs at the same time.

A second run beside this one needs another database: PORTAL_TEST_DB=name.
"""
import os
from pathlib import Path

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
NAME = os.environ.get("PORTAL_TEST_DB", "portal")
VAR = Path(__file__).resolve().parent.parent / "var" / "test-services"

# Before Django reads its settings, which pytest-django does after this module was loaded.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
os.environ.update(
    PORTAL_DOTENV="0",
    PORTAL_VAR=str(VAR),
    PORTAL_HTTPS="0",
    PORTAL_HOSTS="localhost,127.0.0.1,[::1],testserver,portal.test",
    PORTAL_CACHE_PREFIX=f"test-{NAME}-{WORKER}",
    PORTAL_QUEUE_PREFIX=f"test-{NAME}-{WORKER}-",
    PORTAL_CONN_MAX_AGE="0",
    PORTAL_LOG_LEVEL="WARNING",
)
for name in ("PORTAL_DEMO", "PORTAL_DEBUG", "PORTAL_MANIFEST", "PORTAL_TRUSTED_PROXIES"):
    os.environ.pop(name, None)

import pytest  # noqa: E402
from hypothesis import HealthCheck  # noqa: E402
from hypothesis import settings as examples  # noqa: E402

# Machines that also do something else are slow at times; that says nothing about the code.
examples.register_profile("portal", deadline=None, suppress_health_check=[HealthCheck.too_slow])
examples.load_profile("portal")


def start_services() -> None:
    """Durability is off here and only here: a test database that a crash loses is made anew."""
    from portal.embedded import hold

    hold.attach(
        VAR,
        postgres=not os.environ.get("DATABASE_URL"),
        redis=not os.environ.get("REDIS_URL"),
        durable=False,
    )


@pytest.fixture(scope="session")
def services() -> None:
    start_services()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(services, django_db_modify_db_settings_parallel_suffix) -> None:
    """pytest-django asks for this before it makes the database: test_<PORTAL_TEST_DB>[_gw0]."""
    let_tests_empty_tables()


SEEDED: dict[str, int] = {}  # table that migrations filled: its highest id; filled once the database stands


def let_tests_empty_tables() -> None:
    """Between transactional tests Django truncates. Tables that only grow refuse that, to everybody but these tests.

    What migrations brought (holidays, reasons, words, content types) stays; rows that a test added to it go. A test fills
    a few tables of two hundred: those are emptied, which takes a tenth of the time that truncating all of them takes.
    """
    from django.db.backends.postgresql.operations import DatabaseOperations

    execute = DatabaseOperations.execute_sql_flush

    def sql_flush(self, style, tables, *, reset_sequences=False, allow_cascade=False):
        has_rows = "SELECT '{0}' WHERE EXISTS (SELECT 1 FROM {0})"
        with self.connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(has_rows.format(table) for table in tables if table not in SEEDED))
            filled = [f"DELETE FROM {table}" for (table,) in cursor.fetchall()]
        return filled + [f"DELETE FROM {table} WHERE id > {last}" for table, last in SEEDED.items()]

    def execute_sql_flush(self, sql_list):
        return execute(self, ["SET LOCAL session_replication_role = replica", *sql_list] if sql_list else [])

    DatabaseOperations.sql_flush, DatabaseOperations.execute_sql_flush = sql_flush, execute_sql_flush


def pytest_configure(config: pytest.Config) -> None:
    from django.conf import settings

    settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = f"test_{NAME}"
    settings.MEDIA_ROOT = VAR / "media" / f"{NAME}{WORKER}"
    settings.BALLOT_KEYS = VAR / "secrets" / f"ballots-{NAME}{WORKER}"  # round 3 here is not round 3 there
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _clean_cache(request: pytest.FixtureRequest) -> None:
    """A limit counted by one test must not stop the next."""
    wants_database = request.node.get_closest_marker("django_db") is not None
    if wants_database or {"db", "transactional_db", "services"} & set(request.fixturenames):
        request.getfixturevalue("services")
        from django.core.cache import cache

        client = cache._cache.get_client(write=True)
        if keys := list(client.scan_iter(match=f"{os.environ['PORTAL_CACHE_PREFIX']}:*", count=1000)):
            client.delete(*keys)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> None:
    """Threads need committed rows, and a test that commits is cleaned by TRUNCATE: let that pass here.

    The triggers that deny UPDATE and DELETE stay; tests/portal/test_log.py switches the others on again and tries.
    """
    with django_db_blocker.unblock():
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgname LIKE '%\\_stays'")
            for table, trigger in cursor.fetchall():
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
            for table in connection.introspection.django_table_names(only_existing=True, include_views=False):
                cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {table})")
                if cursor.fetchone()[0]:
                    cursor.execute(f"SELECT max(id) FROM {table}")
                    SEEDED[table] = cursor.fetchone()[0]
        # Nothing to bring back after a flush, and no need for post_migrate: it all stayed.
        connection._test_serialized_contents = "[]"


# The long files begin first, so that no worker waits at the end for another one's journey. The first makes the demo that
# most of them copy; the second needs none and gives it the time.
FIRST = (
    *(f"journeys/test_{name}" for name in ("every_page", "processes_die", "whole_round", "pipeline_survives", "bad_input")),
    "architecture/test_url_matrix",
    "journeys/",
    "portal/look/test_in_browser",
)
JOURNEYS = ("browser", "processes")
# docs/decisions/played-again.md: once, and never when a page broke (tests/journeys/browser.py: Broken)
PLAYED_AGAIN = pytest.mark.flaky(reruns=1, rerun_except="^Broken: ")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def rank(item: pytest.Item) -> int:
        return next((place for place, start in enumerate(FIRST) if f"tests/{start}" in item.nodeid), len(FIRST))

    items.sort(key=rank)
    for item in items:
        marker = item.get_closest_marker("django_db")
        if (marker and marker.kwargs.get("transaction")) or "live_server" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True), append=False)
        if any(map(item.get_closest_marker, JOURNEYS)) and not item.get_closest_marker("flaky"):
            item.add_marker(PLAYED_AGAIN)
