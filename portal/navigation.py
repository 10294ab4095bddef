"""What the menus hold, as names of addresses.

A name that no room serves is left out, so a menu never holds a dead link.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Item:
    """`roles`: who has something to do there; empty means everybody."""

    name: str
    title: str | Promise
    roles: tuple[str, ...] = ()


PUBLIC = (
    Item("desk:home", _("首页")),
    Item("desk:communities", _("社区")),
    Item("desk:rounds", _("项目批次")),
    Item("desk:proposals", _("居民提案")),
    Item("desk:delivery_board", _("办理进度")),
    Item("desk:notice_board", _("公示公告")),
    Item("centres:centres", _("服务中心")),
    Item("centres:activities", _("活动课程")),
    Item("volunteers:volunteers", _("志愿服务")),
)
# 长者模式: at most four large entries (A8)
ELDER = (
    Item("desk:home", _("首页")),
    Item("desk:rounds", _("项目批次")),
    Item("centres:centres", _("服务中心")),
    Item("desk:mine", _("我的")),
)
FOOTER = (
    Item("desk:site_map", _("站点地图")),
    Item("desk:help", _("使用帮助")),
    Item("desk:statistics", _("数据公开")),
    Item("desk:public_money", _("资金去向")),
    Item("desk:open_data", _("开放数据")),
    Item("desk:accessibility", _("无障碍声明")),
    Item("desk:privacy", _("隐私说明")),
)
WORKER, STREET = ("community_worker",), ("street_officer",)
OFFICES = (*WORKER, *STREET, "district_officer", "supervisor", "auditor")
READERS = (*OFFICES, "administrator")
STAFF = (
    (
        _("等我处理"),
        (
            Item("desk:queue", _("我的待办")),
            Item("desk:overview", _("项目看板"), OFFICES),
            Item("desk:papers", _("月报和档案"), OFFICES),
            Item("proposals:enter", _("代录纸质提案"), WORKER),
        ),
    ),
    (
        _("项目"),
        (
            Item("rounds:office", _("项目批次"), (*STREET, "district_officer")),
            Item("screening:queue", _("初审"), (*WORKER, *STREET)),
            Item("deliberation:desk", _("议事会议"), WORKER),
            Item("voting:desks", _("现场投票"), (*WORKER, *STREET)),
            Item("publicity:desk", _("公示与异议"), (*WORKER, *STREET)),
            Item("approval:desk", _("街道审批"), STREET),
            Item("funding:work", _("资金"), (*WORKER, *STREET, "district_officer", "auditor")),
            Item("funding:providers", _("承接单位"), STREET),
            Item("evaluation:indicators", _("评价指标"), (*STREET, "district_officer")),
        ),
    ),
    (
        _("社区"),
        (
            Item("residents:vouching", _("居民核实"), WORKER),
            Item("letters:batches", _("纸质验证码"), WORKER),
            Item("proxies:desk", _("代办登记"), WORKER),
            Item("rosters:rosters", _("居民名册"), (*WORKER, *STREET)),
            Item("centres:desk", _("服务中心"), (*WORKER, *STREET)),
            Item("centres:lists", _("服务目录"), ("district_officer", "administrator")),
            Item("divisions:import_list", _("区划名录"), ("administrator",)),
            Item("admin:index", _("资料管理"), ("administrator",)),
            Item("records:imports", _("资料导入"), ("administrator",)),
            Item("roles:register", _("任职登记"), READERS),
            Item("works:works", _("后台任务")),
        ),
    ),
    (
        _("志愿服务"),
        (
            Item("teams:desk", _("志愿者与队伍"), WORKER),
            Item("activities:desk", _("组织活动"), WORKER),
            Item("wishes:desk", _("微心愿"), WORKER),
            Item("timebank:people", _("登记和更正时长"), (*WORKER, *STREET)),
            Item("timebank:review", _("时长复核"), (*STREET, "district_officer")),
            Item("rewards:office", _("爱心商家"), (*STREET, "district_officer")),
        ),
    ),
    (_("留痕"), (Item("desk:log", _("操作日志"), ("auditor",)),)),
)


def links(items: tuple[Item, ...], path: str, *, held: Set[str] | None = None) -> list[dict]:
    """[{title, url, current}] of those items that lead somewhere; with `held`, only those for holders of such a role.

    One item at most is current: the one whose address is the longest part of the path.
    """
    found = []
    for item in items:
        if held is not None and item.roles and not held & set(item.roles):
            continue
        try:
            url = reverse(item.name)
        except NoReverseMatch:
            continue
        found.append({"name": item.name, "title": item.title, "url": url, "current": False})
    above = [link for link in found if is_above(link["url"], path)]
    if above:
        max(above, key=lambda link: len(link["url"]))["current"] = True
    return found


def is_above(url: str, path: str) -> bool:
    return path == url or (url != "/" and path.startswith(url.rstrip("/") + "/"))
