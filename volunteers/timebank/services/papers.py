"""The tariff is published; a certificate is issued."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from communities.accounts.models import User
from communities.divisions.models import Division
from portal import locks, log
from portal.refusals import Refusal, insist
from portal.refusals import gettext_noop as _
from volunteers import permissions
from volunteers.parties import parties_at
from volunteers.timebank import queries, rules
from volunteers.timebank.models import Certificate, Tariff


@transaction.atomic
def publish_tariff(
    *, district_id: int, starts_on: date, per_hour: int, lasts_years: int, note: str, by: User, now: datetime
) -> Tariff:
    """Publish what an hour is worth from a day on. Days that have gone keep the tariff that they had."""
    locks.hold_alone("tariff", district_id)
    district, today = Division.objects.get(pk=district_id), timezone.localdate(now)
    insist(permissions.objection_to("timebank.publish_tariff", roles=parties_at(by, district, day=today)))
    latest = queries.tariffs_of(district).values_list("starts_on", flat=True).first()
    insist(rules.objection_to_tariff(per_hour, starts_on, today=today, latest=latest))
    tariff = Tariff.objects.create(
        district=district,
        starts_on=starts_on,
        per_hour=per_hour,
        lasts_years=lasts_years,
        note=note,
        by=by,
        at=now,
    )
    log.record("timebank.publish_tariff", by=by, about=tariff, now=now, per_hour=per_hour, lasts_years=lasts_years)
    return tariff


@transaction.atomic
def issue_certificate(*, by: User, first_on: date, last_on: date, now: datetime) -> Certificate:
    """Write down the volunteer's own counted hours of a period under a number that anybody can verify."""
    volunteer = queries.volunteer_of(by)
    if volunteer is None:
        insist(Refusal("no_volunteer", _("您还没有登记为志愿者。"), status=403))
    if last_on < first_on:
        insist(Refusal("ends_before_start", _("结束日期不能早于开始日期。"), field="last_on"))
    if first_on > timezone.localdate(now):
        insist(Refusal("in_the_future", _("开始日期不能晚于今天。"), field="first_on"))
    sums = queries.minutes_between(volunteer, first_on, last_on)
    if sums["scanned"] + sums["by_hand"] == 0:
        insist(Refusal("no_hours", _("这段时间没有已经计入的服务时长。"), field="first_on"))
    made = Certificate.objects.create(
        number=_number(), volunteer=volunteer, first_on=first_on, last_on=last_on, issued_at=now, **sums
    )
    log.record("timebank.issue_certificate", by=by, about=made, now=now)
    return made


def _number() -> str:
    """Drawn by lot out of 30^8; the unique column would refuse the one chance in a lifetime that it is taken."""
    drawn = "".join(secrets.choice(rules.SIGNS) for _place in range(8))
    return f"ZY-{drawn[:4]}-{drawn[4:]}"
