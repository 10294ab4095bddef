"""Two journeys of the vote in a browser: a woman of seventy with a phone, and two clerks with twenty paper ballots."""

import os
import re
from contextlib import suppress
from datetime import timedelta

import pytest

from communities.centres.models import ServiceCentre
from portal import clock
from projects import engine
from projects.models import CountedTracker, Participation
from projects.voting import keys, services
from tests import factories as f
from tests.journeys.browser import DESK, PHONE, Person
from tests.projects.voting.papers import paper_poll
from tests.signing_in import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OVER = f.NOON + timedelta(days=29)
FITS = "document.documentElement.scrollWidth <= innerWidth + 1"
TICKED = "[...document.querySelectorAll('main input[type=checkbox]')].map(box => box.checked)"
LETTERS = "Math.min(...[...document.querySelectorAll('main p, main label, .ballot-bar p')].map(e => parseFloat(getComputedStyle(e).fontSize)))"


@pytest.fixture(scope="module", autouse=True)
def _the_browsers_loop_runs_in_the_tests_own_thread():
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


class Hours:
    """The portal's clock, moved by the test, for the server's threads too."""

    def __init__(self, monkeypatch):
        self.now = f.NOON
        monkeypatch.setattr(clock, "now", lambda: self.now)
        monkeypatch.setattr(clock, "database_now", lambda: self.now)


@pytest.fixture
def hours(monkeypatch):
    return Hours(monkeypatch)


@pytest.fixture
def poll(hours):
    made = paper_poll(people=20)
    yield made
    keys.destroy_key(made.slate.round_id)


@pytest.fixture
def sits_down(browser, live_server, client):
    """Somebody at a browser of her own, signed in."""

    def person(who, size, **more) -> Person:
        sign_in(client, who)
        cookies = {"session": client.cookies["session"].value, **more.pop("cookies", {})}
        client.cookies.clear()
        return Person(browser, live_server.url, size, cookies=cookies, **more)

    yield person
    Person.all_leave()


def ticks(her: Person, *places: int) -> None:
    for place in places:
        her.page.get_by_role("checkbox").nth(place).check()


def fits(her: Person) -> None:
    """A8: everything on the screen's width, nothing smaller than 18 px in 长者模式."""
    assert her.measures(FITS), her.where()
    assert her.measures(LETTERS) >= 18, her.where()


def test_a_woman_of_seventy_leaves_comes_back_changes_and_finds_her_ballot(poll, hours, sits_down):
    """Leaves in the middle, is reminded, submits, changes, finds her tracker after the count. 长者模式 on a phone."""
    number = poll.slate.round.number
    her = sits_down(poll.voters[7], PHONE, cookies={"elder": "1"})
    her.opens(f"/voting/{number}/")
    fits(her)
    ticks(her, 0, 2)
    her.reads("已选 2 项")
    her.presses("下一步：核对")
    her.reads("您还没有提交。")
    fits(her)
    her.presses("退出长者模式", within=her.page.locator("header"))
    her.presses("返回修改")
    her.reads("已选 2 项")
    her.presses("长者模式", within=her.page.locator("header"))
    her.reads("已选 2 项", "退出长者模式")
    assert her.measures(TICKED)[2]
    her.opens("/")  # the telephone rings
    her.reads("还没有投出选票")
    assert not Participation.objects.exists()

    hours.now += timedelta(days=1)
    assert services.remind(now=hours.now) == 1
    her.context.clear_cookies(name="unfinished")
    her.opens("/wode/xiaoxi/")
    her.presses("去看看", within=her.page.locator("main li").filter(has_text="勾选过项目"), exact=False)
    her.page.wait_for_url(f"**/voting/{number}/")
    ticks(her, 1)
    her.presses("下一步：核对")
    her.presses("投出这张票")
    her.reads("您的选票已收到")
    fits(her)
    tracker = her.text_of(".receipt-code")
    first = Participation.objects.get()
    assert first.person == poll.voters[7]

    her.presses("修改选票")
    her.reads("您已经投过票")
    assert her.measures(TICKED) == [False, True, False], "as she left it"
    ticks(her, 2)
    her.presses("下一步：核对")
    her.presses("投出这张票")
    her.reads("您的选票已收到")
    assert her.text_of(".receipt-code") == tracker

    hours.now = OVER
    assert engine.advance(poll.slate.round, leaving="voting", now=OVER)
    her.opens(f"/voting/{number}/receipt/")
    her.reads("这里也看不到回执编号")
    her.presses("查回执编号")
    her.fills("回执编号", tracker.lower())
    her.presses("查一查")
    her.reads("已计入。")
    fits(her)
    assert CountedTracker.objects.count() == 1

    for size in ("", "?size=a3"):
        her.opens(f"/tally/{number}/{poll.home.code}/sheet/{size}")
        printed = her.page.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1, f"one sheet for the board, no blank one after it {size}"


def types(clerk: Person, serial: str, marks: str, said: str) -> None:
    """By the keyboard alone: the number, Tab, the marks, Enter."""
    clerk.types(serial, marks)
    clerk.leaves_by_key("Enter")
    clerk.reads(said)


def test_two_clerks_enter_twenty_sheets_with_one_mismatch(poll, hours, sits_down):
    """B11: read from the printed sheets, keyed twice blind, one mismatch, a third person, accepted, sampled, accounted for."""
    poll.handed(20, count=20)
    first, second, third = (sits_down(who, DESK) for who in (poll.first, poll.second, poll.officer))
    first.opens("/voting/desks/")
    first.presses("纸质选票")
    desk = first.page.url
    first.presses("网页打印")
    serials = [text.replace(" ", "") for text in first.page.locator(".paper-serial strong").all_inner_texts()]
    assert len(set(serials)) == 20
    first.opens(desk)
    first.presses("清点")
    first.fills("没有发出的", "0")
    first.fills("收回的", "20")
    first.presses("记下清点结果")
    second.opens(desk)
    second.presses("录入")
    for place, serial in enumerate(serials):
        types(first, serial, "1 2", f"第 {place + 1} 张已录入")
        types(second, serial, "1 3" if place == 11 else "1 2", f"第 {place + 1} 张已录入")
    first.opens(desk)
    assert not first.offers("收下这个信封"), "a mismatch holds the envelope"
    third.opens(desk)
    third.presses("第三人核对")
    third.reads(serials[11])
    third.fills("选票编号", serials[11])
    third.fills("选中的号码", "1 2")
    third.presses("以原件为准")
    first.opens(desk)
    first.presses("收下这个信封")
    first.reads("信封已收下")

    hours.now = OVER
    for clerk in (first, third):
        clerk.opens(desk)
        clerk.presses("抽查核对", exact=False)
        for _sheet in range(5):
            clerk.clicks(clerk.page.get_by_role("button", name="一致", exact=True))
            clerk.reads("已记下：一致。")
    assert engine.advance(poll.slate.round, leaving="voting", now=OVER)
    first.opens(f"/voting/{poll.slate.round.number}/paper/")
    first.reads("计入 20 张，作废 0 张，没有收回 0 张")


def test_the_next_voter_at_the_device_finds_nothing_of_the_one_before(poll, hours, sits_down):
    """The way back, the pages, the cookies: after 完成，离开 the device shows its start page and no choice."""
    from playwright.sync_api import Error

    ServiceCentre.objects.create(community=poll.home, name="党群服务中心", address="一号")
    device = sits_down(poll.first, DESK)
    device.opens("/voting/desks/")
    device.presses("自助投票设备")
    device.page.get_by_role("radio").first.check()
    device.presses("开启自助投票")
    code = services.admit_voter(entry_id=poll.entries[4], by=poll.second, now=hours.now)
    device.presses("我有投票码")
    device.types(code)
    device.presses("开始投票")
    ticks(device, 0)
    device.presses("下一步：核对")
    device.presses("投出这张票")
    tracker = device.text_of(".receipt-code")
    device.presses("完成，离开")
    device.reads("我有投票码")
    for _step in range(4):
        with suppress(Error):  # Chromium does not send a form again by itself: a page without anything on it
            device.page.go_back()
        shown = device.source
        assert tracker not in shown and "choice-picked" not in shown and " checked" not in shown, device.where()
    assert {cookie["name"] for cookie in device.context.cookies()} <= {"kiosk", "csrf", "session"}
    assert Participation.objects.get().channel == "kiosk"
