"""A person at a browser: she reads the page and clicks what it says. Used by all journeys.

She never looks at a page that still comes: `opens` and `clicks` end when the page is there with its pictures, and what a
page brings later (`reads`, `sees_picture`, `reads_at_last`) she waits for. A journey asks her, not the page.
JOURNEYS_SLOWER=4 gives every page a processor four times as slow: what then fails looked too early.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

import pytest

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
SWITCHES = (
    "headless no-sandbox disable-gpu disable-quic no-first-run disable-background-networking disable-component-update"
)
FLAGS = [f"--{name}" for name in SWITCHES.split()]
PHONE, DESK = (390, 844), (1350, 900)
SLOWER = float(os.environ.get("JOURNEYS_SLOWER", "1"))

LEADS_AWAY = """node => {
    if (node.tagName === 'A') return !!node.getAttribute('href') && !node.getAttribute('href').startsWith('#')
        && !node.hasAttribute('download') && node.target !== '_blank';
    return !!node.form && node.type === 'submit' && (node.formNoValidate || node.form.noValidate || node.form.checkValidity())
        && !node.closest('[hx-post], [hx-get]') && !node.form.querySelector('[hx-trigger=submit]');
}"""  # a form sent by htmx and a file that is taken away leave the page where it is
CURSOR_WAITS = "() => document.activeElement.matches('input, textarea') && !document.activeElement.value"
SHOWN = "([picture, least]) => picture.complete && picture.naturalWidth > least"


def chromium(drive):
    """Launch Chromium, or skip and say why; CI fails when journeys were skipped."""
    if not Path(CHROMIUM).exists():
        pytest.skip(f"no Chromium at {CHROMIUM}: make browser installs it on Debian")
    return drive.chromium.launch(executable_path=CHROMIUM, args=FLAGS)


class Broken(AssertionError):
    """A page answered 5xx, a script failed, a part was missing: the portal's fault at any speed, so never played again."""


class Person:
    """One browser with one screen. Whoever sits at it changes through the page of demo people, as a visitor would."""

    seated: ClassVar[list[Person]] = []

    def __init__(
        self, browser, address: str, size: tuple[int, int] = DESK, *, script: bool = True, cookies: dict | None = None
    ):
        width, height = size
        self.address = address
        self.context = browser.new_context(
            viewport={"width": width, "height": height}, locale="zh-CN", java_script_enabled=script, base_url=address
        )
        self.context.add_cookies(
            [{"name": key, "value": value, "url": address} for key, value in (cookies or {}).items()]
        )
        self.context.set_default_timeout(20_000 * SLOWER)
        self.page = self.context.new_page()
        if SLOWER > 1:
            self.context.new_cdp_session(self.page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(f"{self.page.url}: {error}"))
        self.page.on("response", self._look)
        self.page.on("dialog", self._dialog)
        Person.seated.append(self)

    def _look(self, answer) -> None:
        if answer.status >= 500 or (answer.status == 404 and "/static/" in answer.url):
            self.faults.append(f"{answer.status} {answer.url}")

    def _dialog(self, dialog) -> None:
        self.faults.append(f"{self.page.url}: a dialog by itself: {dialog.message}")
        dialog.dismiss()

    def close(self) -> None:
        self.context.close()

    @classmethod
    def all_leave(cls) -> None:
        """Everybody who sits at a browser closes it. Errors: Broken, when one of them met a fault of the portal."""
        seated, cls.seated = cls.seated, []
        for person in seated:
            person.close()
        if faults := [fault for person in seated for fault in person.faults]:
            raise Broken(faults)

    def where(self) -> str:
        """What is on her screen, for who reads of a journey that failed."""
        with suppress(Exception):  # the page may be gone with what failed
            return f"{self.page.url}: {' '.join(self.page.locator('body').inner_text(timeout=2_000).split())[:600]}"
        return self.page.url

    # going about

    def opens(self, path: str):
        return self.page.goto(path)

    def becomes(self, name: str) -> None:
        """Sign in as a demo person, by her name or the first of her office, through the strip on top of every demo page."""
        self._strip("换个人物试用")
        button = self.page.get_by_role("button", name=re.compile(rf"(^|\s){name}(\s|$)")).first
        who = button.inner_text().split()[0]
        self.clicks(button)
        self.reads(f"现在以“{who}”的身份操作")

    def moves_clock(self, *choices: str) -> None:
        """Move the demo's date, a choice of the page at a time."""
        for choice in choices:
            self._strip("拨动日期")
            self.page.get_by_role("radio", name=choice, exact=True).check()
            self.presses("拨动日期")
            self.reads("平台的日期已向后拨")

    def _strip(self, name: str) -> None:
        if not self.page.url.startswith(self.address):
            self.opens("/")
        self.clicks(self.page.locator(".demo-strip").get_by_role("link", name=name))

    def presses(self, text: str, *, within=None, exact: bool = True) -> None:
        """Click the button or link of this name, wherever on the page it is."""
        self.clicks(self._named(text, within=within, exact=exact))

    def _named(self, text: str, *, within=None, exact: bool = True):
        place = within or self.page.locator("main, .ballot-bar")
        return place.get_by_role("button", name=text, exact=exact).or_(
            place.get_by_role("link", name=text, exact=exact)
        )

    def saves(self, text: str):
        """Click what gives a file, and have it; the page stays."""
        with self.page.expect_download(timeout=60_000) as taken:
            self._named(text).first.click()
        return taken.value

    def types(self, *texts: str) -> None:
        """Type at once, Tab between the fields: the page has put the cursor into an empty field."""
        self.page.wait_for_function(CURSOR_WAITS)
        for place, text in enumerate(texts):
            if place:
                self.page.keyboard.press("Tab")
            self.page.keyboard.type(text)

    def leaves_by_key(self, key: str) -> None:
        """Press a key that leads to another page, and be there before going on."""
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def clicks(self, found) -> None:
        """Click the first of these; where that leads to another page, be there before going on."""
        if found.first.evaluate(LEADS_AWAY):
            with self.page.expect_navigation():
                found.first.click()
        else:
            found.first.click()

    def goes_by_menu(self, text: str) -> None:
        menu = self.page.locator("nav.menu, nav.side").get_by_role("link", name=text, exact=True)
        if not menu.first.is_visible():
            self.page.locator(".menu-more summary, .side-more summary").first.click()
        self.clicks(menu)

    def writes(self, **answers: str) -> None:
        for label, text in answers.items():
            self.page.get_by_label(label).first.fill(text)

    def fills(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=False).first.fill(text)

    def ticks(self, text: str) -> None:
        self.page.get_by_label(text, exact=False).first.check()

    def reads(self, *texts: str) -> None:
        """The words are on the page, visible."""
        for text in texts:
            self.page.get_by_text(text).locator("visible=true").first.wait_for()

    def reads_at_last(self, words: str, *, seconds: float = 90) -> bool:
        """What the worker brings by itself: read the page anew until it says so; `a|b` means either."""
        return self._reads_anew(lambda: re.search(words, self.words), seconds)

    def reads_no_more(self, words: str, *, seconds: float = 90) -> bool:
        """What the worker takes away by itself."""
        return self._reads_anew(lambda: not re.search(words, self.words), seconds)

    def _reads_anew(self, enough: Callable[[], object], seconds: float) -> bool:
        until = time.monotonic() + seconds * SLOWER
        while not enough():
            if time.monotonic() > until:
                return False
            self.page.wait_for_timeout(750)
            self.page.reload()
        return True

    def sees_picture(self, found, *, wider: int = 0) -> None:
        """The picture has come and is wider than that; one further down the page comes when it is looked at."""
        found.first.scroll_into_view_if_needed()
        self.page.wait_for_function(SHOWN, arg=[found.first.element_handle(), wider])

    # what a page that is there shows

    @property
    def words(self) -> str:
        return self.text_of("main")

    def text_of(self, where: str) -> str:
        return self.page.locator(where).first.inner_text()

    @property
    def source(self) -> str:
        """The whole page; after a way back that failed it may go away under the look, then once more."""
        for _look in range(40):
            with suppress(Exception):
                self.page.wait_for_load_state()
                return self.page.content()
            self.page.wait_for_timeout(250)
        return self.page.content()

    def offers(self, name: str | re.Pattern) -> bool:
        """Whether a button or link of this name is anywhere on the page; a link that only says why not is none."""
        link = self.page.get_by_role("link", name=name, disabled=False)
        return self.page.get_by_role("button", name=name).or_(link).count() > 0

    def shows(self, where: str) -> bool:
        return self.page.locator(where).count() > 0

    def measures(self, script: str) -> object:
        """What a piece of JavaScript answers, once the letters have their form."""
        self.page.evaluate("document.fonts.ready.then(() => true)")
        return self.page.evaluate(script)

    def value_of(self, label: str) -> str:
        return self.page.get_by_label(label).first.input_value()

    def checks_all(self, name: str) -> None:
        """The same answer in every row of a table."""
        for radio in self.page.get_by_role("radio", name=name, exact=True).all():
            radio.check()
