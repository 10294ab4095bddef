"""Codes, consents and people, one function per question."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery

from communities.accounts import notice
from communities.accounts.models import Consent, SignInCode, UsedPassword, User
from portal.models import Notice

PASSWORD_OLD = "accounts.password_old"


def codes_to(phone_index: str, now: datetime) -> list[datetime]:
    """When codes went to this number in the last day, oldest first."""
    sent = SignInCode.objects.filter(phone_index=phone_index, asked_at__gt=now - timedelta(days=1))
    return list(sent.order_by("asked_at").values_list("asked_at", flat=True))


def codes_from(address: str, now: datetime) -> int:
    if not address:
        return 0
    return SignInCode.objects.filter(address=address, asked_at__gt=now - timedelta(days=1)).count()


def codes_today(now: datetime) -> int:
    return SignInCode.objects.filter(asked_at__gt=now - timedelta(days=1)).count()


def has_consented(person: User, purpose: str = Consent.Purpose.SERVICE) -> bool:
    """A standing consent to the notice as it reads now."""
    return person.consents.filter(purpose=purpose, version=notice.VERSION, withdrawn_at=None).exists()


def open_devices(person: User) -> list[UserSession]:
    """The person's living sessions, last used first, at most 50."""
    rows = list(UserSession.objects.filter(user=person).order_by("-last_seen_at")[:50])
    living = set(
        Session.objects.filter(session_key__in=[row.session_key for row in rows]).values_list("session_key", flat=True)
    )
    return [row for row in rows if row.session_key in living]


def staff_named(staff_name: str) -> User | None:
    return User.objects.filter(staff_name=staff_name, is_staff=True).first()


def password_since(person: User) -> datetime | None:
    """When the person took her standing password; None where that is not remembered."""
    return person.used_passwords.order_by("-pk").values_list("at", flat=True).first()


def owners_of_old_passwords(before: datetime) -> QuerySet[User]:
    """Staff who took their password before that instant and have not been told since then."""
    newest = Subquery(UsedPassword.objects.filter(person=OuterRef("pk")).order_by("-pk").values("at")[:1])
    people = User.objects.filter(is_staff=True, is_active=True).annotate(since=newest).filter(since__lte=before)
    told = Notice.objects.filter(person=OuterRef("pk"), kind=PASSWORD_OLD, at__gt=OuterRef("since"))
    return people.filter(~Exists(told)).order_by("pk")


def factors_of(person: User) -> dict[str, int]:
    """How many second factors of each type the person has: totp, webauthn, recovery_codes."""
    found = Authenticator.objects.filter(user=person).values_list("type").annotate(count=Count("pk"))
    return dict(found)
