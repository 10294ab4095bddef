"""What the menus hold, as names of addresses.

A name that no room serves is left out, so a menu never holds a dead link.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Item:
    name: str
    title: str | Promise


PUBLIC = (
    Item("home", _("首页")),
    Item("communities", _("社区")),
    Item("rounds", _("项目批次")),
    Item("proposals", _("居民提案")),
    Item("projects", _("办理进度")),
    Item("notices", _("公示公告")),
    Item("centres", _("服务中心")),
    Item("volunteers", _("志愿服务")),
)
# 长者模式: at most four large entries (A8)
ELDER = (
    Item("home", _("首页")),
    Item("rounds", _("项目批次")),
    Item("centres", _("服务中心")),
    Item("mine", _("我的")),
)
FOOTER = (
    Item("sitemap", _("站点地图")),
    Item("help", _("使用帮助")),
    Item("accessibility", _("无障碍声明")),
    Item("privacy", _("隐私说明")),
    Item("verify", _("核验结果")),
    Item("consultation", _("意见征集")),
)
STAFF = (
    (_("等我处理"), (Item("queue", _("我的待办")), Item("desk", _("批次工作台")))),
    (
        _("项目"),
        (
            Item("desk_proposals", _("提案")),
            Item("desk_projects", _("实施项目")),
            Item("desk_meetings", _("议事会议")),
            Item("desk_notices", _("公示公告")),
        ),
    ),
    (
        _("社区"),
        (
            Item("desk_communities", _("社区资料")),
            Item("desk_centres", _("服务中心")),
            Item("desk_volunteers", _("志愿服务")),
        ),
    ),
    (
        _("统计与导出"),
        (Item("desk_board", _("全区一览")), Item("desk_exports", _("导出与月报")), Item("desk_jobs", _("后台任务"))),
    ),
)


def links(items: tuple[Item, ...], path: str) -> list[dict]:
    """[{title, url, current}] of those items that lead somewhere."""
    found = []
    for item in items:
        try:
            url = reverse(item.name)
        except NoReverseMatch:
            continue
        here = path == url or (url != "/" and path.startswith(url.rstrip("/") + "/"))
        found.append({"name": item.name, "title": item.title, "url": url, "current": here})
    return found
