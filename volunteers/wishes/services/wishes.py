"""A wish is collected, screened, and the person behind it is looked up with a reason."""

from __future__ import annotations

import json
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from communities.accounts import phones
from communities.accounts.models import User
from communities.divisions.models import Division
from communities.roles.queries import holders
from communities.roles.rules import Role
from portal import log, notices, publishing
from portal.refusals import Refusal, insist
from portal.refusals import gettext_noop as _
from volunteers.parties import parties_at
from volunteers.permissions import objection_to
from volunteers.wishes import rules
from volunteers.wishes.models import Wish, WishCheck, WishPerson


@transaction.atomic
def make_wish(
    *,
    community_id: int,
    by: User,
    whom: str,
    title: str,
    need: str,
    wisher: str,
    phone: str,
    address: str,
    collected: bool = False,
    now: datetime,
) -> Wish:
    """Written down by the resident, or by a worker for somebody (`collected`). The person is kept apart, encrypted."""
    community = Division.objects.get(pk=community_id, level=Division.Level.COMMUNITY)
    today = timezone.localdate(now)
    act = "wishes.collect_wish" if collected else "wishes.make_wish"
    insist(objection_to(act, roles=parties_at(by, community, day=today)))
    insist(may_show(title, need, behind=(wisher, phone, address)))
    made = Wish.objects.create(community=community, whom=whom, title=title, need=need, made_by=by, made_at=now)
    made.number = f"XY-{today.year}-{made.pk:06d}"
    made.save(update_fields=["number"])
    told = json.dumps({"name": wisher, "phone": phone, "address": address}, ensure_ascii=False)
    WishPerson.objects.create(wish=made, cipher=phones.seal(told))
    log.record(act, by=by, about=made, now=now)
    notices.owe(
        holders(Role.COMMUNITY_WORKER, community, today).exclude(pk=by.pk),
        kind="wishes.waits",
        key=f"wish-{made.pk}",
        text=_("收到一个新的微心愿（%(number)s），请审核。"),
        url=reverse("wishes:screen", args=[made.number]),
        now=now,
        number=made.number,
    )
    return made


@transaction.atomic
def screen_wish(*, wish_id: int, by: User, outcome: str, title: str, need: str, reason: str, now: datetime) -> Wish:
    """Published in the words that the worker settles on, or not, with the reason. Whoever wrote it down is told."""
    wish = Wish.objects.select_for_update(of=("self",)).select_related("community").get(pk=wish_id)
    insist(objection_to("wishes.screen_wish", roles=parties_at(by, wish.community, day=timezone.localdate(now))))
    insist(rules.objection_to_screening(state=wish.state, outcome=outcome, reason=reason))
    published = outcome == rules.PUBLISHED
    if published:
        insist(may_show(title, need, behind=tuple(behind(wish).values())))
        wish.title, wish.need, wish.published_at = title, need, now
    else:
        wish.ended_at = now
    wish.state = outcome
    wish.save()
    WishCheck.objects.create(wish=wish, outcome=outcome, reason=reason.strip(), by=by, at=now)
    log.record("wishes.screen_wish", by=by, about=wish, now=now, outcome=outcome)
    notices.owe(
        [wish.made_by_id],
        kind="wishes.screened",
        key=f"wish-screened-{wish.pk}",
        text=_("微心愿“%(title)s”已发布，正在等人认领。") if published else _("微心愿“%(title)s”没有发布：%(reason)s"),
        url=reverse("wishes:wish", args=[wish.number]) if published else reverse("volunteers:mine"),
        now=now,
        title=wish.title,
        reason=reason.strip(),
    )
    return wish


@transaction.atomic
def reveal_person(*, wish_id: int, by: User, reason: str, now: datetime) -> dict[str, str]:
    """Name, phone and address for a worker with a reason; the act and the reason stay in the log."""
    wish = Wish.objects.select_related("community").get(pk=wish_id)
    insist(objection_to("wishes.see_person", roles=parties_at(by, wish.community, day=timezone.localdate(now))))
    if not reason.strip():
        insist(Refusal("reason_missing", _("请写明查看的理由。"), field="reason"))
    log.record("wishes.reveal_person", by=by, about=wish, now=now, reason=reason.strip())
    return behind(wish)


def behind(wish: Wish) -> dict[str, str]:
    """The person behind a wish; empty once she is forgotten."""
    held = WishPerson.objects.filter(wish=wish).first()
    return json.loads(phones.unseal(held.cipher)) if held else {}


def may_show(title: str, need: str, *, behind: tuple[str, ...]) -> Refusal | None:
    for field, text in (("title", title), ("need", need)):
        if refusal := publishing.objection_to_publishing(text, field=field):
            return refusal
    return rules.objection_to_showing((title, need), secrets=behind)
