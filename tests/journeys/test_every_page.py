"""Every page that links lead to: axe, touch targets, reflow, words, privacy, links (A1, A2, A5, A9, A17, G1, G8, P11)."""

import re
from urllib.parse import urlsplit

import lxml.html
import pytest

from tests.accessibility import small_targets, too_wide, violations
from tests.journeys.browser import DESK, PHONE, Person
from tests.journeys.crawl import Crawl

pytestmark = [pytest.mark.browser, pytest.mark.processes, pytest.mark.timeout(420)]
WHO = {
    "visitor": "", "resident": "李秀兰", "street": "黄志强", "worker": "陈晓敏", "leader": "志愿队长", "merchant": "爱心商家",
}  # fmt: skip
STAFF = ("street", "worker")  # their pages: both widths as they come, the narrow one in 长者模式
ALL_OF_IT = ("visitor", "resident")  # the others' pages: a kind of page is tried by the first who reaches it
STARTS = {"visitor": ["/"], "street": ["/daiban/", "/"], "worker": ["/daiban/", "/"]}
ENGLISH = re.compile(r"[A-Za-z]{3,}")
KNOWN = {
    "WSS", "English", "SHA", "CSV", "JSON", "Word", "PNG", "JPG", "WEBP", "PDF", "Excel", "Chrome", "Android", "json", "csv", "docx", "jpg",
    "http", "https", "txt", "Linux", "HeadlessChrome", "Mac", "xlsx", "WCAG", "Ctrl", "Tab", "ODC", "UTF", "LED", "Python",
}  # fmt: skip
PHONE_NUMBER = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")


def cookies_of(person: Person) -> dict[str, str]:
    return {cookie["name"]: cookie["value"] for cookie in person.context.cookies()}


@pytest.fixture(scope="module")
def crawls(demo, browser):
    """What each of them can reach from the front page and from her own first page."""
    found = {}
    for who, name in WHO.items():
        cookies = {}
        if name:
            person = Person(browser, demo, DESK)
            person.becomes(name)
            cookies = cookies_of(person)
            person.close()
        crawl = Crawl(demo, cookies, each=2 if who in ALL_OF_IT else 1)
        for start in STARTS.get(who, ["/", "/wode/", "/volunteers/"]):
            crawl.run(start)
        found[who] = crawl
    return found


@pytest.mark.parametrize("who", WHO)
def test_no_link_is_dead(crawls, who):
    """G8, U11: whatever a page offers can be opened by the person to whom it is offered."""
    pages = crawls[who].pages.values()
    assert len(pages) > 30
    assert [(page.path, page.status, page.from_page) for page in pages if page.status >= 400] == []


@pytest.mark.parametrize("who", WHO)
def test_each_page_has_its_frame(crawls, who):
    """A17, G1: one h1, a title, a main part and a foot; the words are Chinese (A15)."""
    faults = []
    for page in crawls[who].shown:
        tree = lxml.html.fromstring(page.text)
        for what, path in {
            "h1": "//h1", "title": "//head/title", "main": "//main", "footer": "//body/footer | //body/*[contains(@class, 'staff-foot')]",
        }.items():  # fmt: skip
            if len(tree.xpath(path)) != 1:
                faults.append((page.path, what, len(tree.xpath(path))))
        for gone in tree.xpath("//script | //style | //code | //*[@lang='en'] | //*[@class='staff-who' or @class='dictionary']"):
            gone.drop_tree()
        words = set(ENGLISH.findall(re.sub(r"\S*[@:/=]\S*", "", tree.text_content()))) - KNOWN
        if words:
            faults.append((page.path, "English", sorted(words)[:8]))
    assert faults == []


def test_a_visitor_reads_no_phone_and_no_residents_name(crawls, demo, browser):
    """P11: names of residents are masked for visitors, phone numbers are nowhere."""
    person = Person(browser, demo, DESK)
    person.opens("/accounts/demo/")
    residents = [
        words.split()[0]
        for words in person.page.locator(".demo-people button").all_inner_texts()
        if "居民 ·" in words.replace("\n", " ")
    ]
    person.close()
    assert len(residents) > 20
    for page in crawls["visitor"].shown:
        text = lxml.html.fromstring(page.text).text_content()
        assert not PHONE_NUMBER.search(text), page.path
        assert not [name for name in residents if name in text], page.path


def kinds(crawl: Crawl) -> set[str]:
    return {page.kind for page in crawl.shown}


@pytest.mark.parametrize("mode", ["normal", "elder"])
@pytest.mark.parametrize("who", WHO)
def test_axe_targets_and_reflow(crawls, demo, browser, who, mode):
    """A1: no violation; A2: 44 px, 60 in 长者模式; A5: nothing wider than the screen; A9: no dialog by itself."""
    cookies = {**crawls[who].cookies, **({"elder": "1"} if mode == "elder" else {})}
    person, faults = Person(browser, demo, DESK, cookies=cookies), []
    before = kinds(crawls["visitor"]) if who != "visitor" else set()
    earlier = [] if who in ALL_OF_IT else list(WHO)[: list(WHO).index(who)]
    done = set().union(*(kinds(crawls[one]) for one in earlier))
    for found in crawls[who].shown:
        if found.kind in done:
            continue
        done.add(found.kind)
        seen = found.kind in before or (who in STAFF and mode == "elder")
        faults += check(person, found.path, mode, narrow_only=seen)
    faults += person.faults
    person.close()
    assert faults == []


def check(person: Person, path: str, mode: str, *, narrow_only: bool = False) -> list:
    page, faults = person.page, []
    person.opens(path)
    for width, height in (PHONE,) if narrow_only else (DESK, PHONE):
        page.set_viewport_size({"width": width, "height": height})
        where = f"{urlsplit(page.url).path} {mode} {width}"
        faults += [(where, *fault) for fault in violations(page)]
        if small := small_targets(page, elder=mode == "elder"):
            faults.append((where, "small", small[:4]))
        if (wider := too_wide(page)) > 1:
            faults.append((where, "wider than the screen", wider))
        if person.shows("dialog[open], .modal.show"):
            faults.append((where, "a dialog opened by itself"))
    return faults
