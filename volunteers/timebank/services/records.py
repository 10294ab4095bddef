"""Hours come in: by scanning in and out, or by hand with the reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from communities.accounts.models import User
from portal import log, notices
from portal.refusals import gettext_noop as _
from portal.refusals import insist
from volunteers import permissions
from volunteers.parties import parties_to_volunteer
from volunteers.teams.models import Volunteer
from volunteers.timebank import queries, rules
from volunteers.timebank.models import Account, HourRecord, Portion, Posting
from volunteers.timebank.models.hours import Origin
from volunteers.timebank.services import ledger, points

Kind = Account.Kind


@transaction.atomic
def record_scanned(
    *,
    volunteer_id: int,
    activity_ref: str,
    started_at: datetime,
    ended_at: datetime,
    now: datetime,
    title: str = "",
) -> HourRecord:
    """Write what was scanned in and out. The same activity again answers the record that stands (also a reversed one);
    a time that the volunteer already has is refused."""
    volunteer = ledger.hold(volunteer_id)
    if held := HourRecord.objects.filter(volunteer=volunteer, activity_ref=activity_ref).first():
        return held
    return _record(
        volunteer,
        origin=Origin.SCANNED,
        activity_ref=activity_ref,
        title=title or str(_("志愿服务")),
        started_at=started_at,
        ended_at=ended_at,
        by=None,
        now=now,
    )


@transaction.atomic
def record_by_hand(
    *,
    volunteer_id: int,
    title: str,
    started_at: datetime,
    ended_at: datetime,
    reason: str,
    by: User,
    now: datetime,
    activity_ref: str | None = None,
) -> HourRecord:
    """Write hours that nobody scanned, by the leader or the office, with the reason. They stay hand-entered for ever.
    With an `activity_ref` a repeat answers the record that stands."""
    volunteer = ledger.hold(volunteer_id)
    parties = parties_to_volunteer(by, volunteer, day=timezone.localdate(now))
    insist(permissions.objection_to("timebank.record_by_hand", roles=parties))
    insist(rules.objection_to_hand(same_person=volunteer.person_id == by.pk, reason=reason))
    if activity_ref and (held := HourRecord.objects.filter(volunteer=volunteer, activity_ref=activity_ref).first()):
        return held
    record = _record(
        volunteer,
        origin=Origin.BY_HAND,
        activity_ref=activity_ref or None,
        title=title,
        started_at=started_at,
        ended_at=ended_at,
        reason=reason,
        by=by,
        now=now,
    )
    notices.owe(
        [volunteer.person_id],
        kind="timebank.by_hand",
        key=f"hours-{record.pk}",
        text=_("已为您手工登记“%(title)s”%(minutes)s 分钟服务时长。如有出入，请联系社区。"),
        now=now,
        title=title,
        minutes=record.minutes,
    )
    return record


def _record(
    volunteer: Volunteer,
    *,
    origin: str,
    title: str,
    started_at: datetime,
    ended_at: datetime,
    by: User | None,
    now: datetime,
    activity_ref: str | None,
    reason: str = "",
) -> HourRecord:
    started, ended = timezone.localtime(started_at), timezone.localtime(ended_at)
    insist(rules.objection_to_times(started, ended, now=now))
    taken = queries.overlapping(volunteer.pk, started_at, ended_at)
    insist(rules.objection_to_overlap((timezone.localtime(a), timezone.localtime(b)) for a, b in taken))
    days = rules.days_of(started, ended)
    record = HourRecord.objects.create(
        volunteer=volunteer,
        origin=origin,
        activity_ref=activity_ref,
        title=title,
        started_at=started_at,
        ended_at=ended_at,
        minutes=sum(minutes for _day, minutes in days),
        reason=reason,
        entered_by=by,
        entered_at=now,
    )
    for day, minutes in days:
        for band, part in rules.bands_of(minutes, before=queries.day_minutes(volunteer.pk, day)):
            _earn(Portion.objects.create(record=record, on=day, band=band.value, minutes=part), volunteer, by, now)
    about = {"origin": origin, "minutes": record.minutes, "volunteer": volunteer.pk}
    log.record(f"timebank.record_{origin}", by=by, about=record, now=now, reason=reason, **about)
    return record


def _earn(portion: Portion, volunteer: Volunteer, by: User | None, now: datetime) -> None:
    """At once into what counts, with its points; over eight hours a day into what waits."""
    origin, at_once = portion.record.origin, portion.band == rules.Band.AT_ONCE
    to = ledger.account(Kind.COUNTED if at_once else Kind.WAITING, volunteer=volunteer, origin=origin)
    ledger.post(
        kind=Posting.Kind.EARN,
        key=f"earn-{portion.pk}",
        volunteer=volunteer,
        moves=[(ledger.account(Kind.SERVICE, origin=origin), to, portion.minutes)],
        portion=portion,
        by=by,
        now=now,
    )
    if at_once:
        points.grant(portion, volunteer, by=by, now=now)
