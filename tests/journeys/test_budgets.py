"""What a first view costs (R2): bytes over the wire and scripts, without a cache, through the real server."""

import pytest

from tests.journeys.browser import PHONE, Person
from tests.journeys.crawl import Crawl

pytestmark = [pytest.mark.browser, pytest.mark.processes]
BYTES, SCRIPTS = 150_000, 2
IDLE = "() => new Promise(done => requestIdleCallback(() => setTimeout(done, 50)))"


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
    asked, came, kinds = set(), {}, []
    wire.on("Network.requestWillBeSent", lambda event: asked.add(event["requestId"]))
    wire.on("Network.loadingFinished", lambda event: came.update({event["requestId"]: event["encodedDataLength"]}))
    wire.on("Network.responseReceived", lambda event: kinds.append(event["type"]))
    person.opens(path)
    for _look in range(100):
        person.page.evaluate(IDLE)  # what a script asks for by itself comes after the page
        if asked <= came.keys():
            break
    person.close()
    return int(sum(came.values())), kinds.count("Script")
