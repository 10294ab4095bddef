"""Wishes of the demo: waiting for the worker, for somebody, in hand, come true."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from portal import clock
from projects.demo.people import Town
from volunteers.demo.people import FIRST
from volunteers.teams.models import Team
from volunteers.wishes import services
from volunteers.wishes.models import Wish

HERE = "龙岭社区"
TOLD = (
    ("elder", "一把旧轮椅", "一位独居长者出院后走不远，想要一把能推着晒太阳的轮椅，旧的就好。"),
    ("child", "一套小学数学辅导书", "一个五年级的孩子想把数学补上来，需要一套辅导书，最好每周有人教一小时。"),
    ("disabled", "修好卫生间扶手", "一位腿脚不便的邻居家里扶手松了，想请会修理的邻居上门拧紧。"),
    ("family", "一张婴儿床", "刚添了宝宝的年轻家庭想借一张婴儿床，用一年就还。"),
    ("elder", "陪我去拍一张相片", "一位八十岁的长者想在生日那天拍一张像样的相片，需要有人陪着去照相馆。"),
    ("elder", "教我用手机视频通话", "想和在外地的孙女视频，学了几次都忘，希望有耐心的邻居再教一教。"),
    ("other", "一口大蒸锅", "几位长者一起做午饭，现在的锅太小，想要一口大蒸锅。"),
)
THANKS = "锅又大又亮，中午蒸了一大锅包子，给送锅的邻居也留了一份，谢谢你们。"


def wishes(town: Town, today: date, now: datetime) -> None:
    """微心愿：待审核、等人认领、已认领、已圆梦"""
    worker, place = town.workers[HERE][0], town.communities[HERE]
    helpers = town.residents[HERE][FIRST : FIRST + 20]
    made = []
    for number, (whom, title, need) in enumerate(TOLD):
        with clock.pretend(now - timedelta(days=20 - number)) as then:
            wisher = town.residents[HERE][-number - 3].name
            given = {"wisher": wisher, "phone": f"1380000000{number}", "address": f"金运花园{number + 1}栋502"}
            row = services.make_wish(
                community_id=place.pk, by=worker, whom=whom, title=title, need=need, collected=True, now=then, **given
            )
            if number != 1:
                services.screen_wish(
                    wish_id=row.pk, by=worker, outcome="published", title=title, need=need, reason="", now=then
                )
            made.append(row)
    with clock.pretend(now - timedelta(days=5)) as then:
        _claimed(made[2], helpers[4], None, then)
        _claimed(made[5], helpers[0], Team.objects.filter(community=place).order_by("pk").first(), then)
        _claimed(made[6], helpers[8], None, then)
        services.report_done(wish_id=made[6].pk, by=helpers[8], text="蒸锅已送到党群服务中心。", now=then)
    with clock.pretend(now - timedelta(days=2)) as then:
        services.confirm_fulfilled(
            wish_id=made[6].pk, by=worker, text=THANKS, photo=None, caption="", agreed=False, now=then
        )


def _claimed(wish: Wish, by: object, team: Team | None, at: datetime) -> None:
    services.claim_wish(wish_id=wish.pk, by=by, team=team, now=at)
