"""What the style page shows: every component in every state, with plain values that stand for nobody."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

HERE = ZoneInfo("Asia/Shanghai")


def at(day: int, hour: int = 9, minute: int = 30) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=HERE)


TONES = [
    {"text": _("未开始"), "tone": "plain"},
    {"text": _("进行中"), "tone": "active"},
    {"text": _("已通过"), "tone": "done"},
    {"text": _("待您补正"), "tone": "turn"},
    {"text": _("已超期"), "tone": "urgent"},
    {"text": _("已终止"), "tone": "stopped"},
]
STEPS = [
    {"title": _("点菜"), "state": "done", "dates": "10月8日–11月6日", "url": "#strip"},
    {"title": _("初审"), "state": "done", "dates": "11月13日"},
    {"title": _("议事"), "state": "done", "dates": "11月18日"},
    {"title": _("居民投票"), "state": "current", "dates": "11月19日–12月2日"},
    {"title": _("定菜"), "state": "next", "dates": "12月3日"},
    {"title": _("公示"), "state": "next", "dates": ""},
    {"title": _("街道审批"), "state": "over", "dates": ""},
    {"title": _("做菜"), "state": "next", "dates": ""},
    {"title": _("评菜"), "state": "next", "dates": ""},
]
DEADLINES = [
    {"on": date(2026, 11, 27), "left": 5, "unit": "working", "paused": "", "provisional": False},
    {"on": date(2026, 11, 23), "left": 1, "unit": "working", "paused": "", "provisional": False},
    {"on": date(2026, 11, 21), "left": 0, "unit": "calendar", "paused": "", "provisional": False},
    {"on": date(2026, 11, 18), "left": -3, "unit": "working", "paused": "", "provisional": False},
    {
        "on": date(2026, 11, 27),
        "left": 4,
        "unit": "working",
        "paused": _("等点菜人补正，自 11月16日起"),
        "provisional": False,
    },
    {"on": date(2028, 1, 14), "left": 20, "unit": "working", "paused": "", "provisional": True},
]
HOLDS = [
    {"text": _("2 份提案还没有初审结果"), "who": _("社区工作站"), "since": date(2026, 11, 16), "url": "#holds"},
    {"text": _("1 条异议还没有答复"), "who": _("居委会"), "since": date(2026, 11, 18), "url": "#holds"},
]
PROPOSALS = [
    {
        "url": "#cards",
        "title": _("给三栋门口的台阶加扶手"),
        "number": "WSS-2026-000123",
        "summary": _("三栋住着不少老人，下雨天台阶滑，希望两侧加不锈钢扶手和防滑条。"),
        "place": _("向阳小区"),
        "price": 1_850_000,
        "status": _("正在初审"),
        "tone": "active",
        "proposer": "陈**",
        "supporters": 42,
    },
    {
        "url": "#cards",
        "title": _("晚上的羽毛球场装灯"),
        "number": "WSS-2026-000124",
        "summary": _("年轻人下班后想打球，现在天一黑就散场。"),
        "place": _("文体公园"),
        "price": 4_600_000,
        "status": _("待您补正"),
        "tone": "turn",
        "proposer": "欧阳**",
        "supporters": 1,
    },
]
PROJECTS = [
    {
        "url": "#cards",
        "title": _("老年食堂换桌椅和空调"),
        "number": "WSS-2026-000087",
        "place": _("党群服务中心"),
        "status": _("正在实施"),
        "tone": "active",
        "done": 60,
        "planned": 55,
        "late": False,
        "last_update": _("四台空调已装好，桌椅周五到货。"),
        "last_on": date(2026, 11, 17),
        "milestone": _("桌椅进场"),
        "milestone_on": date(2026, 11, 27),
        "allotted": 18_500_000,
        "paid": 9_250_000,
    },
    {
        "url": "#cards",
        "title": _("东村巷排水沟加盖"),
        "number": "WSS-2026-000091",
        "place": _("东村"),
        "status": _("已超期"),
        "tone": "urgent",
        "done": 30,
        "planned": 70,
        "late": True,
        "last_update": _("连日下雨，停工等路面干透。"),
        "last_on": date(2026, 11, 9),
        "milestone": _("沟盖板安装"),
        "milestone_on": date(2026, 11, 13),
        "allotted": 32_000_000,
        "paid": 0,
    },
]
EVENTS = [
    {
        "on": at(17),
        "title": _("空调安装完成"),
        "text": _("四台空调试机正常。"),
        "by": _("承接单位"),
        "kind": "done",
        "photos": [{"url": "/static/img/empty-done.svg", "alt": _("食堂新装的空调")}],
    },
    {"on": at(9), "title": _("停工两天"), "text": _("社区停电检修。"), "by": _("社区工作站"), "kind": "stop"},
    {"on": date(2026, 11, 27), "title": _("桌椅进场"), "text": "", "kind": "planned"},
]
FILES = [
    {
        "url": "/static/img/empty-done.svg",
        "thumb": "/static/img/empty-done.svg",
        "alt": _("食堂新装的空调"),
        "caption": _("空调试机"),
        "by": _("承接单位"),
        "at": at(17, 15, 5),
    },
    {"url": "#evidence", "caption": _("材料清单"), "kind": "PDF", "by": _("承接单位"), "at": at(17, 15, 9)},
]
ANSWERS = [
    {"label": _("提案标题"), "value": _("给三栋门口的台阶加扶手"), "url": "#answers"},
    {"label": _("在哪里"), "value": _("向阳小区三栋东门"), "url": "#answers"},
    {"label": _("照片"), "value": "", "url": "#answers"},
]
RECEIPT = [
    {"label": _("项目批次"), "value": _("2026 年第二批")},
    {"label": _("投票时间"), "value": "2026-11-21 14:30"},
    {"label": _("投票方式"), "value": _("网上")},
]
QUEUE = [
    {
        "url": "#queue",
        "title": _("给三栋门口的台阶加扶手"),
        "kind": _("初审"),
        "number": "WSS-2026-000123",
        "place": _("向阳社区"),
        "due_on": date(2026, 11, 18),
        "left": -3,
        "current": True,
    },
    {
        "url": "#queue",
        "title": _("东村巷排水沟加盖"),
        "kind": _("异议答复"),
        "number": "WSS-2026-000091",
        "place": _("东村社区"),
        "due_on": date(2026, 11, 23),
        "left": 1,
    },
    {
        "url": "#queue",
        "title": _("晚上的羽毛球场装灯"),
        "kind": _("初审"),
        "number": "WSS-2026-000124",
        "place": _("文体社区"),
        "due_on": date(2026, 11, 27),
        "left": 4,
        "paused": _("等点菜人补正"),
    },
]
JOBS = [
    {
        "title": _("导入居民名册"),
        "state": "running",
        "done": 1200,
        "total": 4830,
        "started_at": at(21),
        "by": _("社区工作站"),
    },
    {"title": _("导出十月月报"), "state": "done", "done": 86, "total": 86, "file_url": "#jobs", "started_at": at(20)},
    {
        "title": _("生成公示文书"),
        "state": "failed",
        "error": _("第 17 行没有金额，改好后可以重试。"),
        "retry_url": "/style",
    },
    {"title": _("寄发通知"), "state": "waiting"},
]
BARS = [
    {"label": _("便民利民"), "value": 1821},
    {"label": _("公共设施"), "value": 1204},
    {"label": _("群众活动"), "value": 566},
    {"label": _("公益风尚"), "value": 97},
]
SHARES = [
    {"label": _("工程类"), "value": 92_000_000},
    {"label": _("服务类"), "value": 61_500_000},
    {"label": _("货物类"), "value": 18_500_000},
]
MONTHS = [f"{month}月" for month in range(1, 13)]
PLAN = [2, 5, 9, 15, 24, 36, 50, 64, 77, 88, 95, 100]
ACTUAL = [1, 3, 6, 10, 17, 26, 37, 48, 60, 71]
TABS = [
    {"title": _("提案"), "url": "/style", "count": 38},
    {"title": _("结果"), "url": "#tabs", "current": False},
    {"title": _("实施"), "url": "#tabs", "current": False},
    {"title": _("资金"), "url": "#tabs", "current": False},
]
CRUMBS = [{"title": _("首页"), "url": "/"}, {"title": _("项目批次"), "url": "#crumbs"}]
CHIPS = [{"label": _("类别：工程类"), "remove_url": "#filters"}, {"label": _("我的社区"), "remove_url": "#filters"}]
ALL = {name.lower(): value for name, value in list(globals().items()) if name.isupper() and name != "HERE"}
