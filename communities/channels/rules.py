"""Which notice leaves the portal, by which channel and when. Plain Python."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from portal.refusals import Refusal
from portal.refusals import gettext_noop as _

EMAIL, SMS, WECHAT = "email", "sms", "wechat"
CHANNELS = (EMAIL, SMS, WECHAT)
AT_ONCE, DAILY = "at_once", "daily"
EVERYTHING, URGENT_ONLY, NOTHING = "all", "urgent", "none"
STALE = timedelta(days=2)  # what is older was read in the portal, or is no news any more
TRIES = 5
LEASE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Group:
    """Kinds of notice that a person takes or leaves together. `fixed`: security, which nobody can switch off."""

    key: str
    title: str
    rooms: tuple[str, ...]
    fixed: bool = False


GROUPS = (
    Group("proposals", _("提案的收件、初审和复核"), ("proposals", "screening")),
    Group("deliberation", _("居民议事会"), ("deliberation",)),
    Group("voting", _("居民投票和结果"), ("rounds", "voting", "tally")),
    Group("publicity", _("公示、异议和街道审批"), ("publicity", "approval")),
    Group("works", _("项目的资金、实施、验收和评价"), ("funding", "delivery", "acceptance", "evaluation")),
    Group("volunteers", _("志愿服务"), ("volunteers", "teams", "activities", "timebank", "rewards", "wishes")),
    Group("account", _("账号安全和岗位"), ("accounts", "residents", "roles"), fixed=True),
)
OTHER = "works"
_GROUP_OF = {room: group for group in GROUPS for room in group.rooms}

# What asks something of the person by a day, or warns her of a misuse: at once, also for those who otherwise hear once a day.
URGENT = frozenset(
    {
        "screening.returned",
        "screening.rejected",
        "screening.lapsed",
        "screening.mentioned",
        "deliberation.convened",
        "deliberation.adjourned",
        "publicity.to_answer",
        "voting.kiosk",
        "voting.last_call",
        "voting.paper",
        "delivery.problem",
        "acceptance.opened",
    }
)
# Told to a whole roll: never by a paid message unless the person asked for everything.
TO_MANY = frozenset({"voting.open", "voting.started", "voting.last_call"})


@dataclass(frozen=True, slots=True)
class Reach:
    """How a person may be reached and wants to be. Hours are whole hours of the portal's day; equal hours: no rest."""

    email: bool = False
    phone: bool = False
    wechat: bool = False
    by_email: str = EVERYTHING
    by_sms: str = URGENT_ONLY
    by_wechat: str = EVERYTHING
    pace: str = DAILY
    digest_hour: int = 18
    quiet_from: int = 21
    quiet_until: int = 8
    muted: Collection[str] = field(default_factory=frozenset)


def group_of(kind: str) -> Group:
    known = _GROUP_OF.get(kind.partition(".")[0])
    return known or next(group for group in GROUPS if group.key == OTHER)


def is_urgent(kind: str) -> bool:
    return kind in URGENT or group_of(kind).fixed


def channels_for(kind: str, reach: Reach, *, on: Collection[str]) -> tuple[str, ...]:
    """The channels that carry this kind to this person, of those that the deployment has on."""
    group = group_of(kind)
    if group.key in reach.muted and not group.fixed:
        return ()
    wishes = {
        EMAIL: (reach.email, reach.by_email),
        SMS: (reach.phone, reach.by_sms),
        WECHAT: (reach.wechat, reach.by_wechat),
    }
    return tuple(name for name in CHANNELS if name in on and _carries(name, kind, *wishes[name]))


def _carries(channel: str, kind: str, there: bool, wish: str) -> bool:
    if not there:
        return False
    if group_of(kind).fixed:
        return True
    if wish == URGENT_ONLY:
        return is_urgent(kind) and not (channel == SMS and kind in TO_MANY)
    return wish == EVERYTHING


def waits_for_digest(kind: str, reach: Reach) -> bool:
    return reach.pace == DAILY and not is_urgent(kind)


def after_quiet(local: datetime, reach: Reach) -> datetime:
    """The first moment from `local` on at which the person may be disturbed; `local` itself outside her quiet hours."""
    if not is_quiet(local.hour, reach.quiet_from, reach.quiet_until):
        return local
    end = datetime.combine(local.date(), time(reach.quiet_until), local.tzinfo)
    return end if end > local else end + timedelta(days=1)


def is_quiet(hour: int, start: int, end: int) -> bool:
    if start <= end:
        return start <= hour < end
    return hour >= start or hour < end


def next_digest(local: datetime, reach: Reach) -> datetime:
    """The person's hour of the day, after `local`."""
    due = datetime.combine(local.date(), time(reach.digest_hour), local.tzinfo)
    return due if due > local else due + timedelta(days=1)


def retry_after(attempts: int) -> timedelta:
    """1, 5, 25, 125 minutes."""
    return timedelta(minutes=5 ** max(0, attempts - 1))


def objection_to_hours(*, digest_hour: int, quiet_from: int, quiet_until: int) -> Refusal | None:
    if is_quiet(digest_hour, quiet_from, quiet_until):
        return Refusal("digest_in_quiet_hours", _("汇总的时间落在免打扰时段里，请错开。"), field="digest_hour")
    return None
