"""One demo and one Chromium for all journeys that only look; a journey that moves the clock has its own demo."""

import pytest

from tests.journeys.browser import chromium
from tests.journeys.stack import demo_portal


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
