"""The offices at work in a browser: screenings cleared with the keyboard, a council of sixteen, an objection upheld."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from portal.models import Job
from projects.models import Finding, Meeting, Objection, Proposal, Resolution
from tests import factories
from tests.factories import NOON
from tests.journeys.browser import Person
from tests.projects.deliberation.council import DAY, world
from tests.projects.publicity.notices import POSTED, board

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(420)]
ITEMS = 30
RETURNED = ("2", "请补一张现场照片。", "Tab")
REJECTED = ("3", "由物业负责，已联系物业。", "Tab", "Space")
REDIRECTED = ("4", "由区里的部门统一办理。", "Tab", "区城管局")


def test_thirty_screenings_are_cleared_in_one_sitting_with_the_keyboard(at, sits):
    """o opens the first; 1, Enter, Enter accepts; another outcome takes its reason at once and Tab goes on. No pointer: the next
    one comes by itself, one is passed over and comes again, one is looked at before it is sent and changed."""
    at(NOON)
    home = factories.community()
    batch = factories.round_at("screening", home)
    author = factories.resident(home)
    rows = [factories.proposal(batch, author, title=f"{place + 1}栋楼道加装扶手") for place in range(ITEMS)]
    she = sits(factories.worker(home))
    she.opens("/screening/")
    keys = Keys(she.page)
    keys.go("o")
    answers = {5: RETURNED, 11: REJECTED, 17: REDIRECTED, 23: ("5", "和前面一件是同一处。", "Tab", rows[0].number)}
    for place in range(ITEMS):
        if place == 2:
            keys.go("j")
            keys.go("k")
            she.reads(rows[2].title)
        keys.finding(*answers.get(place, ["1"]))
        if place == 8:
            keys.press("Tab")
            keys.go("Enter")  # back from the preview: what was chosen is still there
            she.page.locator("[value=accepted]:checked").wait_for()
            keys.finding("2", "请补一张现场照片。", "Tab")
        keys.sends()
    she.reads("这里没有要办的事")
    found = Counter(Finding.objects.values_list("outcome", flat=True))
    assert found == {"accepted": ITEMS - 5, "returned": 2, "rejected": 1, "redirected": 1, "merged": 1}
    assert Finding.objects.get(outcome="merged").merged_into == rows[0]
    assert keys.pressed < 4 * ITEMS


class Keys:
    """A keyboard and what is done with it. Words count as one stroke: what is counted is the way, not the reason."""

    def __init__(self, page):
        self.page, self.pressed = page, 0

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.pressed += 1

    def go(self, key: str) -> None:
        """A key that leads to the next page."""
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            self.press(key)

    def finding(self, digit: str, *then: str) -> None:
        """The outcome, then words to type and keys to press; the preview comes with its button under the cursor."""
        self.press(digit)
        for each in then:
            if each in ("Tab", "Space"):
                self.press(each)
            else:
                self.page.locator("textarea:focus, input:focus").wait_for()
                self.page.keyboard.type(each)
                self.pressed += 1
        self.go("Enter")
        self.page.locator("button[value=send]:focus").wait_for()

    def sends(self) -> None:
        self.go("Enter")


def test_a_council_of_sixteen_meets(at, sits):
    """One member speaks, one stands aside, one item fails with its reason, both sign, the minutes are public and asked for
    as Word and PDF."""
    at(DAY)
    w = world(seats=16, proposals=3)
    w.call()
    she = sits(w.worker)
    she.opens("/deliberation/")
    she.clicks(she.page.locator("li").filter(has_text="已通知").get_by_role("link"))
    she.presses("登记到会")
    she.checks_all("到会")
    she.presses("保存到会情况")
    she.presses("宣布开会")
    she.page.get_by_label("会议主持人").select_option(label="议事代表1")
    she.presses("开始开会")
    she.clicks(she.page.get_by_role("link", name=re.compile("^发言顺序")).first)
    she.page.get_by_label("要发言的代表").select_option(label="议事代表3")
    she.presses("排入发言顺序")
    she.clicks(she.page.get_by_role("button", name=re.compile("^请发言")))
    she.reads("正在发言：议事代表3")
    she.presses("标记为已发言")
    she.clicks(she.page.get_by_role("link", name="返回会议"))
    she.clicks(she.page.get_by_role("link", name=re.compile("^记录回避")))
    she.page.get_by_label("回避的代表").select_option(label="议事代表6")
    she.page.locator("main form textarea, main form input[type=text]").first.fill("住在这一栋，与项目有利害关系")
    she.clicks(she.page.locator("main form").get_by_role("button"))
    votes(she, against=2)
    resolves(she)
    votes(she, against=10)
    she.page.locator("main form textarea").first.fill("属于物业公司的责任，应由物业办理。")
    resolves(she)
    votes(she, against=0)
    resolves(she)
    she.presses("结束会议")
    she.presses("作为记录人签字")
    he = sits(w.chair)
    he.opens(she.page.url.removeprefix(she.address))
    he.clicks(he.page.get_by_role("button", name="作为主持人签字"))
    outcomes = list(Resolution.objects.order_by("item__position").values_list("outcome", "in_favour", "recused"))
    assert outcomes == [("passed", 13, 1), ("refused", 6, 0), ("passed", 16, 0)]
    meeting = Meeting.objects.get()
    assert meeting.published_at
    assert set(Job.objects.filter(args__meeting=meeting.pk).values_list("kind", flat=True)) == {
        "deliberation.minutes_document",
        "deliberation.minutes_pdf",
    }
    he.opens(f"/deliberation/meeting/{meeting.number}/minutes/")
    he.reads("属于物业公司的责任", "发言：议事代表3")


def resolves(she: Person) -> None:
    """End the vote, read who will be told what, send it."""
    she.presses("结束表决并形成决议")
    she.reads("会发给", "现在还没有发出，也没有生效。")
    she.presses("发出决议")
    she.reads(re.compile("^表决结果："))


def votes(she: Person, *, against: int) -> None:
    """Open the next item; everybody is for it but the last `against`; the page says what that comes to."""
    she.clicks(she.page.get_by_role("button", name=re.compile("^开始表决")))
    she.presses("登记举手")
    she.presses("先全部填“同意”，再改个别人")
    noes = she.page.get_by_role("radio", name="反对", exact=True)
    for place in range(noes.count() - against, noes.count()):
        noes.nth(place).check()
    she.presses("保存表决意见")


def test_an_objection_is_upheld(at, sits):
    """The officer reads what goes to whom, upholds; the item is gone, the batch is counted again."""
    at(POSTED)
    b = board()
    b.object()
    he = sits(b.officer)
    he.opens("/publicity/")
    he.clicks(he.page.locator("main ul.queue").get_by_role("link"))
    he.presses("异议成立，撤下项目")
    he.page.locator("main textarea").fill("现场核实，坡道确实挡住消防通道。")
    he.presses("看一看会发给谁")
    he.reads("会发给", "这一项已撤下。原因：现场核实，坡道确实挡住消防通道。")
    assert Objection.objects.get().outcome == "open"
    he.presses("认定成立并撤下项目")
    he.reads("异议成立，这一项已撤下")
    assert b.stage() == "tally" and b.standing(0) not in ("chosen", "approved")
    assert Objection.objects.get().outcome == "upheld"
    he.opens(f"/publicity/objection/{Objection.objects.get().number}/")
    he.reads("现场核实，坡道确实挡住消防通道。")
    assert Proposal.objects.filter(round=b.batch, standing="chosen").count() <= 2


def test_a_session_says_that_it_ends(at, sits):
    """A11: two minutes before the end there is a notice; one press and the work goes on."""
    at(NOON)
    who = sits(factories.worker(factories.community()))
    who.page.clock.install()
    who.opens("/screening/")
    notice = who.page.locator("#leaving")
    notice.wait_for(state="hidden")
    who.page.clock.run_for(28 * 60_000 + 10_000)
    who.reads("再过两分钟没有操作")
    who.presses("继续使用", within=notice)
    notice.wait_for(state="hidden")
    who.page.clock.run_for(31 * 60_000)
    who.reads("已自动退出。这一页上写的内容还在")
