"""Places at a hearing: asked for, entered by a worker for who comes or calls, given up, moved up, forgotten."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from communities.accounts.models import User
from portal import log
from portal.publishing import objection_to_publishing
from portal.refusals import gettext_noop as _
from portal.refusals import insist
from projects.deliberation import hearing as rules
from projects.deliberation import queries
from projects.deliberation.models import Hearing, HearingPlace
from projects.deliberation.services.hearings import allow, held, tell

TOLD = _("社区工作者为您报名了“%(title)s”听证会：%(at)s，%(place)s。席位按报名先后，可以在听证会页面看。")
STRUCK = _("社区工作者取消了您“%(title)s”听证会的报名。如有疑问请联系社区工作站。")
MOVED_UP = _("“%(title)s”听证会有人退出，您有席位了，%(at)s请到%(place)s。")
GUESTS_MOVED_UP = _("“%(title)s”听证会有人退出，您登记的来访居民有席位了，请看名单并通知本人。")


@transaction.atomic
def ask_place(*, hearing_id: int, speaks: bool, by: User, now: datetime) -> HearingPlace:
    """Ask for a place, or for one on the waiting list when all are taken. A repeat keeps the first turn."""
    row = held(hearing_id)
    allow("deliberation.join_hearing", row.proposal, by=by, now=now)
    insist(_objection_to_asking(row, now))
    asked, made = HearingPlace.objects.get_or_create(hearing=row, person=by, defaults={"speaks": speaks, "at": now})
    if not made and asked.speaks != speaks:
        asked.speaks = speaks
        asked.save(update_fields=["speaks"])
    log.record("deliberation.ask_place", by=by, about=row, now=now)
    return asked


@transaction.atomic
def register_place(
    *, hearing_id: int, name: str, person_id: int | None, speaks: bool, by: User, now: datetime
) -> HearingPlace:
    """For somebody who comes or calls, behind all who asked before: as the person where she is known, who is told; else by
    name alone. The same name twice is refused, and who has asked herself keeps her turn."""
    row = held(hearing_id)
    allow("deliberation.register_place", row.proposal, by=by, now=now)
    insist(_objection_to_asking(row, now))
    insist(objection_to_publishing(name, field="name"))
    twice = row.asked.filter(person=person_id) if person_id else row.asked.filter(guest_name=name)
    insist(rules.objection_to_name(listed=twice.exists(), known=person_id is not None))
    made = HearingPlace.objects.create(
        hearing=row, person_id=person_id, guest_name="" if person_id else name, speaks=speaks, entered_by=by, at=now
    )
    log.record("deliberation.register_place", by=by, about=row, now=now, known=person_id is not None)
    if person_id:
        tell(row, [person_id], f"entered-{made.pk}", TOLD, now=now, at=row.starts_at, place=row.place)
    return made


@transaction.atomic
def leave_place(*, hearing_id: int, by: User, now: datetime) -> bool:
    """Give the place up; who moves up from the waiting list is told. A repeat changes nothing."""
    row = held(hearing_id)
    insist(rules.objection_to_leaving(today=queries.local_day(now), held_on=queries.local_day(row.starts_at)))
    place = row.asked.filter(person=by).first()
    if place is None:
        return False
    log.record("deliberation.leave_place", by=by, about=row, now=now)
    _give_up(row, place, now=now)
    return True


@transaction.atomic
def strike_place(*, place_id: int, by: User, now: datetime) -> bool:
    """A worker takes out what the office entered: a mistake, or somebody who called again. A repeat changes nothing."""
    number = HearingPlace.objects.filter(pk=place_id).values_list("hearing_id", flat=True).first()
    if number is None:
        return False
    row = held(number)
    allow("deliberation.register_place", row.proposal, by=by, now=now)
    insist(rules.objection_to_leaving(today=queries.local_day(now), held_on=queries.local_day(row.starts_at)))
    place = row.asked.filter(pk=place_id).first()
    if place is None:
        return False
    insist(rules.objection_to_striking(entered=place.entered_by_id is not None))
    log.record("deliberation.strike_place", by=by, about=row, now=now)
    if place.person_id:
        tell(row, [place.person_id], f"struck-{place.pk}", STRUCK, now=now)
    _give_up(row, place, now=now)
    return True


@transaction.atomic
def forget_guests(*, now: datetime) -> int:
    """90 days after a hearing nobody knows any more who came in person (P10); the number of those who asked stays."""
    past = now - timedelta(days=rules.KEEP_DAYS)
    return HearingPlace.objects.filter(hearing__starts_at__lt=past).exclude(guest_name="").update(guest_name="")


def _objection_to_asking(row: Hearing, now: datetime):
    return rules.objection_to_asking(
        today=queries.local_day(now), register_until=row.register_until, cancelled=row.cancelled_at is not None
    )


def _give_up(row: Hearing, place: HearingPlace, *, now: datetime) -> None:
    """The next who waits has the place now: she is told, or the worker who entered her is."""
    waited = {each.pk for each in queries.places_of(row)[1]} - {place.pk}
    place.delete()
    moved_up = [each for each in queries.places_of(row)[0] if each.pk in waited]
    if row.cancelled_at:
        return
    known = [each.person_id for each in moved_up if each.person_id]
    tell(row, known, "moved-up", MOVED_UP, now=now, at=row.starts_at, place=row.place)
    for each in moved_up:
        if not each.person_id:
            tell(row, [each.entered_by_id], f"guest-up-{each.pk}", GUESTS_MOVED_UP, now=now)
