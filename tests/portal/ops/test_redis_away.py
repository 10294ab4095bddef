"""Redis refuses, is not there, or accepts and never answers: pages come, and nobody waits twice."""
import socket
import time

import pytest
from django.core.cache import caches
from django.test import override_settings
from kombu.exceptions import OperationalError

from portal import cache
from portal.celery import app
from portal.embedded import places
from portal.tasks import run_job
from tests import factories

pytestmark = pytest.mark.django_db
PATIENT = 1.0


@pytest.fixture(params=["not there", "never answers"])
def away(request, tmp_path_factory, monkeypatch):
    """The URL of a Redis that is away."""
    path = tmp_path_factory.mktemp("r") / "s"
    monkeypatch.setattr(cache, "_away_until", 0.0)
    if request.param == "not there":
        yield f"unix://{path}?db=0"
        return
    with socket.socket(socket.AF_UNIX) as deaf:
        deaf.bind(str(path))
        deaf.listen(50)
        yield f"unix://{path}?db=0"


@pytest.fixture
def stopped(away, settings):
    from django.conf import settings as ours

    replaced = {"default": {**ours.CACHES["default"], "LOCATION": away}}
    with override_settings(CACHES=replaced):
        yield caches["default"]


def test_the_cache_shelters_at_once(stopped):
    began = time.monotonic()
    for number in range(50):
        stopped.set(f"limit-{number}", number)
    assert stopped.get("limit-7") == 7
    assert stopped.incr("limit-7") == 8
    assert stopped.get_many(["limit-1", "limit-2"]) == {"limit-1": 1, "limit-2": 2}
    assert not stopped.add("limit-1", 5)
    assert time.monotonic() - began < PATIENT


def test_pages_and_sessions_go_on(stopped, client):
    client.force_login(factories.person(), backend="django.contrib.auth.backends.ModelBackend")
    began = time.monotonic()
    assert client.get("/readyz").json()["ready"]
    assert client.get("/no-such-page/").status_code == 404
    assert client.session.get("_auth_user_id")
    assert time.monotonic() - began < 2 * PATIENT


def test_sending_a_message_fails_quickly_and_then_at_once(away):
    """The database is the queue: the row is there, the beat finds it a minute later."""
    with app.connection_for_write(places.broker_url(away)) as connection:
        times = []
        for _ in range(5):
            began = time.monotonic()
            with pytest.raises((OperationalError, OSError)):
                run_job.apply_async((1,), connection=connection)
            times.append(time.monotonic() - began)
    assert times[0] < PATIENT
    assert sum(times[1:]) < 0.1


def test_after_a_rest_redis_is_asked_again(services, monkeypatch):
    from django.core.cache import cache as shared

    monkeypatch.setattr(cache, "_away_until", time.monotonic() + 0.2)
    shared.set("kept", "in memory")
    time.sleep(0.3)
    assert shared.get("kept") is None
    shared.set("kept", "in Redis")
    assert shared.get("kept") == "in Redis"
