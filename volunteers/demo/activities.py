"""Activities of the demo: one that is over, some that are coming, one that a project's step asked for."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from communities.accounts.models import User
from portal import clock
from projects.demo.people import Town
from projects.demo.walk import moment
from projects.models import Milestone
from volunteers.activities import services
from volunteers.activities.models import Call, Shift
from volunteers.demo.people import FIRST
from volunteers.teams.models import Team

HERE = "龙岭社区"
DONE = {
    "title": "三栋楼道清洁日",
    "kind": "green",
    "about": "把楼道里的杂物清走，擦一遍扶手和窗台。提供手套、扫帚和饮用水。",
    "place": "金运花园三栋门口",
    "brings": "请穿平底鞋和方便活动的衣服。",
    "skills": [],
}
TOLD = "十位邻居用一个上午清走了三车杂物，扶手和窗台擦得干干净净，两位长者给大家端来了凉茶。下个月轮到五栋。"
COMING = (
    (
        {
            "title": "手机课堂：教长者用手机挂号",
            "kind": "service",
            "about": "一对一教长者用手机挂号、缴费、识别诈骗短信。现场有社工带着，第一次来也不用担心。",
            "place": "社区党群服务中心二楼活动室",
            "skills": ["computing", "elder_care"],
            "at_centre": True,
            "places": 8,
        },
        (3, 9, 3),
        5,
    ),
    (
        {
            "title": "便民理发日",
            "kind": "service",
            "about": "为七十岁以上长者和行动不便的邻居免费理发，需要会理发的志愿者，也需要帮忙登记和搀扶的人。",
            "place": "社区长者服务站一楼",
            "skills": [],
            "brings": "会理发的请自带工具。",
            "places": 4,
        },
        (5, 14, 3),
        6,
    ),
    (
        {
            "title": "独居长者周探访",
            "kind": "care",
            "about": "两人一组上门坐一坐，看看药够不够吃、灯亮不亮、燃气关没关，回来填一张小卡片。",
            "place": "社区工作站门口集合",
            "skills": ["elder_care"],
            "adults_only": True,
            "places": 6,
        },
        (8, 9, 2),
        2,
    ),
)
WATCH = {
    "title": "项目施工观察员",
    "kind": "watch",
    "about": "施工期间每天一位邻居到现场看一看：围挡有没有围好、材料有没有堵住通道，看到的写在观察表上，不干预施工。",
    "place": "项目现场围挡外",
    "brings": "请戴现场发的安全帽，站在围挡外面。",
    "skills": [],
    "adults_only": True,
    "places": 6,
}


def activities(town: Town, today: date, now: datetime) -> None:
    """志愿活动：招募、候补、签到和小结"""
    worker, people = town.workers[HERE][0], town.residents[HERE][FIRST : FIRST + 26]
    _done(town, worker, people[:10], today)
    for given, (days, hour, hours), come in COMING:
        call = _published(town, worker, given, moment(today + timedelta(days=days), hour), hours, now)
        _come(call, people[12 : 12 + come], now - timedelta(hours=20))
    step = Milestone.objects.filter(project__community__name=HERE, done_on=None, project__stage="delivery").first()
    if step:
        starts = moment(today + timedelta(days=2), 16)
        call = _published(town, worker, WATCH | {"milestone_id": step.pk}, starts, 2, now)
        _come(call, people[3:7], now - timedelta(hours=6))
    team = Team.objects.filter(name="金运花园党员先锋队").first()
    _published(
        town,
        worker,
        DONE | {"title": "五栋楼道清洁日", "team": team, "places": 10, "place": "金运花园五栋门口"},
        moment(today + timedelta(days=12), 9),
        3,
        now,
    )


def _published(town: Town, by: User, given: dict[str, Any], starts: datetime, hours: int, now: datetime) -> Call:
    span = {"starts": starts, "ends": starts + timedelta(hours=hours)}
    with clock.pretend(min(now, starts) - timedelta(days=2)) as then:
        made = services.make_call(community_id=town.communities[HERE].pk, by=by, now=then, **span, **given)
        return services.publish_call(call_id=made.pk, by=by, now=then)


def _come(call: Call, people: list[User], at: datetime) -> Shift:
    shift = call.shifts.get()
    with clock.pretend(at):
        for order, person in enumerate(people):
            services.sign_up(shift_id=shift.pk, by=person, now=at + timedelta(minutes=order))
    return shift


def _done(town: Town, worker: User, people: list[User], today: date) -> None:
    """Two weeks ago: ten came, nine scanned, one stood on the list."""
    starts = moment(today - timedelta(days=15), 9)
    call = _published(town, worker, DONE | {"places": 10}, starts, 3, starts)
    shift = _come(call, people, starts - timedelta(days=1))
    with clock.pretend(starts):
        for person in people[:9]:
            services.check_in(shift_id=shift.pk, by=person, now=starts + timedelta(minutes=2))
    with clock.pretend(shift.ends_at):
        for person in people[:9]:
            services.check_out(shift_id=shift.pk, by=person, now=shift.ends_at)
        last = shift.sign_ups.get(volunteer__person=people[9])
        for way, at in (("in", starts + timedelta(minutes=10)), ("out", shift.ends_at)):
            services.mark_on_list(sign_up_id=last.pk, by=worker, way=way, at=at, now=shift.ends_at + timedelta(hours=1))
        services.write_report(
            call_id=call.pk, by=worker, text=TOLD, files=[], caption="", now=shift.ends_at + timedelta(hours=6)
        )
