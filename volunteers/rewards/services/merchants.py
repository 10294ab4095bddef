"""The street brings merchants in, publishes what they give, and says who acts for them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from communities.accounts.models import User
from communities.divisions.models import Division
from portal import locks, log, notices
from portal.refusals import Refusal, insist
from portal.refusals import gettext_noop as _
from volunteers import permissions
from volunteers.parties import parties_at
from volunteers.rewards import rules
from volunteers.rewards.models import Benefit, Merchant, MerchantTerm, Offer


@transaction.atomic
def register_merchant(*, community_id: int, name: str, by: User, now: datetime, **facts: Any) -> Merchant:
    """Bring a merchant in. The same name in the same community again is refused."""
    community = Division.objects.get(pk=community_id)
    locks.hold_alone("volunteers", community.pk)
    insist(_objection("rewards.register_merchant", by, community, now))
    if Merchant.objects.filter(community=community, name=name, left_on=None).exists():
        insist(Refusal("merchant_there", _("这个社区已经有同名的爱心商家。"), field="name"))
    made = Merchant.objects.create(community=community, name=name, joined_on=timezone.localdate(now), by=by, **facts)
    log.record("rewards.register_merchant", by=by, about=made, now=now)
    return made


@transaction.atomic
def publish_offer(
    *,
    merchant_id: int,
    title: str,
    about: str,
    points: int,
    stock: int,
    per_person: int,
    starts_on: date,
    ends_on: date,
    by: User,
    now: datetime,
) -> Offer:
    """Publish what a merchant gives for points. What stands is not changed but withdrawn and published anew."""
    merchant = Merchant.objects.select_for_update(of=("self",)).select_related("community").get(pk=merchant_id)
    insist(_objection("rewards.publish_offer", by, merchant.community, now))
    told = {"points": points, "stock": stock, "per_person": per_person, "starts_on": starts_on, "ends_on": ends_on}
    insist(rules.objection_to_offer(today=timezone.localdate(now), **told))
    made = Offer.objects.create(
        merchant=merchant, title=title, about=about, left=stock, published_at=now, published_by=by, **told
    )
    log.record("rewards.publish_offer", by=by, about=made, now=now, points=points, stock=stock)
    return made


@transaction.atomic
def withdraw_offer(*, offer_id: int, by: User, now: datetime) -> Offer:
    """Nobody takes it any more; codes that wait stay good. A repeat changes nothing."""
    offer = Offer.objects.select_for_update(of=("self",)).select_related("merchant__community").get(pk=offer_id)
    insist(_objection("rewards.publish_offer", by, offer.merchant.community, now))
    if offer.withdrawn_at is None:
        offer.withdrawn_at = now
        offer.save(update_fields=["withdrawn_at"])
        log.record("rewards.withdraw_offer", by=by, about=offer, now=now)
    return offer


@transaction.atomic
def appoint_person(
    *, merchant_id: int, person: User, starts_on: date, ends_on: date | None, by: User, now: datetime
) -> MerchantTerm:
    """Let a person act for a merchant from a day on."""
    merchant = Merchant.objects.select_for_update(of=("self",)).select_related("community").get(pk=merchant_id)
    insist(_objection("rewards.appoint_person", by, merchant.community, now))
    today = timezone.localdate(now)
    held = any(
        term.ends_on is None or term.ends_on >= starts_on
        for term in MerchantTerm.objects.filter(merchant=merchant, person=person)
    )
    insist(rules.objection_to_term(starts_on, today=today, held=held, is_active=person.is_active))
    if ends_on is not None and ends_on < starts_on:
        insist(Refusal("ends_before_start", _("结束日期不能早于开始日期。"), field="ends_on"))
    made = MerchantTerm.objects.create(
        merchant=merchant, person=person, starts_on=starts_on, ends_on=ends_on, appointed_by=by
    )
    log.record("rewards.appoint_person", by=by, about=made, now=now, person=person.pk)
    notices.owe(
        [person],
        kind="rewards.appointed",
        key=f"merchant-term-{made.pk}",
        text=_("您已是爱心商家“%(merchant)s”的经办人，%(day)s起可以扫码核销。"),
        now=now,
        merchant=merchant.name,
        day=starts_on,
    )
    return made


@transaction.atomic
def end_appointment(*, term_id: int, by: User, now: datetime) -> MerchantTerm:
    """End a term at once: from this moment the person confirms nothing any more."""
    rows = MerchantTerm.objects.select_for_update(of=("self",)).select_related("merchant__community")
    term = rows.get(pk=term_id)
    insist(_objection("rewards.appoint_person", by, term.merchant.community, now))
    yesterday = timezone.localdate(now) - timedelta(days=1)
    if term.ends_on is None or term.ends_on > yesterday:
        term.ends_on = yesterday
        term.save(update_fields=["ends_on"])
        log.record("rewards.end_appointment", by=by, about=term, now=now)
    return term


@transaction.atomic
def publish_benefit(*, place_id: int, by: User, now: datetime, **facts: Any) -> Benefit:
    """Publish what a public body grants for hours of service."""
    place = Division.objects.get(pk=place_id)
    insist(_objection("rewards.publish_benefit", by, place, now))
    if facts["ends_on"] is not None and facts["ends_on"] < facts["starts_on"]:
        insist(Refusal("ends_before_start", _("结束日期不能早于开始日期。"), field="ends_on"))
    made = Benefit.objects.create(place=place, published_by=by, published_at=now, **facts)
    log.record("rewards.publish_benefit", by=by, about=made, now=now, hours=made.hours_needed)
    return made


def _objection(action: str, by: User, place: Division, now: datetime) -> Refusal | None:
    return permissions.objection_to(action, roles=parties_at(by, place, day=timezone.localdate(now)))
