"""Places of a shift: taking one, waiting, giving up, somebody else taking over.

Order of locks: the person, then the shift's row. The count of taken places changes under the lock of the shift, and the
database refuses one too many.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from communities.accounts.models import User
from portal import locks, log, notices
from portal.refusals import Refusal, Refused, insist
from portal.refusals import gettext_noop as _
from volunteers.activities import queries, rules
from volunteers.activities.models import Shift, SignUp
from volunteers.activities.services.calls import may_run
from volunteers.parties import parties_at
from volunteers.permissions import objection_to
from volunteers.teams.models import Volunteer


@transaction.atomic
def sign_up(*, shift_id: int, by: User, now: datetime) -> SignUp:
    """A place when one is free, else the end of the waiting list. Who was invited is not put before others."""
    locks.hold_alone("person", by.pk)
    shift = locked(shift_id)
    volunteer = _admitted(by, shift, now)
    state = rules.HELD if shift.taken < shift.places else rules.WAITING
    made = SignUp.objects.create(shift=shift, volunteer=volunteer, state=state, asked_at=now, moved_at=now)
    if state == rules.HELD:
        _count(shift, 1)
    log.record("activities.sign_up", by=by, about=made, now=now, shift=shift.pk, state=state)
    return made


@transaction.atomic
def give_up(*, shift_id: int, by: User, now: datetime) -> None:
    """Her place goes to the first who waits; a wait simply ends."""
    shift = locked(shift_id)
    row = SignUp.objects.filter(shift=shift, volunteer__person=by, state__in=queries.STANDING).first()
    insist(rules.objection_to_giving_up(now=now, starts=shift.starts_at, state=row.state if row else ""))
    end(row, shift, to=rules.GIVEN_UP, now=now)
    log.record("activities.give_up", by=by, about=row, now=now, shift=shift.pk)


@transaction.atomic
def release_place(*, sign_up_id: int, by: User, reason: str, now: datetime) -> None:
    """The leader frees a place, with the reason that the volunteer reads."""
    found = SignUp.objects.only("shift_id").get(pk=sign_up_id)
    shift = locked(found.shift_id)
    insist(may_run(by, shift.call, now))
    row = SignUp.objects.select_related("volunteer").get(pk=sign_up_id)
    insist(rules.objection_to_giving_up(now=now, starts=shift.starts_at, state=row.state))
    end(row, shift, to=rules.RELEASED, now=now)
    log.record("activities.release_place", by=by, about=row, now=now, reason=reason)
    notices.owe(
        [row.volunteer.person_id],
        kind="activities.released",
        key=f"released-{row.pk}",
        text=_("您在“%(title)s”%(at)s班次的名额已放出：%(reason)s"),
        url=reverse("activities:call", args=[shift.call.number]),
        now=now,
        title=shift.call.title,
        at=shift.starts_at,
        reason=reason,
    )


def release_volunteer(volunteer: Volunteer, *, now: datetime) -> None:
    """Who leaves gives back every place that has not begun; inside the caller's transaction."""
    rows = SignUp.objects.filter(volunteer=volunteer, state__in=queries.STANDING, shift__starts_at__gt=now)
    for row in rows.order_by("shift_id"):
        end(row, locked(row.shift_id), to=rules.GIVEN_UP, now=now)


@transaction.atomic
def offer_swap(*, shift_id: int, by: User, now: datetime) -> SignUp:
    """She keeps her place and looks for somebody to take over. Where people wait, giving up is enough."""
    shift = locked(shift_id)
    row = SignUp.objects.filter(shift=shift, volunteer__person=by, state=rules.HELD).first()
    insist(rules.objection_to_giving_up(now=now, starts=shift.starts_at, state=row.state if row else ""))
    if SignUp.objects.filter(shift=shift, state=rules.WAITING).exists():
        raise Refused(Refusal("people_wait", _("已经有人在候补，您直接放弃名额，第一位候补会马上补上。")))
    row.swap_since = row.swap_since or now
    row.save(update_fields=["swap_since"])
    log.record("activities.offer_swap", by=by, about=row, now=now)
    return row


@transaction.atomic
def withdraw_swap(*, shift_id: int, by: User, now: datetime) -> None:
    locked(shift_id)
    rows = SignUp.objects.filter(shift_id=shift_id, volunteer__person=by, swap_since__isnull=False)
    for row in rows:
        rows.update(swap_since=None)
        log.record("activities.withdraw_swap", by=by, about=row, now=now)


@transaction.atomic
def take_over(*, sign_up_id: int, by: User, now: datetime) -> SignUp:
    """Takes the place of somebody who looks for a stand-in. One gets it, the next reads that it is gone."""
    locks.hold_alone("person", by.pk)
    found = SignUp.objects.only("shift_id").get(pk=sign_up_id)
    shift = locked(found.shift_id)
    held = SignUp.objects.select_related("volunteer").get(pk=sign_up_id)
    offered = held.state == rules.HELD and held.swap_since is not None
    insist(rules.objection_to_taking_over(now=now, starts=shift.starts_at, offered=offered))
    volunteer = _admitted(by, shift, now)
    held.state, held.swap_since, held.moved_at = rules.SWAPPED, None, now
    held.save(update_fields=["state", "swap_since", "moved_at"])
    made = SignUp.objects.create(shift=shift, volunteer=volunteer, state=rules.HELD, asked_at=now, moved_at=now)
    log.record("activities.take_over", by=by, about=made, now=now, instead_of=held.pk)
    notices.owe(
        [held.volunteer.person_id],
        kind="activities.swapped",
        key=f"swapped-{held.pk}",
        text=_("有人接了您在“%(title)s”%(at)s的班次，您不用去了。"),
        url=reverse("activities:call", args=[shift.call.number]),
        now=now,
        title=shift.call.title,
        at=shift.starts_at,
    )
    return made


def locked(shift_id: int) -> Shift:
    rows = Shift.objects.select_for_update(of=("self",)).select_related("call__community", "call__team__community")
    return rows.get(pk=shift_id)


def end(row: SignUp, shift: Shift, *, to: str, now: datetime) -> None:
    """End a place or a wait; the first who waits and can come moves up. The shift is locked by the caller."""
    held = row.state == rules.HELD
    row.state, row.swap_since, row.moved_at = to, None, now
    row.save(update_fields=["state", "swap_since", "moved_at"])
    if held:
        _count(shift, -1)
        move_up(shift, now=now)


def move_up(shift: Shift, *, now: datetime) -> None:
    """Give free places to those who wait, in their order. Who has left or taken another shift meanwhile is passed by."""
    active = Volunteer.objects.active().values("pk")
    rows = SignUp.objects.filter(shift=shift, state=rules.WAITING, volunteer__in=active).select_related("volunteer")
    for row in rows.order_by("asked_at", "pk")[:200]:
        if shift.taken >= shift.places:
            return
        if _holds_another(row.volunteer, shift):
            continue
        row.state, row.moved_at = rules.HELD, now
        row.save(update_fields=["state", "moved_at"])
        _count(shift, 1)
        log.record("activities.move_up", by=None, about=row, now=now, shift=shift.pk)
        notices.owe(
            [row.volunteer.person_id],
            kind="activities.moved_up",
            key=f"moved-up-{row.pk}",
            text=_("有名额空出来了：您已补上“%(title)s”%(at)s的班次。来不了请尽早放弃，让下一位补上。"),
            url=reverse("activities:call", args=[shift.call.number]),
            now=now,
            title=shift.call.title,
            at=shift.starts_at,
        )


def _holds_another(volunteer: Volunteer, shift: Shift) -> bool:
    rows = SignUp.objects.filter(volunteer=volunteer, state=rules.HELD, shift__call__cancelled_at=None)
    return rows.filter(shift__starts_at__lt=shift.ends_at, shift__ends_at__gt=shift.starts_at).exists()


def _admitted(by: User, shift: Shift, now: datetime) -> Volunteer:
    call = shift.call
    insist(objection_to("activities.sign_up", roles=parties_at(by, call.community, day=timezone.localdate(now))))
    volunteer = Volunteer.objects.active().get(person=by)
    signed = SignUp.objects.filter(shift=shift, volunteer=volunteer, state__in=queries.STANDING).exists()
    insist(
        rules.objection_to_sign_up(
            now=now,
            starts=shift.starts_at,
            open_call=call.published_at is not None and call.cancelled_at is None,
            adults_only=call.adults_only,
            band=volunteer.band,
            signed=signed,
            clashes=queries.clashes(volunteer, shift),
        )
    )
    return volunteer


def _count(shift: Shift, by: int) -> None:
    shift.taken += by
    shift.save(update_fields=["taken"])
