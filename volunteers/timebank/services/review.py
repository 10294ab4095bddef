"""The street and the district look at long days; a wrong record is reversed with the reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from communities.accounts.models import User
from portal import log, notices
from portal.refusals import gettext_noop as _
from portal.refusals import insist
from volunteers import permissions
from volunteers.parties import parties_to_volunteer
from volunteers.teams.models import Volunteer
from volunteers.timebank import rules
from volunteers.timebank.models import Account, HourRecord, HourReview, Portion, Posting, Reversal
from volunteers.timebank.services import ledger, points

Kind = Account.Kind


def confirm_portion(*, portion_id: int, by: User, now: datetime) -> HourReview:
    """Let a part over eight hours a day count, with its points. Decided once, by the level that the part asks for."""
    return _decide(portion_id, HourReview.Verdict.CONFIRM, "", by=by, now=now)


def refuse_portion(*, portion_id: int, reason: str, by: User, now: datetime) -> HourReview:
    """The part does not count; the volunteer reads the reason."""
    return _decide(portion_id, HourReview.Verdict.REFUSE, reason, by=by, now=now)


@transaction.atomic
def _decide(portion_id: int, verdict: str, reason: str, *, by: User, now: datetime) -> HourReview:
    record = HourRecord.objects.get(portions=portion_id)
    volunteer = ledger.hold(record.volunteer_id)
    portion = Portion.objects.select_related("record", "review", "record__reversal").get(pk=portion_id)
    _insist_on(f"timebank.review_{portion.band}", by, volunteer, now)
    insist(
        rules.objection_to_review(
            decided=hasattr(portion, "review"),
            reversed=hasattr(record, "reversal"),
            own=volunteer.person_id == by.pk,
            entered=record.entered_by_id == by.pk,
        )
    )
    review = HourReview.objects.create(portion=portion, verdict=verdict, reason=reason, by=by, at=now)
    counts = verdict == HourReview.Verdict.CONFIRM
    target = (
        ledger.account(Kind.COUNTED, volunteer=volunteer, origin=record.origin)
        if counts
        else ledger.account(Kind.SERVICE, origin=record.origin)
    )
    ledger.post(
        kind=Posting.Kind.CONFIRM if counts else Posting.Kind.REFUSE,
        key=f"review-{portion.pk}",
        volunteer=volunteer,
        moves=[(ledger.account(Kind.WAITING, volunteer=volunteer, origin=record.origin), target, portion.minutes)],
        portion=portion,
        reason=reason,
        by=by,
        now=now,
    )
    if counts:
        points.grant(portion, volunteer, by=by, now=now)
    log.record(f"timebank.{verdict}_portion", by=by, about=portion, now=now, reason=reason, minutes=portion.minutes)
    notices.owe(
        [volunteer.person_id],
        kind="timebank.reviewed",
        key=f"hour-review-{portion.pk}",
        text=_("“%(title)s”有 %(minutes)s 分钟时长复核通过，已经计入。")
        if counts
        else _("“%(title)s”有 %(minutes)s 分钟时长复核后没有计入：%(reason)s"),
        now=now,
        url=reverse("timebank:mine"),
        title=record.title,
        minutes=portion.minutes,
        reason=reason,
    )
    return review


@transaction.atomic
def reverse_record(*, record_id: int, reason: str, by: User, now: datetime) -> Reversal:
    """Take a whole record out again. What counted or waited goes back; its points too, as far as they are still there.
    The right hours are then written as a new record."""
    record = HourRecord.objects.get(pk=record_id)
    volunteer = ledger.hold(record.volunteer_id)
    _insist_on("timebank.reverse_record", by, volunteer, now)
    insist(
        rules.objection_to_reversal(
            reversed=Reversal.objects.filter(record=record).exists(), own=volunteer.person_id == by.pk, reason=reason
        )
    )
    short = sum(
        _take_out(portion, record, volunteer, reason, by, now)
        for portion in record.portions.select_related("review").order_by("pk")
    )
    reversal = Reversal.objects.create(record=record, reason=reason, points_short=short, by=by, at=now)
    log.record("timebank.reverse_record", by=by, about=record, now=now, reason=reason, points_short=short)
    notices.owe(
        [volunteer.person_id],
        kind="timebank.reversed",
        key=f"reversal-{reversal.pk}",
        text=_("“%(title)s”%(minutes)s 分钟时长已经冲正：%(reason)s"),
        now=now,
        url=reverse("timebank:mine"),
        title=record.title,
        minutes=record.minutes,
        reason=reason,
    )
    return reversal


def _take_out(portion: Portion, record: HourRecord, volunteer: Volunteer, reason: str, by: User, now: datetime) -> int:
    """Move one part back to where it came from; answers how many of its points were already spent."""
    verdict = portion.review.verdict if hasattr(portion, "review") else ""
    if verdict == HourReview.Verdict.REFUSE:
        return 0
    counted = portion.band == rules.Band.AT_ONCE or verdict == HourReview.Verdict.CONFIRM
    source = ledger.account(Kind.COUNTED if counted else Kind.WAITING, volunteer=volunteer, origin=record.origin)
    ledger.post(
        kind=Posting.Kind.REVERSE,
        key=f"reverse-{portion.pk}",
        volunteer=volunteer,
        moves=[(source, ledger.account(Kind.SERVICE, origin=record.origin), portion.minutes)],
        portion=portion,
        reason=reason,
        by=by,
        now=now,
    )
    return points.take_back(portion, volunteer, by=by, now=now) if counted else 0


def _insist_on(action: str, by: User, volunteer: Volunteer, now: datetime) -> None:
    parties = parties_to_volunteer(by, volunteer, day=timezone.localdate(now))
    insist(permissions.objection_to(action, roles=parties))
