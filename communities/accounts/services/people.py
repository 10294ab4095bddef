"""Residents: the account that a code opens, consent, name, phone, and its end."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from communities.accounts import notice, phones, rules
from communities.accounts.models import Consent, User
from portal import locks, log, notices
from portal.log import origin
from portal.refusals import Refusal, insist
from portal.refusals import gettext_noop as _


@transaction.atomic
def come_in(*, phone: str, now: datetime) -> User:
    """The person with this phone, who has just shown the code; made now when the number is new (C6).

    Two browsers with the same new number get the same person.
    """
    locks.hold_alone("person", int(phones.index_of(phone)[:7], 16))
    person = User.objects.with_phone(phone)
    if person is None:
        person = User.objects.create_resident(phone, date_joined=now)
        log.record("accounts.open_account", by=person, about=person, now=now)
    insist(rules.objection_to_account(is_active=person.is_active, is_staff=person.is_staff))
    person.last_login = now
    person.save(update_fields=["last_login"])
    log.record("accounts.sign_in", by=person, about=person, now=now, how="phone")
    return person


@transaction.atomic
def agree_to_notice(*, by: User, age: str, now: datetime) -> Consent:
    """Keep the consent to the notice as it reads now, and the age band. A repeat answers the standing consent."""
    insist(rules.objection_to_age(age))
    person = User.objects.select_for_update().get(pk=by.pk)
    person.adult = age == rules.ADULT
    person.save(update_fields=["adult"])
    return _agree(person, Consent.Purpose.SERVICE, now)


@transaction.atomic
def agree_to_name(*, by: User, now: datetime) -> Consent:
    """Show the name in full on what the person proposes from now on (P2). May be taken back at any time."""
    person = User.objects.select_for_update().get(pk=by.pk)
    person.show_name = True
    person.save(update_fields=["show_name"])
    return _agree(person, Consent.Purpose.PUBLISH_NAME, now)


@transaction.atomic
def withdraw_consent(*, by: User, purpose: str, now: datetime) -> int:
    """Take a consent back (P3); answer how many standing rows ended. The name is masked again at once."""
    person = User.objects.select_for_update().get(pk=by.pk)
    ended = person.consents.filter(purpose=purpose, withdrawn_at=None).update(withdrawn_at=now)
    if purpose == Consent.Purpose.PUBLISH_NAME:
        person.show_name = False
        person.save(update_fields=["show_name"])
    log.record("accounts.withdraw_consent", by=person, about=person, now=now, purpose=purpose)
    return ended


@transaction.atomic
def give_name(*, by: User, name: str, now: datetime) -> User:
    """Write the name as the person gives it; also the way to correct it (P8)."""
    person = User.objects.select_for_update().get(pk=by.pk)
    person.name = name
    person.save(update_fields=["name"])
    log.record("accounts.give_name", by=person, about=person, now=now)
    return person


@transaction.atomic
def change_phone(*, by: User, phone: str, now: datetime) -> User:
    """Sign in with another number from now on; every session ends (S23) and the person is told (S20)."""
    locks.hold_alone("person", int(phones.index_of(phone)[:7], 16))
    person = User.objects.select_for_update().get(pk=by.pk)
    held = User.objects.with_phone(phone)
    if held is not None and held.pk != person.pk:
        insist(
            Refusal(
                "number_taken",
                _("这个号码已用于另一个账号。"),
                field="code",
                next=_("请先用那个号码登录并注销，或到社区工作站办理。"),
            )
        )
    person.phone_cipher, person.phone_index = phones.seal(phone), phones.index_of(phone)
    person.sessions_ended += 1
    person.save(update_fields=["phone_cipher", "phone_index", "sessions_ended"])
    log.record("accounts.change_phone", by=person, about=person, now=now)
    notices.owe(
        [person],
        kind="accounts.phone_changed",
        key=f"phone-changed-{person.sessions_ended}",
        text=_("您的登录手机号已更换。如果不是您本人办理，请立即联系社区工作站。"),
        now=now,
    )
    return person


@transaction.atomic
def discard_account(*, by: User, now: datetime) -> None:
    """Remove an account that was opened a moment ago and holds nothing: the person is below 14 or does not agree."""
    person = User.objects.select_for_update().get(pk=by.pk)
    insist(objection_to_discarding(person))
    log.record("accounts.discard_account", by=None, about=person, now=now)
    person.delete()


def objection_to_discarding(person: User) -> Refusal | None:
    if person.is_staff or person.name or person.consents.exists():
        return Refusal("account_in_use", _("这个账号已在使用，请在“我的资料”里办理注销。"))
    return None


def _agree(person: User, purpose: str, now: datetime) -> Consent:
    standing, fresh = Consent.objects.get_or_create(
        person=person,
        purpose=purpose,
        version=notice.VERSION,
        withdrawn_at=None,
        defaults={"at": now, "ip": origin.get().ip or None},
    )
    if fresh:
        log.record("accounts.agree", by=person, about=person, now=now, purpose=purpose, version=notice.VERSION)
    return standing
