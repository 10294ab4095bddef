"""Everything works without JavaScript: lodge, support, vote, search (A18); and by keyboard alone (A6)."""

import re

import pytest

from tests.journeys.browser import DESK, PHONE, Person

pytestmark = [pytest.mark.browser, pytest.mark.processes]
OUTLINE = """() => { const s = getComputedStyle(document.activeElement), b = document.activeElement.getBoundingClientRect();
  return {name: (document.activeElement.innerText || document.activeElement.name || '').trim().slice(0, 30), tag: document.activeElement.tagName,
    seen: (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none',
    covered: document.activeElement !== document.body && b.height > 0 && b.top >= 0 && b.bottom <= innerHeight
      && !(e => e && (document.activeElement.contains(e) || e.contains(document.activeElement)))(
        document.elementFromPoint(b.left + b.width / 2, b.top + b.height / 2))}; }"""


@pytest.fixture
def plain(demo, browser):
    """A phone whose browser runs no script."""
    return Person(browser, demo, PHONE, script=False)


def test_a_proposal_is_lodged(plain):
    """A18"""
    plain.becomes("欧阳慧")
    plain.opens("/")
    plain.presses("我要提一个提案")
    plain.presses("开始写提案")
    plain.fills("现在有什么不方便", "阅览室的窗户关不上，下雨天书架会淋湿。")
    plain.presses("下一步")
    plain.fills("提案名称", "阅览室换三扇窗")
    plain.fills("具体希望怎么办", "把靠东的三扇旧窗换成能关严的。")
    plain.presses("下一步")
    plain.presses("下一步")
    plain.reads("处需要修改", "请写清楚地点。")  # the error comes from the server, and nothing is lost
    plain.fills("具体地点", "社区阅览室二楼")
    plain.presses("下一步")
    plain.fills("谁会受益", "来看书的老人和学生")
    plain.presses("下一步")
    plain.ticks("工程类")
    plain.fills("大约要多少元", "8000")
    plain.presses("下一步")
    plain.presses("下一步")
    if "相近" in plain.words:
        plain.presses("不一样，继续提交我的")
    plain.presses("提交提案")
    plain.reads("提案已提交")
    assert re.search(r"WSS-\d{4}-\d{6}", plain.words)


def test_a_neighbour_is_found_and_backed(plain):
    """A18"""
    plain.becomes("陈伟光")
    plain.opens("/")
    plain.goes_by_menu("搜索")
    plain.page.get_by_role("searchbox").first.fill("龙岭")
    plain.clicks(plain.page.locator("main form").get_by_role("button"))
    assert "龙岭" in plain.words
    plain.opens("/")
    plain.presses("看这一批次")
    plain.clicks(plain.page.locator("main nav a").filter(has_text="提案"))
    for place in range(6):
        plain.clicks(plain.page.locator("main .cards h2 a, main .cards h3 a").nth(place))
        if plain.offers("支持这份提案"):
            break
        plain.page.go_back()
    plain.presses("支持这份提案")
    if plain.offers("支持这份提案"):
        plain.presses("支持这份提案")
    plain.reads("收回支持")
    assert plain.offers("收回支持")


def test_a_ballot_is_cast(plain, demo):
    """A18: choose, review, cast, receipt."""
    plain.opens("/accounts/demo/")
    name = (
        plain.page.get_by_role("list", name="南坑社区", exact=True)
        .get_by_role("button")
        .filter(has_text="居民 ·")
        .last.inner_text()
        .split()[0]
    )
    plain.becomes(name)
    plain.opens("/")
    plain.goes_by_menu("我的")
    plain.clicks(plain.page.get_by_role("link", name=re.compile("去投票|看回执")))
    if "回执" in plain.page.title():
        plain.presses("修改选票")
    box = plain.page.get_by_role("checkbox").first
    box.uncheck() if box.is_checked() else box.check()
    plain.clicks(plain.page.locator(".ballot-bar").get_by_role("button").last)
    plain.reads("核对您的选票")
    plain.presses("投出这张票")
    plain.reads("您的选票已收到", "回执编号")


@pytest.mark.parametrize("start", ["/", "/sign-in/", "/xiangmu/"])
def test_the_keyboard_reaches_everything_and_shows_where_it_is(demo, browser, start):
    """A6: skip link first, visible focus that nothing covers, and no trap: the walk comes to the footer."""
    person = Person(browser, demo, DESK)
    person.opens(start)
    stops = []
    for _press in range(140):
        person.page.keyboard.press("Tab")
        stops.append(person.page.evaluate(OUTLINE))
        if stops[-1]["tag"] == "BODY" or stops[-1]["name"] in ("隐私说明",):
            break
    person.close()
    assert stops[0]["name"] == "跳到正文"
    assert [stop for stop in stops if stop["tag"] != "BODY" and (not stop["seen"] or stop["covered"])] == []
    assert "隐私说明" in [stop["name"] for stop in stops]
