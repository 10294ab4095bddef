"""The style pages in Chromium: axe, touch targets, reflow, reading modes, keyboard, no script (A1–A6, A18)."""

import os

import pytest

from tests.accessibility import small_targets, too_wide, violations
from tests.journeys.browser import chromium

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = ["/style", "/style/staff", "/style/ballot", "/style/sheet", "/no-such-page"]
MODES = {
    "desktop": (1350, {}),
    "phone": (412, {}),
    "narrow": (320, {}),
    "elder phone": (412, {"elder": "1"}),
    "elder desktop": (1350, {"elder": "1"}),
    "high contrast": (412, {"contrast": "high"}),
    "largest narrow": (320, {"size": "40"}),
}


@pytest.fixture(scope="module")
def opened():
    playwright = pytest.importorskip("playwright.sync_api")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with playwright.sync_playwright() as drive:
        browser = chromium(drive)
        yield browser
        browser.close()


@pytest.fixture
def visit(opened, live_server):
    contexts = []

    def go(path: str, width: int = 412, cookies: dict | None = None, **options):
        context = opened.new_context(viewport={"width": width, "height": 823}, locale="zh-CN", **options)
        contexts.append(context)
        context.add_cookies(
            [{"name": key, "value": value, "url": live_server.url} for key, value in (cookies or {}).items()]
        )
        page = context.new_page()
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on(
            "console", lambda line: line.type == "error" and "404" not in line.text and page.faults.append(line.text)
        )
        page.goto(live_server.url + path)
        return page

    yield go
    for context in contexts:
        context.close()


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("path", PAGES)
def test_each_layout_in_each_mode(visit, path, mode):
    """A1 axe without a fault, A2 targets of 44 (60 in 长者模式), A5 nothing wider than the screen, no error in the console."""
    width, cookies = MODES[mode]
    page = visit(path, width, cookies)
    assert violations(page) == []
    assert too_wide(page) <= 0
    assert small_targets(page, elder="elder" in cookies) == []
    assert page.faults == []


@pytest.mark.parametrize(("cookies", "least"), [({}, 17), ({"elder": "1"}, 24), ({"elder": "1", "size": "40"}, 40)])
def test_text_has_the_size_that_was_chosen(visit, cookies, least):
    """A3"""
    page = visit("/style", 412, cookies)
    size, line = page.evaluate(
        "() => { const s = getComputedStyle(document.querySelector('main p.lead'));"
        " return [parseFloat(s.fontSize), parseFloat(s.lineHeight)] }"
    )
    assert size >= least and line / size >= 1.3


def test_everything_is_reached_without_a_script(visit):
    """A18: switch to 长者模式 from the header with JavaScript off; the menu opens."""
    page = visit("/style", 412, java_script_enabled=False)
    assert not page.get_by_role("button", name="朗读").is_visible()
    page.get_by_text("菜单", exact=True).click()
    assert page.get_by_role("navigation", name="主菜单").is_visible()
    page.get_by_role("link", name="长者模式").click()
    assert page.url.endswith("/style")
    assert page.locator("html").get_attribute("data-elder") == "1"


def test_what_is_typed_outlives_a_reading_switch(visit):
    """A8, A11: on any form, once, and nothing of it stays behind in the browser."""
    page = visit("/sign-in/")
    field = page.get_by_label("手机号").first
    field.fill("138001")
    page.get_by_role("link", name="长者模式").click()
    page.get_by_role("link", name="退出长者模式").wait_for()
    page.wait_for_function("() => document.querySelector('main form[method=post] input[type=tel]').value === '138001'")
    assert page.evaluate("() => sessionStorage.getItem('typed')") is None and page.faults == []


def test_the_keyboard_finds_the_text_first(visit):
    """A6: the skip link is the first stop, is seen, and leads into the text."""
    page = visit("/style/staff", 1350)
    page.keyboard.press("Tab")
    first = page.locator(":focus")
    assert first.inner_text() == "跳到正文"
    assert first.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("() => location.hash") == "#main"


def test_every_stop_of_the_keyboard_is_seen(visit):
    """A6: forty stops on, each has an outline and lies on the screen."""
    page = visit("/style", 1350)
    for _stop in range(40):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => { const node = document.activeElement, style = getComputedStyle(node), box = node.getBoundingClientRect();
            const ring = parseFloat(style.outlineWidth) >= 2 && style.outlineStyle !== 'none';
            return [node.outerHTML.slice(0, 80), ring, box.bottom > 0 && box.top < innerHeight] }"""
        )
        assert seen[1:] == [True, True], seen[0]


def test_the_bar_of_the_ballot_never_covers_the_stop(visit):
    """A6, 2.4.11"""
    page = visit("/style/ballot", 320)
    bar = page.locator(".ballot-bar")
    for _stop in range(12):
        page.keyboard.press("Tab")
        hidden = page.evaluate(
            """() => { const node = document.activeElement, bar = document.querySelector('.ballot-bar');
            if (bar.contains(node)) return false;
            return node.getBoundingClientRect().top >= bar.getBoundingClientRect().top }"""
        )
        assert not hidden
    assert bar.is_visible()


def test_share_copies_the_address(visit):
    """G11"""
    page = visit("/style", 1350, permissions=["clipboard-read", "clipboard-write"])
    page.evaluate("() => { navigator.share = undefined }")
    page.get_by_role("button", name="分享").click()
    page.wait_for_function("() => document.getElementById('live').textContent !== ''")
    assert page.locator("#live").inner_text() == "链接已复制"
    assert page.evaluate("() => navigator.clipboard.readText()").endswith("/style")


def test_leaving_asks_first(visit):
    """G8"""
    page = visit("/style", 1350)
    said = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    page.get_by_role("link", name="市政府门户网站").click()
    assert "www.gd.gov.cn" in said[0]
    assert page.url.endswith("/style")
