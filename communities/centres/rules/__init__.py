"""When a centre is open, who keeps it, who may take part and until when. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date, time

from communities.roles.rules import Role
from portal.refusals import Refusal
from portal.refusals import gettext_noop as _

BASIC, ADDED, RESOURCES, OFFERS = "basic", "added", "resources", "offers"
CATALOGUES = {
    BASIC: _("基本服务"),
    ADDED: _("增值服务"),
    RESOURCES: _("区资源清单"),
    OFFERS: _("区服务清单"),
}
CATEGORIES = {
    "party": _("党群服务"),
    "affairs": _("办事代办"),
    "elderly": _("为老服务"),
    "family": _("儿童和家庭"),
    "health": _("健康服务"),
    "work": _("就业创业"),
    "culture": _("文体活动"),
    "law": _("法律和调解"),
    "safety": _("公共安全"),
    "convenience": _("便民利民"),
}
KEEPERS = frozenset({Role.COMMUNITY_WORKER, Role.STREET_OFFICER})
BRINGERS = frozenset({Role.DISTRICT_OFFICER, Role.ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class DayHours:
    """The stretches of one day, and why it differs from the week; no stretch means closed."""

    on: date
    stretches: tuple[tuple[time, time], ...] = ()
    note: str = ""
    known: bool = True

    def open_at(self, moment: time) -> tuple[time, time] | None:
        """The stretch that holds the moment."""
        return next((each for each in self.stretches if each[0] <= moment < each[1]), None)

    def next_after(self, moment: time) -> tuple[time, time] | None:
        return next((each for each in self.stretches if each[0] > moment), None)

    def covers(self, opens: time, closes: time) -> bool:
        """Do the hours hold a stretch whole? Where no hours are kept, nothing is refused for them."""
        return not self.known or any(first <= opens and closes <= last for first, last in self.stretches)


def hours_on(
    day: date,
    *,
    week: Mapping[int, Iterable[tuple[time, time]]],
    special: tuple[time | None, time | None, str] | None,
    holiday: bool,
    closed_on_holidays: bool,
) -> DayHours:
    """The hours of a day: its special arrangement goes first, then the holiday rule, then the week."""
    if special is not None:
        opens, closes, note = special
        return DayHours(day, ((opens, closes),) if opens and closes else (), note)
    if holiday and closed_on_holidays:
        return DayHours(day, (), _("法定节假日"))
    return DayHours(day, tuple(sorted(week.get(day.weekday(), ()))), known=bool(week))


def objection_to_keeping(roles: Set[Role]) -> Refusal | None:
    """Who keeps a centre's pages: the community's workers, and the street above them."""
    if roles & KEEPERS:
        return None
    return Refusal("not_keeper", _("服务中心由本社区工作者或街道维护，您没有权限。"), status=403)


def objection_to_stretches(stretches: Iterable[tuple[time, time]]) -> Refusal | None:
    """The stretches of one day end after they begin and do not overlap."""
    last = time.min
    for place, (opens, closes) in enumerate(sorted(stretches)):
        if opens >= closes:
            return Refusal("closes_first", _("关门时间要晚于开门时间。"))
        if place and opens < last:
            return Refusal("hours_overlap", _("同一天的两段时间重叠了，请合并或改开。"))
        last = closes
    return None
