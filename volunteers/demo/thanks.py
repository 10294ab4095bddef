"""Hours, points, merchants and benefits of the demo. Every merchant and offer is invented."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from portal import clock
from projects.demo.people import Town
from projects.demo.walk import moment
from volunteers.rewards import services as rewards
from volunteers.rewards.models import Merchant, Offer
from volunteers.teams.models import Volunteer
from volunteers.timebank import services as timebank
from volunteers.timebank.queries import overlapping

SERVICES = (
    ("地铁口文明引导", 8, 120), ("独居长者上门陪伴", 14, 150), ("楼栋清洁日", 9, 180), ("周末亲子阅读", 15, 90),
    ("项目工地看护", 9, 240), ("便民服务点值守", 18, 120), ("消防知识进楼道", 19, 75),
)  # fmt: skip
SHOPS = (
    ("龙岭社区", "阿婆早餐铺", "food", "布龙路32号一楼", "开了十几年的街坊早餐店。",
     (("早餐一份", "豆浆或粥配一样点心，早上十点前。", 20, 120, 4), ("老火汤一例", "每天中午十二点起，先到先得。", 45, 40, 2))),
    ("龙岭社区", "剪刀手理发店", "care", "金运路11号", "给长者理发免预约。", (("理发一次", "周一至周四可用。", 60, 30, 1),)),
    ("龙岭社区", "邻家便利店", "shop", "龙珠路5号", "", (("矿泉水一箱", "12 瓶装，自提。", 40, 60, 2), ("环保购物袋", "颜色随机。", 15, 100, 2))),
    ("大芬社区", "墨香文具书店", "learn", "大芬油画街78号", "孩子画画的纸笔都在这里。",
     (("素描本一本", "16 开 40 页。", 30, 80, 2), ("图书八五折", "教辅除外，当天有效。", 10, 200, 4))),
    ("大芬社区", "安心大药房", "health", "大芬路21号", "", (("免费测血压血糖一次", "请空腹前来测血糖。", 10, 200, 4),)),
    ("爱联社区", "小周家电维修", "repair", "如意路66号", "", (("电扇清洗一台", "上门取送，限爱联社区。", 80, 20, 1),)),
)  # fmt: skip
BENEFITS = (
    ("图书借阅免押金", "区图书馆", "出示时长证书，在总服务台办理。", 20, False),
    ("体育场馆工作日半价", "区文体中心", "工作日 17 点前入场，出示时长证书。", 40, False),
    ("免费健康体检一次", "社区健康服务中心", "每年一次，电话预约后凭时长证书办理。", 100, True),
    ("公园年卡优惠", "区公园管理中心", "凭时长证书在公园服务台办理。", 60, False),
)
HELPERS = {"龙岭社区": 14, "大芬社区": 5, "爱联社区": 4}


def tariff(town: Town, today: date, now: datetime) -> None:
    """积分标准和公共单位的礼遇"""
    chief, district = town.district[0], town.streets["布吉街道"].parent_id
    with clock.pretend(moment(today - timedelta(days=118), 9)) as then:
        timebank.publish_tariff(
            district_id=district, starts_on=then.date(), per_hour=10, lasts_years=1,
            note="扫码签到和手工登记的时长一样计分，复核通过后发放。", by=chief, now=then,
        )  # fmt: skip
        for title, body, about, hours, scanned in BENEFITS:
            rewards.publish_benefit(
                place_id=district, title=title, granted_by_body=body, about=about, hours_needed=hours,
                scanned_only=scanned, starts_on=then.date(), ends_on=None, by=chief, now=then,
            )  # fmt: skip


def hours_and_thanks(town: Town, today: date, now: datetime) -> None:
    """服务时长、爱心商家和兑换"""
    _served(town, today)
    _shops(town, today)
    _thanked(town, today, now)


def _served(town: Town, today: date) -> None:
    """Each helper served a few times in the last weeks; one very long day waits for the street, one was entered by hand."""
    for place, many in HELPERS.items():
        rows = Volunteer.objects.active().filter(community=town.communities[place]).order_by("pk")[:many]
        for number, helper in enumerate(rows):
            for turn in range(4 + number % 3):
                title, hour, minutes = SERVICES[(number + turn) % len(SERVICES)]
                start = moment(today - timedelta(days=5 + turn * 13 + number), hour)
                _scan(helper, f"demo-{number}-{turn}", title, start, minutes)
    first, second = Volunteer.objects.active().filter(community=town.communities["龙岭社区"]).order_by("-pk")[4:6]
    _scan(first, "demo-long", "台风转移安置点值守", moment(today - timedelta(days=2), 8), 10 * 60 + 30)
    start = moment(today - timedelta(days=3), 14)
    timebank.record_by_hand(
        volunteer_id=second.pk,
        title="入户发放反诈宣传单",
        started_at=start,
        ended_at=start + timedelta(minutes=100),
        reason="楼里没有信号，扫不了码，有签到表",
        by=town.workers["龙岭社区"][0],
        now=start + timedelta(hours=4),
    )


def _scan(helper: Volunteer, ref: str, title: str, start: datetime, minutes: int) -> None:
    """Unless she was at one of the activities at that time."""
    end = start + timedelta(minutes=minutes)
    if overlapping(helper.pk, start, end):
        return
    timebank.record_scanned(
        volunteer_id=helper.pk, activity_ref=ref, title=title, started_at=start, ended_at=end, now=end
    )


def _shops(town: Town, today: date) -> None:
    """Merchants with what they give; the last residents of each community stand at the counters."""
    then = moment(today - timedelta(days=80), 10)
    with clock.pretend(then):
        for number, (place, name, kind, address, about, offers) in enumerate(SHOPS):
            community = town.communities[place]
            officer = town.officers[community.parent.name][0]
            shop = rewards.register_merchant(
                community_id=community.pk, name=name, kind=kind, address=f"{community.parent.name}{address}",
                phone=f"0755-1328 67{number:02d}", about=about, by=officer, now=then,
            )  # fmt: skip
            rewards.appoint_person(
                merchant_id=shop.pk, person=town.residents[place][-2 - number], starts_on=then.date(), ends_on=None,
                by=officer, now=then,
            )  # fmt: skip
            for title, use, points, stock, most in offers:
                rewards.publish_offer(
                    merchant_id=shop.pk, title=title, about=use, points=points, stock=stock, per_person=most,
                    starts_on=then.date(), ends_on=today + timedelta(days=150), by=officer, now=then,
                )  # fmt: skip


def _thanked(town: Town, today: date, now: datetime) -> None:
    """Some redeemed a little of what they have."""
    helpers = list(Volunteer.objects.active().filter(community=town.communities["龙岭社区"]).order_by("pk")[2:11])
    for number, helper in enumerate(helpers):
        shop = Merchant.objects.get(name=("阿婆早餐铺", "墨香文具书店", "邻家便利店")[number % 3])
        offer = Offer.objects.filter(merchant=shop).order_by("points").first()
        then = moment(today - timedelta(days=1 + number * 4), 8, 30)
        with clock.pretend(then):
            taken = rewards.take_offer(offer_id=offer.pk, by=helper.person, now=then)
            clerk = shop.terms.get().person
            rewards.confirm_redemption(code=taken.code, by=clerk, now=then + timedelta(minutes=3))
