"""What must be green before a call opens. Plain Python."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from portal.refusals import gettext_noop as _
from projects.rounds.rules import fault_in


@dataclass(frozen=True, slots=True)
class Plan:
    """A round in preparation, as plain values. `notice_needs` is the last day that the promised notice reaches."""

    title: str
    stages: tuple[str, ...]
    envelopes: Mapping[str, int]
    windows: Mapping[str, tuple[date, date]]
    rules: Mapping[str, object]
    without_council: tuple[str, ...] = ()
    without_worker: tuple[str, ...] = ()
    notice_needs: date | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the list that must be green before the call opens. `where` is the page on which it is mended."""

    code: str
    text: str
    ok: bool
    where: str
    problem: str = ""
    params: Mapping[str, object] = field(default_factory=dict)


def what_is_missing(plan: Plan, *, today: date) -> list[Check]:
    """The whole list, green and red lines alike, in the order in which an office works through it."""
    days = [plan.windows[key] for key in plan.stages if key in plan.windows]
    in_order = all(first <= last for first, last in days) and all(
        before[1] < after[0] for before, after in zip(days, days[1:], strict=False)
    )
    faults = fault_in(plan.rules)
    first = days[0][0] if days else None
    notice = plan.windows.get("publicity")
    return [
        Check("title", _("批次有名称"), bool(plan.title.strip()), "edit", _("还没有填写批次名称")),
        Check(
            "envelopes", _("参加的社区都有资金额度"), bool(plan.envelopes), "envelopes", _("还没有给任何社区填写额度")
        ),
        Check(
            "councils",
            _("每个社区都有居民议事会"),
            not plan.without_council,
            "envelopes",
            _("还没有议事会：%(names)s"),
            {"names": "、".join(plan.without_council)},
        ),
        Check(
            "workers",
            _("每个社区都有人初审"),
            not plan.without_worker,
            "envelopes",
            _("还没有社区工作者：%(names)s"),
            {"names": "、".join(plan.without_worker)},
        ),
        Check("rules", _("规则填写完整"), not faults, "rules", _("规则里有 %(count)s 处要改"), {"count": len(faults)}),
        Check("windows", _("每个阶段都有起止日期"), len(days) == len(plan.stages), "calendar", _("日程还没有排完")),
        Check("order", _("各阶段前后不重叠"), bool(days) and in_order, "calendar", _("有阶段日期重叠或颠倒")),
        Check(
            "first_day",
            _("征集开始日还没有过"),
            bool(first and first >= today),
            "calendar",
            _("征集开始日已经过了，请重排日程"),
        ),
        Check(
            "notice",
            _("公示期够长"),
            bool(notice and plan.notice_needs and notice[1] >= plan.notice_needs),
            "calendar",
            _("公示期比规则承诺的短"),
        ),
    ]
