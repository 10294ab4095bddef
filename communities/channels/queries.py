"""Who is reached how; what waits to be carried."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from communities.accounts import phones
from communities.accounts.models import User
from communities.channels import rules
from communities.channels.models import Letter, Reach

CHOICES = ("by_email", "by_sms", "by_wechat", "pace", "digest_hour", "quiet_from", "quiet_until")


def reach_of(person: User) -> Reach:
    """The person's choices; unsaved defaults when she never chose."""
    return Reach.objects.filter(person=person).first() or Reach(person=person)


def reaches_of(people: Iterable[int]) -> dict[int, rules.Reach]:
    """The reach of each living account among these people, as plain values; two queries."""
    numbers = set(people)
    chosen = Reach.objects.in_bulk(numbers)
    accounts = User.objects.filter(pk__in=numbers, is_active=True, closed_at=None)
    return {person.pk: plain(person, chosen.get(person.pk) or Reach(person=person)) for person in accounts}


def plain(person: User, row: Reach) -> rules.Reach:
    return rules.Reach(
        email=bool(email_of(person, row)),
        phone=bool(person.phone_cipher),
        wechat=bool(row.wechat_id),
        muted=frozenset(row.muted),
        **{name: getattr(row, name) for name in CHOICES},
    )


def email_of(person: User, row: Reach) -> str:
    """Her confirmed address; for staff the one that the office entered."""
    return row.email or (person.email if person.is_staff else "")


def address_of(letter: Letter) -> str:
    """Where the letter goes now, "" when there is no such way any more."""
    person, row = letter.person, reach_of(letter.person)
    if letter.address or letter.channel == rules.EMAIL:
        return letter.address or email_of(person, row)
    if letter.channel == rules.WECHAT:
        return row.wechat_id
    return phones.unseal(person.phone_cipher) if person.phone_cipher else ""


def due_letters(now: datetime) -> QuerySet[Letter]:
    """Letters whose time has come, and letters whose carrier died; paid ones wait when today's budget is spent."""
    due = Letter.objects.filter(state__in=[Letter.State.WAITING, Letter.State.SENDING], not_before__lte=now)
    if sms_left(now) <= 0:
        due = due.exclude(Q(channel=rules.SMS))
    return due.order_by("not_before", "pk")


def sms_left(now: datetime) -> int:
    start = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    sent = Letter.objects.filter(channel=rules.SMS, sent_at__gte=start, sent_at__lt=start + timedelta(days=1))
    return settings.NOTICES["sms_budget"] - sent.count()
