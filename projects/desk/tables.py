"""What is seen, as sheets for Excel and CSV: the same numbers in the same order, with their definitions below."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from communities.divisions.models import Division
from portal import figures
from portal.sheets import Sheet, Yuan, share
from projects.delivery.rules import FLAGS, Flag
from projects.desk import panels
from projects.desk.queries import months, overview, programme
from projects.desk.queries.programme import Line
from projects.models import Project

MOST_ROWS = 5000


def overview_sheets(place: Division, told: dict[str, Any], *, today: date) -> list[Sheet]:
    """The overview of a place: by type, by child division, payment rates, months, ageing, figures."""
    head = [_("申报"), _("批准"), *[_(words) for words, _why in _states()], _("超期"), _("已暂停"), *_money_heads()]
    made = {"place": place.name, "on": figures.day(today)}
    notes = [f"{_(words)}：{_(why)}" for words, why in _states()] + [
        _("支付率：已支付 ÷ 批准金额。"),
        _("%(place)s，截至 %(on)s，由平台按办理记录计算。") % made,
    ]
    counted = told["counted"]
    return [
        Sheet(
            _("项目总表"), [_("类型"), *head],
            [[label, *_cells(line)] for label, _key, line in told["types"]], notes,
        ),
        Sheet(
            _("按%(level)s") % {"level": told["child_word"]}, [told["child_word"], *head],
            [*[[child.name, *_cells(line)] for child, line in counted.by_child()], [_("合计"), *_cells(counted.whole)]],
        ),
        _rates(told),
        Sheet(
            _("%(year)s年逐月") % {"year": told["year"]},
            _month_heads(),
            [[figures.month(month.number), *_month(month)] for month in told["months"]],
            [f"{_(title)}：{_(means)}" for title, means, _money in months.TRACKS.values()],
        ),
        Sheet(
            _("在办时长"), [_("阶段"), *[_(words) for _days, words in overview.AGES], _("合计")],
            [[row["title"], *[count for count, _url in row["cells"]], row["all"][0]] for row in panels.ageing_of(place, today=today, below=told["below"])],
        ),
        Sheet(
            _("指标"), [_("指标"), _("数值"), _("分子与分母"), _("怎么算的")],
            [[tile["label"], tile["figure"], tile["base"], tile["means"]] for tile in told["tiles"]],
        ),
    ]  # fmt: skip


def _states() -> list[tuple[str, str]]:
    return list(programme.STATES.values())


def _money_heads() -> list[str]:
    return [_("批准金额（元）"), _("已支付（元）"), _("支付率")]


def _cells(line: Line) -> list[object]:
    return [
        line.declared, line.projects, line.done, line.going, line.waiting, line.ended, line.overdue, line.stopped,
        Yuan(line.budget), Yuan(line.paid), share(line.paid, line.budget),
    ]  # fmt: skip


def _rates(told: dict[str, Any]) -> Sheet:
    kinds = [label for label, key, _line in told["types"] if key]
    rows = [
        [row["place"].name, *[share(cell.paid, cell.budget) for _said, cell in row["cells"]], share(row["all"][1].paid, row["all"][1].budget)]
        for row in panels.cross_of(told["counted"])
    ]
    return Sheet(_("支付率"), [told["child_word"], *kinds, _("合计")], rows, [_("支付率：已支付 ÷ 批准金额。")])


def _month_heads() -> list[str]:
    pairs = [(_(row[0]), kind) for row in months.TRACKS.values() for kind in (_("计划"), _("实际"))]
    said = [_("%(what)s（%(kind)s）") % {"what": what, "kind": kind} for what, kind in pairs]
    return [_("月份"), *said, _("评价人次"), _("满意人次")]


def _month(month: months.Month) -> list[object]:
    cells: list[object] = []
    for key, (_title, _means, money) in months.TRACKS.items():
        said = Yuan if money else int
        cells += [said(month.plan[key]), said(month.fact[key]) if month.over else ""]
    return [*cells, month.rated, month.content]


def rows_sheet(title: str, projects: Iterable[Project], *, today: date) -> Sheet:
    """The rows behind a figure, with the flags that the page shows."""
    heads = [
        _("编号"), _("项目"), _("街道"), _("社区"), _("类型"), _("内容类别"), _("阶段"), _("进入本阶段"), _("天数"), _("提醒"),
        _("下一节点"), _("到期"), _("批准金额（元）"), _("已支付（元）"), _("支付率"),
    ]  # fmt: skip
    return Sheet(title, heads, [_row(row, today) for row in projects])


def _row(row: Any, today: date) -> list[object]:
    project = row.project
    return [
        project.proposal.number, project.title, project.community.parent.name, project.community.name,
        str(project.get_category_display()), str(project.get_content_class_display()), str(_(project.get_stage_display())),
        day_of_stage(project), (today - day_of_stage(project)).days, "、".join(str(_(FLAGS[Flag(flag)])) for flag in row.flags),
        row.next_title, row.next_due or "", Yuan(project.budget), Yuan(row.paid), share(row.paid, project.budget),
    ]  # fmt: skip


def day_of_stage(project: Project) -> date:
    return timezone.localdate(project.stage_since)
