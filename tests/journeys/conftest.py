"""One demo and one Chromium for all journeys that only look; a journey that moves the clock has its own demo.

Journeys of the offices need no demo: `at` sets the time for the server of the test, `sits` seats people at their desks.
"""

import os

import pytest
from django.test import Client

from portal import clock
from tests.journeys.browser import DESK, Person, chromium
from tests.journeys.stack import demo_portal

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the browser's driver runs a loop in the thread that reads the rows


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    with demo_portal("looks", tmp_path_factory.mktemp("demo") / "var") as portal:
        yield f"http://127.0.0.1:{portal.port}"


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip("playwright.sync_api", reason="make browser")
    with playwright.sync_playwright() as drive:
        opened = chromium(drive)
        yield opened
        opened.close()


@pytest.fixture
def at(monkeypatch):
    """Set the time for the server's threads too."""

    def set_time(moment) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)
        monkeypatch.setattr(clock, "database_now", lambda: moment)

    return set_time


@pytest.fixture
def sits(browser, live_server):
    """Seats a person at a desk, or with a phone in her hand, with a session of her own; nobody is a visitor."""
    from tests.signing_in import sign_in  # it needs the apps, which are not loaded when this file is read


    def sit(who=None, size=DESK, *, cookies: dict | None = None) -> Person:
        session = {"session": sign_in(Client(), who).cookies["session"].value} if who else {}
        return Person(browser, live_server.url, size, cookies={**session, **(cookies or {})})

    yield sit
    Person.all_leave()  # before the tables are emptied under their feet


@pytest.fixture(autouse=True)
def _whoever_sat_down_leaves():
    yield
    Person.all_leave()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo) -> None:
    """A journey that fails tells what was on every screen then."""
    if call.when == "call" and call.excinfo is not None:
        for person in Person.seated:
            call.excinfo.value.add_note(person.where())
