"""Volunteers in a browser: a milestone gets its six helpers, hours by QR on two phones become a breakfast, a wish comes true."""

from datetime import datetime, timedelta

import pytest
import segno

from communities.accounts.models import User
from projects.delivery.services import add_milestone
from tests import factories as make
from tests.factories import NOON
from tests.journeys.browser import PHONE, Person
from tests.projects import project_worlds
from tests.volunteers import volunteer_worlds as worlds
from tests.volunteers.rewards.reward_worlds import Shop
from volunteers.activities import rules
from volunteers.models import Call, Shift, SignUp
from volunteers.tasks import tend

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(240)]
SHOWS = "drawn => document.querySelector('img.door-qr').getAttribute('src') === drawn"
NAMES = ("方慧", "何强", "陈国栋", "林晓燕", "周建国", "梁美华")
STARTS = NOON + timedelta(days=1, hours=2)
CALL = {
    "活动名称": "坡道浇筑观察日", "做什么": "浇筑当天看一看围挡和通道，不干预施工。", "开始时间": "14:00",
    "结束时间": "17:00", "名额": "6",
}  # fmt: skip


def test_a_milestone_gets_six_helpers_and_an_hour_becomes_a_breakfast(at, sits):
    at(NOON)
    shop = Shop(points=30)  # what three hours are worth
    world = project_worlds.in_delivery(home=shop.home)
    add_milestone(project_id=world.project.pk, by=world.worker, title="坡道浇筑", due_on=STARTS.date(), now=NOON)
    worker = sits(world.worker, PHONE)
    calls_for_helpers(worker, world.number)
    phones = [sits(worlds.volunteer(shop.home, name).person, PHONE) for name in NAMES]
    for phone in phones:
        signs_up(phone, world.number)
    late = sits(worlds.volunteer(shop.home, "莫莉").person, PHONE)
    signs_up(late, world.number, "名额已满，您已进入候补")
    call = Call.objects.get()
    worker.opens(f"/activities/run/{call.pk}/")
    worker.reads(*NAMES, "候补 1 人")
    assert SignUp.objects.filter(shift__call=call, state="held").count() == 6

    comes_and_goes(at, worker, phones[0], Shift.objects.get())
    breakfast(phones[0], sits(shop.clerk, PHONE))


def calls_for_helpers(worker: Person, number: str) -> None:
    """From the project's own page: the step stands in the call, the day and the place are filled in."""
    worker.opens(f"/delivery/{number}/work/")
    worker.presses("为节点“坡道浇筑”招募志愿者")
    worker.reads("为项目节点“坡道浇筑”招募")
    assert worker.value_of("日期") == f"{STARTS:%Y-%m-%d}"
    worker.writes(**CALL)
    worker.presses("存为草稿，下一步核对")
    worker.presses("发布活动")
    worker.reads("活动已发布，志愿者可以报名了。")


def signs_up(phone: Person, number: str, said: str = "报名成功") -> None:
    """She reads the project's page, which anybody reads, and finds the call there."""
    phone.opens(f"/xiangmu/{number}/")
    phone.reads("志愿者招募")
    phone.presses("坡道浇筑观察日")
    phone.presses("报名这个班次" if said == "报名成功" else "排进候补", exact=False)
    phone.reads(said)


def comes_and_goes(at, worker: Person, phone: Person, shift: Shift) -> None:
    """The code on the leader's phone changes; an old one is worth nothing, the present one is."""
    at(STARTS - timedelta(minutes=5))
    worker.opens(f"/activities/run/{shift.call_id}/")
    worker.presses("签到码")
    old = on_screen(worker, shift, "in", STARTS - timedelta(minutes=5))
    at(STARTS)
    worker.page.reload()
    fresh = on_screen(worker, shift, "in", STARTS)
    assert fresh != old
    phone.opens(old)
    phone.reads("这个二维码已经过时。")
    phone.opens(fresh)
    phone.presses("签到")
    phone.reads("签到成功，开始服务吧。")
    ends = STARTS + timedelta(hours=3)
    at(ends)
    worker.presses("签退")
    phone.opens(on_screen(worker, shift, "out", ends))
    phone.presses("签退")
    phone.reads("签退成功，辛苦了。时长已记入您的时间银行。")
    phone.opens("/timebank/")
    phone.reads("坡道浇筑观察日", "3 小时")
    assert points_of(phone) == 30


def on_screen(worker: Person, shift: Shift, way: str, now: datetime) -> str:
    """Where the QR code that the screen shows leads: drawn once more, it is the same picture."""
    worker.page.get_by_alt_text("签到二维码" if way == "in" else "签退二维码").wait_for()
    address = f"{worker.address}/activities/scan/{shift.pk}/{way}/{rules.token(shift.secret, way, now)}/"
    drawn = segno.make(address, error="m").svg_data_uri(scale=8, border=2)
    worker.page.wait_for_function(SHOWS, arg=drawn)
    return address.removeprefix(worker.address)


def points_of(phone: Person) -> int:
    phone.opens("/timebank/")
    return int(phone.text_of(".tile:has-text('可用积分') .tile-figure").split()[0])


def breakfast(phone: Person, merchant: Person) -> None:
    """Her phone shows the code, the merchant's phone confirms it, once."""
    phone.opens("/volunteers/mine/")
    phone.presses("积分兑换")
    phone.presses("早餐一份")
    phone.presses("兑换，生成兑换码")
    phone.reads("请给店员扫码")
    code = phone.text_of(".code-signs")
    phone.sees_picture(phone.page.locator(".code-card img"), wider=100)
    phone.opens(f"/rewards/counter/?code={code.replace(' ', '')}")  # she scans her own code: nothing is spent
    phone.reads("请把二维码给商家扫。")

    merchant.opens("/rewards/counter/")
    merchant.writes(兑换码=code)
    merchant.presses("查兑换码")
    merchant.reads("早餐一份", "确认后积分扣除，不能撤回。")
    merchant.presses("确认已交给顾客")
    merchant.reads("核销成功")
    merchant.opens(f"/rewards/counter/?code={code.replace(' ', '')}")  # a second time
    merchant.reads("这个兑换码已经用过了，不能再用。")
    assert not merchant.offers("确认已交给顾客")

    assert points_of(phone) == 0
    phone.opens("/rewards/mine/")
    phone.reads("已兑换")
    merchant.presses("的月度对账单", exact=False)
    merchant.reads("早餐一份", code.replace(" ", "")[4:])


WISH = {"心愿": "一把旧轮椅", "说明": "一位独居长者出院后走不远，想要一把能推着晒太阳的轮椅。"}
BEHIND = {"心愿人姓名": "欧阳秀珍", "联系电话": "13712345678", "住址": "金运花园八栋"}


def test_a_wish_is_claimed_lapses_is_claimed_again_and_comes_true(at, sits, tmp_path):
    at(NOON)
    home = make.community()
    worker, visitor = sits(make.worker(home)), sits(size=PHONE)
    asks(sits(make.resident(home, "周秋兰"), PHONE), worker, home.code)
    first, second = (worlds.volunteer(home, name).person for name in ("方慧", "何强"))
    claims(sits(first, PHONE))
    on_the_wall(visitor, "已认领", "一位志愿者")

    late = NOON + timedelta(days=15)
    at(late)
    assert tend() == 1
    on_the_wall(visitor, "等人认领")
    slow = sits(first, PHONE)
    slow.opens("/wode/xiaoxi/")
    slow.reads("您认领的“一把旧轮椅”到期了，已放回心愿墙。")
    comes_true(sits(second, PHONE), worker_again(sits, home), tmp_path)
    on_the_wall(visitor, "已圆梦", "推出去晒到太阳了")
    visitor.sees_picture(visitor.page.locator("main img"))
    assert not [word for word in (*BEHIND.values(), "方慧", "何强") if word in visitor.source]


def worker_again(sits, home) -> Person:
    """Two weeks later she has signed in anew."""
    return sits(User.objects.get(appointments__role="community_worker", appointments__division=home))


def asks(resident: Person, worker: Person, code: str) -> None:
    """A resident writes it down and reads who will see what; the worker publishes the need."""
    resident.opens(f"/wishes/make/{code}/")
    resident.page.get_by_label("为谁").select_option(label="长者")
    resident.writes(**WISH, **BEHIND)
    resident.presses("下一步：核对")
    resident.reads("大家会看到", BEHIND["住址"])
    resident.clicks(resident.page.locator("main form button[type=submit]"))
    resident.reads("心愿已提交")
    worker.opens("/wishes/desk/")
    worker.presses(WISH["心愿"])
    worker.ticks("发布到心愿墙")
    worker.presses("提交审核结果")
    worker.reads("审核结果已记录，登记人会收到消息。")


def claims(phone: Person) -> None:
    phone.opens("/wishes/")
    phone.presses(WISH["心愿"])
    phone.presses("认领这个心愿")
    phone.reads("认领成功，谢谢您。")


def on_the_wall(visitor: Person, state: str, *words: str) -> None:
    """A visitor finds the wish under this heading of the wall, and reads it."""
    visitor.opens("/wishes/")
    visitor.presses(state)
    visitor.page.locator("a[aria-current=page]", has_text=state).wait_for()
    visitor.presses(WISH["心愿"])
    visitor.reads(WISH["说明"], state, *words)


def comes_true(phone: Person, worker: Person, folder) -> None:
    claims(phone)
    phone.presses("我完成了")
    phone.writes(怎么完成的="轮椅已送到党群服务中心。")
    phone.presses("告诉社区")
    phone.reads("社区工作者正在向心愿人确认")
    photo = folder / "轮椅.jpg"
    photo.write_bytes(project_worlds.photo_file().read())
    worker.opens("/wishes/desk/")
    worker.presses(WISH["心愿"])
    worker.writes(感谢的话="推出去晒到太阳了，谢谢好心的邻居。", 照片说明="阳台上的轮椅")
    worker.page.set_input_files("input[type=file]", photo)
    worker.presses("确认实现并公开感谢")
    worker.reads("心愿人同意公开，才能上传照片。")
    worker.page.set_input_files("input[type=file]", photo)
    worker.ticks("心愿人同意公开这张照片")
    worker.presses("确认实现并公开感谢")
    worker.reads("心愿实现了，感谢已公开。")
