"""A person at a browser: she reads the page and clicks what it says. Used by all journeys."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
SWITCHES = (
    "headless no-sandbox disable-gpu disable-quic no-first-run disable-background-networking disable-component-update"
)
FLAGS = [f"--{name}" for name in SWITCHES.split()]
PHONE, DESK = (390, 844), (1350, 900)

LEADS_AWAY = """node => {
    if (node.tagName === 'A') return !!node.getAttribute('href') && !node.getAttribute('href').startsWith('#')
        && !node.hasAttribute('download') && node.target !== '_blank';
    return !!node.form && node.type === 'submit' && (node.formNoValidate || node.form.noValidate || node.form.checkValidity())
        && !node.closest('[hx-post], [hx-get]') && !node.form.querySelector('[hx-trigger=submit]');
}"""  # a form sent by htmx and a file that is taken away leave the page where it is


def chromium(drive):
    """Launch Chromium, or skip and say why; CI fails when journeys were skipped."""
    if not Path(CHROMIUM).exists():
        pytest.skip(f"no Chromium at {CHROMIUM}: make browser installs it on Debian")
    return drive.chromium.launch(executable_path=CHROMIUM, args=FLAGS)


class Person:
    """One browser with one screen. Whoever sits at it changes through the page of demo people, as a visitor would."""

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
        self.context.set_default_timeout(20_000)
        self.page = self.context.new_page()
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(f"{self.page.url}: {error}"))
        self.page.on("response", self._look)
        self.page.on("dialog", self._dialog)

    def _look(self, answer) -> None:
        if answer.status >= 500 or (answer.status == 404 and "/static/" in answer.url):
            self.faults.append(f"{answer.status} {answer.url}")

    def _dialog(self, dialog) -> None:
        self.faults.append(f"{self.page.url}: a dialog by itself: {dialog.message}")
        dialog.dismiss()

    def close(self) -> None:
        self.context.close()

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

    def types(self, text: str) -> None:
        """Type at once: the page has put the cursor where it belongs."""
        self.page.locator("input:focus, textarea:focus").wait_for()
        self.page.keyboard.type(text)

    def clicks(self, found) -> None:
        """Click the first of these; where that leads to another page, be there before going on."""
        if found.first.evaluate(LEADS_AWAY):
            with self.page.expect_navigation(wait_until="domcontentloaded"):
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

    def sees_picture(self, found) -> None:
        """The picture has come over the line and is one."""
        found.first.scroll_into_view_if_needed()
        come = "picture => picture.complete && picture.naturalWidth > 0"
        self.page.wait_for_function(come, arg=found.first.element_handle())

    def reads_at_last(self, words: str, *, looks: int = 30) -> bool:
        """What the worker brings by itself: read the page anew until it says so."""
        for _look in range(looks):
            if words in self.words:
                return True
            self.page.wait_for_timeout(750)
            self.page.reload()
        return False

    @property
    def words(self) -> str:
        return self.page.locator("main").inner_text()
