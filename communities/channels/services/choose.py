"""A person's own choices: what reaches her, where, when; an e-mail address counts once its link was opened."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext

from communities.accounts.models import User
from communities.channels import queries, rules
from communities.channels.models import Letter, Reach
from portal import locks, log
from portal.refusals import Refusal, insist
from portal.refusals import gettext_noop as _

SALT = "communities.channels.email"
LINK_LASTS = 2 * 24 * 3600
LINKS_A_DAY = 3


@transaction.atomic
def choose(*, by: User, muted: Collection[str], now: datetime, **wishes: object) -> Reach:
    """Keep the choices. Groups of security notices are never muted, whatever was sent."""
    insist(
        rules.objection_to_hours(**{name: wishes[name] for name in ("digest_hour", "quiet_from", "quiet_until")})
    )
    free = {group.key for group in rules.GROUPS if not group.fixed}
    kept = {name: wishes[name] for name in queries.CHOICES} | {"muted": sorted(free & set(muted))}
    row, _made = Reach.objects.update_or_create(person=by, defaults=kept)
    log.record("channels.choose", by=by, about=by, now=now)
    return row


@transaction.atomic
def ask_email(*, by: User, email: str, now: datetime) -> Letter:
    """Send the link that confirms an address to that address. At most three a day."""
    locks.hold_alone("person", by.pk)
    today = Letter.objects.filter(person=by, key__startswith=f"confirm-{by.pk}-{now:%Y%m%d}-")
    if today.count() >= LINKS_A_DAY:
        insist(Refusal("too_many_links", _("今天已经发过 3 次确认邮件，请明天再试。"), field="email"))
    token = signing.dumps([by.pk, email], salt=SALT)
    scheme = "https" if settings.HTTPS else "http"
    link = f"{scheme}://{settings.SITE['domain']}{reverse('channels:confirm_email', args=[token])}"
    return Letter.objects.create(
        person=by,
        channel=rules.EMAIL,
        key=f"confirm-{by.pk}-{now:%Y%m%d}-{today.count() + 1}",
        address=email,
        subject=gettext("请确认您的邮箱"),
        text=gettext("打开下面的链接，以后的消息就会发到这个邮箱，两天内有效。不是您填的请不用理会。\n%(link)s") % {"link": link},
        made_at=now,
        not_before=now,
    )


def email_in(token: str, person: User) -> str:
    """The address that a link confirms for this person; "" when the link is old, damaged or somebody else's."""
    try:
        number, email = signing.loads(token, salt=SALT, max_age=LINK_LASTS)
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    return email if number == person.pk else ""


@transaction.atomic
def confirm_email(*, by: User, token: str, now: datetime) -> Reach:
    """From now on the address is hers. A repeat changes nothing."""
    email = email_in(token, by)
    if not email:
        insist(Refusal("link_invalid", _("这个链接已失效，"), next=_("请重新填写邮箱，再收一次确认邮件。")))
    row, _made = Reach.objects.update_or_create(person=by, defaults={"email": email})
    log.record("channels.confirm_email", by=by, about=by, now=now)
    return row


@transaction.atomic
def drop_email(*, by: User, now: datetime) -> None:
    """Forget the address."""
    Reach.objects.filter(person=by).update(email="")
    log.record("channels.drop_email", by=by, about=by, now=now)


@transaction.atomic
def bind_wechat(*, person: User, wechat_id: str, now: datetime) -> Reach:
    """The office's own WeChat service names the account under which this person follows it; "" unbinds."""
    row, _made = Reach.objects.update_or_create(person=person, defaults={"wechat_id": wechat_id[:64]})
    log.record("channels.bind_wechat", by=person, about=person, now=now, bound=bool(wechat_id))
    return row
