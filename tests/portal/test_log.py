"""The log only grows, its chain shows any change, and a sealer runs alone (D6, S47)."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from portal import log
from portal.models import LogEntry, LogSeal
from tests import factories as f

pytestmark = pytest.mark.django_db


def write(count=3):
    return [log.record("room.do_thing", by=None, about=None, now=f.NOON, place=place) for place in range(count)]


@pytest.mark.parametrize("table", ["portal_logentry", "portal_logseal"])
@pytest.mark.parametrize("act", ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}", "TRUNCATE {0} CASCADE"])
def test_the_database_denies_every_change(table, act):
    write()
    log.seal_pending()
    column = {"portal_logentry": "action", "portal_logseal": "digest"}[table]
    with connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE {table} ENABLE TRIGGER {table}_stays")
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(act.format(table, column))


def test_the_chain_holds_and_grows():
    write(3)
    assert log.seal_pending() == 3 and log.first_fault() is None
    write(2)
    assert log.seal_pending() == 2 and log.first_fault() is None
    assert log.seal_pending() == 0
    assert list(LogSeal.objects.order_by("position").values_list("position", flat=True)) == [1, 2, 3, 4, 5]


def behind_the_portal(text: str) -> None:
    """Somebody with the database's own password."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET session_replication_role = replica")
        cursor.execute(text)
        cursor.execute("SET session_replication_role = DEFAULT")


@pytest.mark.parametrize(
    "change", ["action = 'room.do_thinh'", "result = 'denied'", "detail = '{\"place\": 7}'", "at = at + interval '1s'"]
)
def test_a_changed_row_is_named(change):
    _first, second, _third = write(3)
    log.seal_pending()
    behind_the_portal(f"UPDATE portal_logentry SET {change} WHERE id = {second.pk}")
    assert log.first_fault() == second.pk


def test_a_missing_row_is_noticed():
    _first, second, third = write(3)
    log.seal_pending()
    behind_the_portal(
        f"DELETE FROM portal_logseal WHERE entry_id = {second.pk}; DELETE FROM portal_logentry WHERE id = {second.pk}"
    )
    assert log.first_fault() == third.pk


def test_a_row_carries_its_origin():
    token = log.origin.set(log.Origin(ip="2001:db8::1", request_id="r1"))
    try:
        [entry] = write(1)
    finally:
        log.origin.reset(token)
    held = LogEntry.objects.get(pk=entry.pk)
    assert (held.ip, held.request_id, held.detail) == ("2001:db8::1", "r1", {"place": 0})


def test_the_command_says_that_the_chain_holds_or_which_row_does_not_fit(capsys):
    first, _second, _third = write(3)
    log.seal_pending()
    call_command("verify_log")
    assert "3 rows sealed, the chain holds" in capsys.readouterr().out
    behind_the_portal(f"UPDATE portal_logentry SET action = 'x' WHERE id = {first.pk}")
    with pytest.raises(CommandError, match=f"row {first.pk} "):
        call_command("verify_log")
