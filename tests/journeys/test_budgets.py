"""What a first view costs (R2): bytes over the wire and scripts, without a cache, through the real server."""

import pytest

from tests.journeys.browser import PHONE, Person
from tests.journeys.crawl import Crawl

pytestmark = [pytest.mark.browser, pytest.mark.processes]
BYTES, SCRIPTS = 150_000, 2


def test_a_first_view_of_each_public_page(demo, browser):
    crawl, over = Crawl(demo, each=1).run(), []
    assert len(crawl.shown) > 20
    for page in crawl.shown:
        weight, scripts = first_view(browser, demo, page.path)
        if weight > BYTES or scripts > SCRIPTS:
            over.append((page.path, weight, scripts))
    assert over == []


def first_view(browser, address: str, path: str) -> tuple[int, int]:
    """Bytes as they came over the wire, headers included, and the number of script files."""
    person = Person(browser, address, PHONE)
    wire = person.context.new_cdp_session(person.page)
    wire.send("Network.enable")
    came, kinds = [], []
    wire.on("Network.loadingFinished", lambda event: came.append(event["encodedDataLength"]))
    wire.on("Network.responseReceived", lambda event: kinds.append(event["type"]))
    person.page.goto(path, wait_until="load")
    person.page.wait_for_timeout(100)  # what a script asks for by itself comes after
    person.close()
    return int(sum(came)), kinds.count("Script")
