"""An offer is taken, its points held; the merchant confirms once, or the points come back.

Order of locks: offer, redemption, the volunteer's time bank; never the other way.
"""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from communities.accounts.models import User
from portal import log, notices
from portal.refusals import Refusal, insist
from portal.refusals import gettext_noop as _
from volunteers import permissions
from volunteers.parties import parties_at
from volunteers.rewards import queries, rules
from volunteers.rewards.models import Offer, Redemption
from volunteers.teams.models import Volunteer
from volunteers.timebank import services as timebank

State = Redemption.State
A_BATCH = 200


@transaction.atomic
def take_offer(*, offer_id: int, by: User, now: datetime) -> Redemption:
    """Hold one piece and its points under a one-time code. A repeat answers the code that still waits."""
    today = timezone.localdate(now)
    offer = Offer.objects.select_for_update(of=("self",)).select_related("merchant__community").get(pk=offer_id)
    volunteer = Volunteer.objects.active().select_related("community").filter(person=by).first()
    place = volunteer.community if volunteer else offer.merchant.community
    insist(permissions.objection_to("rewards.take_offer", roles=parties_at(by, place, day=today)))
    waiting = Redemption.objects.select_for_update().filter(offer=offer, volunteer=volunteer, state=State.HELD).first()
    if waiting and waiting.expires_at > now:
        return waiting
    if waiting:
        _give_back(waiting, State.LAPSED, by=None, now=now)
        offer.refresh_from_db(fields=["left"])
    insist(
        rules.objection_to_hold(
            window_of(offer),
            today=today,
            left=offer.left,
            taken=queries.taken_by(volunteer, offer),
            per_person=offer.per_person,
            own=queries.acts_for(by, offer.merchant, today),
        )
    )
    Offer.objects.filter(pk=offer.pk).update(left=F("left") - 1)
    made = Redemption.objects.create(
        offer=offer,
        volunteer=volunteer,
        points=offer.points,
        code="".join(secrets.choice(rules.SIGNS) for _sign in range(rules.SIGNS_OF_A_CODE)),
        held_at=now,
        expires_at=now + rules.HOLDS,
    )
    timebank.hold_points(volunteer_id=volunteer.pk, points=offer.points, key=key_of(made), by=by, now=now)
    log.record("rewards.take_offer", by=by, about=made, now=now, offer=offer.pk, points=offer.points)
    return made


@transaction.atomic
def confirm_redemption(*, code: str, by: User, now: datetime) -> Redemption:
    """The merchant hands the thing over: the points are spent. Once, whoever scans and however often."""
    today = timezone.localdate(now)
    found = queries.redemption_coded(rules.code_in(code), queries.merchants_of(by, today))
    if found is None:
        insist(Refusal("no_such_code", _("没有这个兑换码，请对照顾客手机再输一次。"), field="code"))
    redemption = Redemption.objects.select_for_update().get(pk=found.pk)
    parties = queries.parties_to_merchant(by, found.offer.merchant, day=today)
    insist(permissions.objection_to("rewards.confirm_redemption", roles=parties))
    own = found.volunteer.person_id == by.pk
    insist(rules.objection_to_confirming(redemption.state, expires_at=redemption.expires_at, now=now, own=own))
    timebank.redeem_points(volunteer_id=redemption.volunteer_id, key=key_of(redemption), by=by, now=now)
    _end(redemption, State.REDEEMED, by=by, now=now)
    log.record("rewards.confirm_redemption", by=by, about=redemption, now=now, points=redemption.points)
    notices.owe(
        [found.volunteer.person_id],
        kind="rewards.redeemed",
        key=f"redemption-{redemption.pk}",
        text=_("您在“%(merchant)s”兑换了“%(offer)s”，用去 %(points)s 分。"),
        now=now,
        merchant=found.offer.merchant.name,
        offer=found.offer.title,
        points=redemption.points,
    )
    return redemption


@transaction.atomic
def cancel_redemption(*, redemption_id: int, by: User, now: datetime) -> Redemption:
    """The volunteer changes her mind before the counter: piece and points come back."""
    redemption = _held(redemption_id)
    insist(None if redemption.volunteer.person_id == by.pk else Refusal("not_yours", _("这不是您的兑换。"), status=403))
    if redemption.state != State.HELD:
        insist(Refusal("already_over", _("这次兑换已经结束，不能取消。")))
    _give_back(redemption, State.CANCELLED, by=by, now=now)
    log.record("rewards.cancel_redemption", by=by, about=redemption, now=now)
    return redemption


def lapse_redemptions(*, now: datetime, limit: int = A_BATCH) -> int:
    """Codes whose time is over give piece and points back, each in its own transaction."""
    return sum(_lapse(number, now) for number in list(queries.lapsing(now).values_list("pk", flat=True)[:limit]))


@transaction.atomic
def _lapse(number: int, now: datetime) -> bool:
    redemption = _held(number)
    if redemption.state != State.HELD:
        return False
    _give_back(redemption, State.LAPSED, by=None, now=now)
    return True


def _held(redemption_id: int) -> Redemption:
    """The redemption with its offer locked before it."""
    offer = Redemption.objects.values_list("offer", flat=True).get(pk=redemption_id)
    Offer.objects.select_for_update().get(pk=offer)
    rows = Redemption.objects.select_for_update(of=("self",)).select_related("volunteer", "offer")
    return rows.get(pk=redemption_id)


def _give_back(redemption: Redemption, state: str, *, by: User | None, now: datetime) -> None:
    timebank.release_points(volunteer_id=redemption.volunteer_id, key=key_of(redemption), by=by, now=now)
    Offer.objects.filter(pk=redemption.offer_id).update(left=F("left") + 1)
    _end(redemption, state, by=None, now=now)


def _end(redemption: Redemption, state: str, *, by: User | None, now: datetime) -> None:
    redemption.state, redemption.ended_at, redemption.confirmed_by = state, now, by
    redemption.save(update_fields=["state", "ended_at", "confirmed_by"])


def window_of(offer: Offer) -> rules.Window:
    return rules.Window(
        offer.starts_on,
        offer.ends_on,
        withdrawn=offer.withdrawn_at is not None,
        merchant_left=offer.merchant.left_on is not None,
    )


def key_of(redemption: Redemption) -> str:
    return f"redemption-{redemption.pk}"
