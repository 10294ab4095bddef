"""A volunteer redeems points at a merchant: her phone shows the code, the merchant's phone confirms it, once."""

import re

import pytest

from tests.journeys.browser import PHONE, Person
from tests.journeys.stack import demo_portal

pytestmark = [pytest.mark.browser, pytest.mark.processes, pytest.mark.timeout(240)]


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    with demo_portal("redeem", tmp_path_factory.mktemp("redeem") / "var") as portal:
        yield f"http://127.0.0.1:{portal.port}"


def takes_seat(who: Person, text: str) -> None:
    """Sign in as the demo person who is described like this."""
    who.opens("/")
    who.page.locator(".demo-strip").get_by_role("link", name="换个人物试用").click()
    who.page.get_by_role("button", name=re.compile(re.escape(text))).first.click()
    who.page.wait_for_load_state()


def points_of(who: Person) -> int:
    who.opens("/timebank/")
    tile = who.page.locator(".tile", has_text="可用积分").locator(".tile-figure").inner_text()
    return int(re.sub(r"\D", "", tile))


def test_a_breakfast_for_points_on_two_phones(browser, portal):
    volunteer, merchant = Person(browser, portal, PHONE), Person(browser, portal, PHONE)
    takes_seat(volunteer, "志愿队长 · 龙岭社区邻里志愿服务队")
    takes_seat(merchant, "爱心商家 · 阿婆早餐铺")
    before = points_of(volunteer)

    volunteer.opens("/volunteers/mine/")
    volunteer.presses("积分兑换")
    volunteer.presses("早餐一份")
    volunteer.presses("兑换，生成兑换码")
    volunteer.reads("请给店员扫码")
    code = volunteer.page.locator(".code-signs").inner_text()
    assert volunteer.page.locator(".code-card img").evaluate("picture => picture.naturalWidth") > 100

    volunteer.opens(f"/rewards/counter/?code={code.replace(' ', '')}")  # she scans her own code: nothing is spent
    volunteer.reads("请把二维码给商家扫。")

    merchant.opens("/rewards/counter/")
    merchant.writes(兑换码=code)
    merchant.presses("查兑换码")
    merchant.reads("早餐一份", "确认后积分扣除，不能撤回。")
    merchant.presses("确认已交给顾客")
    merchant.reads("核销成功")
    merchant.opens(f"/rewards/counter/?code={code.replace(' ', '')}")  # a second time
    merchant.reads("这个兑换码已经用过了，不能再用。")
    assert merchant.page.get_by_role("button", name="确认已交给顾客").count() == 0

    assert points_of(volunteer) == before - 20
    volunteer.opens("/rewards/mine/")
    volunteer.reads("已兑换")
    merchant.presses("的月度对账单", exact=False)
    merchant.reads("早餐一份", code.replace(" ", "")[4:])
    assert volunteer.faults == [] and merchant.faults == []
