"""Liveness and readiness (R7)."""
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from portal import cache, health
from portal.models import Job, SpecialDay

pytestmark = pytest.mark.django_db


def test_alive_asks_nobody(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/healthz").content == b"ok"


def test_ready_names_nothing_when_all_is_well(client):
    soon = (timezone.now() + health.HOLIDAYS_AHEAD).date()
    SpecialDay.objects.get_or_create(on=soon.replace(month=1, day=1), defaults={"works": False, "name": "元旦"})
    assert client.get("/readyz").json() == {"ready": True, "faults": [], "watch": []}


def test_a_full_disk_takes_the_node_out(client, monkeypatch):
    monkeypatch.setattr(health, "LEAST_DISK", 10**18)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["faults"]) == (503, ["disk"])


def test_a_missing_migration_takes_the_node_out(client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    assert client.get("/readyz").json()["faults"] == ["migrations"]


def test_a_queue_that_nobody_empties_is_worth_a_look(client):
    Job.objects.create(kind="test", title="等", asked_at=timezone.now() - timedelta(minutes=11))
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert "queue" in answer.json()["watch"]


def test_a_redis_that_is_away_is_worth_a_look_and_no_more(client, monkeypatch):
    monkeypatch.setattr(cache, "_away_until", float("inf"))
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert "redis" in answer.json()["watch"]


def test_days_without_holidays_are_named(client):
    SpecialDay.objects.all().delete()
    assert "holidays" in client.get("/readyz").json()["watch"]
