"""At the door: in and out by the QR code on the leader's phone, by the digits she reads out, or by her list.

What the volunteer did herself at the place goes to the time bank as scanned; what stands on a list, as entered by hand.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from communities.accounts.models import User
from portal import log
from portal.refusals import Refusal, Refused, insist
from portal.refusals import gettext_noop as _
from volunteers.activities import rules
from volunteers.activities.models import Presence, Shift, SignUp
from volunteers.activities.services.calls import may_run
from volunteers.parties import parties_at, parties_to_volunteer
from volunteers.permissions import objection_to
from volunteers.timebank import services as timebank


@transaction.atomic
def check_in(*, shift_id: int, by: User, now: datetime, via: str = rules.QR) -> Presence:
    """She is there. The caller has seen that the code at the door was fresh."""
    shift, row, held = _own(shift_id, by)
    insist(_door(rules.IN, shift, held, now))
    made = Presence.objects.create(sign_up=row, came_at=now, came_via=via, came_by=by)
    log.record("activities.check_in", by=by, about=made, now=now, via=via)
    return made


@transaction.atomic
def check_out(*, shift_id: int, by: User, now: datetime, via: str = rules.QR) -> Presence:
    """She leaves; the time inside the shift goes to the time bank at once."""
    shift, _row, held = _own(shift_id, by)
    insist(_door(rules.OUT, shift, held, now))
    return _leave(held, shift, by=by, at=now, via=via, now=now)


def check_by_code(*, shift_id: int, by: User, code: str, now: datetime) -> Presence:
    """In, or out when she is in already, by the digits that the leader reads out. Wrong tries are counted for good."""
    rows = SignUp.objects.filter(shift_id=shift_id, volunteer__person=by, state=rules.HELD)
    row = rows.select_related("shift").first()
    if row is None:
        raise Refused(Refusal("not_signed_up", _("您没有报这个班次。")))
    if row.code_tries >= rules.CODE_TRIES:
        raise Refused(Refusal("tries_used_up", _("输错次数太多，请队长在名单上为您登记。"), field="code"))
    if not rules.is_door_code(code, row.shift.secret, now):
        rows.update(code_tries=F("code_tries") + 1)
        raise Refused(Refusal("code_wrong", _("签到码不对，请问问队长现在的签到码。"), field="code"))
    came = Presence.objects.filter(sign_up=row).exists()
    act = check_out if came else check_in
    return act(shift_id=shift_id, by=by, now=now, via=rules.CODE)


@transaction.atomic
def mark_on_list(*, sign_up_id: int, by: User, way: str, at: datetime, now: datetime) -> Presence:
    """The leader writes on her list when somebody came or left. Hours by list count as entered by hand."""
    row = SignUp.objects.select_for_update(of=("self",)).select_related("volunteer").get(pk=sign_up_id)
    shift = Shift.objects.select_related("call__community", "call__team__community").get(pk=row.shift_id)
    insist(may_run(by, shift.call, now))
    if row.volunteer.person_id == by.pk:
        raise Refused(Refusal("own_list", _("不能给自己登记，请扫码或输入签到码。"), status=403))
    if row.state != rules.HELD or shift.call.cancelled_at:
        raise Refused(Refusal("not_signed_up", _("这位志愿者没有这个班次的名额。")))
    held = Presence.objects.filter(sign_up=row).first()
    came = held.came_at if held else None
    insist(rules.objection_to_list(way, now=now, starts=shift.starts_at, ends=shift.ends_at, at=at, came=came))
    if way == rules.IN:
        if held:
            raise Refused(Refusal("already_in", _("已经签到过了。"), field="at"))
        made = Presence.objects.create(sign_up=row, came_at=at, came_via=rules.LIST, came_by=by)
        log.record("activities.mark_on_list", by=by, about=made, now=now, way=way)
        return made
    if held.left_at:
        raise Refused(Refusal("already_out", _("已经签退过了。"), field="at"))
    return _leave(held, shift, by=by, at=at, via=rules.LIST, now=now)


@transaction.atomic
def confirm_list(*, presence_id: int, by: User, now: datetime) -> Presence:
    """The worker stands for a list that a leader kept of people outside her team: the hours are entered now."""
    held = Presence.objects.select_for_update(of=("self",)).get(pk=presence_id)
    rows = Shift.objects.select_related("call__community", "call__team__community")
    shift = rows.get(sign_ups__presence=held)
    parties = parties_at(by, shift.call.community, day=timezone.localdate(now))
    insist(objection_to("activities.confirm_list", roles=parties))
    if held.hours_at is None and held.left_at is not None:
        _by_hand(held, shift, by=by, now=now)
        log.record("activities.confirm_list", by=by, about=held, now=now)
    return held


def _own(shift_id: int, by: User) -> tuple[Shift, SignUp, Presence | None]:
    shift = Shift.objects.select_related("call__community").get(pk=shift_id)
    rows = SignUp.objects.select_for_update(of=("self",)).filter(shift=shift, volunteer__person=by, state=rules.HELD)
    row = rows.first()
    if row is None or shift.call.cancelled_at:
        raise Refused(Refusal("not_signed_up", _("您没有报这个班次。"), next=_("请找队长帮您报名，或在名单上登记。")))
    return shift, row, Presence.objects.filter(sign_up=row).first()


def _door(way: str, shift: Shift, held: Presence | None, now: datetime) -> Refusal | None:
    left = held is not None and held.left_at is not None
    given = {"starts": shift.starts_at, "ends": shift.ends_at, "came": held is not None, "left": left}
    return rules.objection_to_door(way, now=now, **given)


def _leave(held: Presence, shift: Shift, *, by: User, at: datetime, via: str, now: datetime) -> Presence:
    held.left_at, held.left_via, held.left_by = at, via, by
    held.save(update_fields=["left_at", "left_via", "left_by"])
    log.record("activities.check_out", by=by, about=held, now=now, via=via)
    volunteer = held.sign_up.volunteer
    if rules.LIST not in (held.came_via, held.left_via):
        _scanned(held, shift, now=now)
    else:
        keeper = by if via == rules.LIST else held.came_by
        parties = parties_to_volunteer(keeper, volunteer, day=timezone.localdate(now))
        if objection_to("timebank.record_by_hand", roles=parties) is None:
            _by_hand(held, shift, by=keeper, now=now)
    return held


def _scanned(held: Presence, shift: Shift, *, now: datetime) -> None:
    if span := rules.served(held.came_at, held.left_at, starts=shift.starts_at, ends=shift.ends_at):
        timebank.record_scanned(
            volunteer_id=held.sign_up.volunteer_id,
            activity_ref=ref_of(shift),
            started_at=span[0],
            ended_at=span[1],
            title=shift.call.title,
            now=now,
        )
    _entered(held, now)


def _by_hand(held: Presence, shift: Shift, *, by: User, now: datetime) -> None:
    if span := rules.served(held.came_at, held.left_at, starts=shift.starts_at, ends=shift.ends_at):
        timebank.record_by_hand(
            volunteer_id=held.sign_up.volunteer_id,
            activity_ref=ref_of(shift),
            title=shift.call.title,
            started_at=span[0],
            ended_at=span[1],
            reason=str(_("按活动签到名单登记")),
            by=by,
            now=now,
        )
    _entered(held, now)


def _entered(held: Presence, now: datetime) -> None:
    held.hours_at = now
    held.save(update_fields=["hours_at"])


def ref_of(shift: Shift) -> str:
    return f"shift-{shift.pk}"


def sees_door(by: User, shift: Shift, now: datetime) -> Refusal | None:
    """Who may show the code at the door."""
    return may_run(by, shift.call, now) or (
        Refusal("call_cancelled", _("这次活动已经取消。")) if shift.call.cancelled_at else None
    )
