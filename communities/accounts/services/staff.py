"""Staff accounts: made by an appointment, opened by a one-time link, never with a password that somebody else knows."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from communities.accounts import passwords, queries, rules
from communities.accounts.models import Invitation, User
from portal import log, notices
from portal.refusals import Refusal, insist
from portal.refusals import gettext_noop as _


@transaction.atomic
def open_staff_account(*, staff_name: str, name: str, by: User | None, now: datetime) -> User:
    """An account without a password; it opens with the link of invite()."""
    if User.objects.filter(staff_name=staff_name).exists():
        insist(Refusal("staff_name_taken", _("这个工号已有账号，请核对后再填。"), field="staff_name"))
    person = User.objects.create_staff(staff_name, None, name=name, date_joined=now)
    log.record("accounts.open_staff_account", by=by, about=person, now=now)
    return person


@transaction.atomic
def invite(*, person_id: int, by: User | None, now: datetime) -> tuple[Invitation, str]:
    """A fresh one-time link for a staff account and its token; earlier links of the person end."""
    person = User.objects.select_for_update().get(pk=person_id, is_staff=True)
    person.invitations.filter(used_at=None).update(used_at=now)
    token = secrets.token_urlsafe(32)
    made = Invitation.objects.create(
        person=person,
        token_hash=digest(token),
        made_by=by,
        made_at=now,
        expires_at=now + rules.INVITATION_LIFE,
    )
    log.record("accounts.invite", by=by, about=person, now=now)
    return made, token


@transaction.atomic
def accept_invitation(*, token: str, password: str, now: datetime) -> User:
    """Set the password; the link is spent, and every session and second factor from before is gone (S19)."""
    held = Invitation.objects.select_for_update().select_related("person").filter(token_hash=digest(token)).first()
    insist(objection_to_link(held, now))
    person = User.objects.select_for_update().get(pk=held.person_id)
    held.used_at = now
    held.save(update_fields=["used_at"])
    person.set_password(password)
    person.sessions_ended += 1
    person.save(update_fields=["password", "sessions_ended"])
    log.record("accounts.accept_invitation", by=person, about=person, now=now)
    return person


@transaction.atomic
def change_password(*, person: User, password: str, now: datetime) -> None:
    """Take the new password, which the form has found fit; a row in the log says when."""
    User.objects.select_for_update().get(pk=person.pk)
    person.set_password(password)
    person.save(update_fields=["password"])
    log.record("accounts.change_password", by=person, about=person, now=now)


def remind_of_passwords(*, now: datetime) -> int:
    """Tell staff once that their password has grown old (C1). It keeps working: nobody is locked out by its age."""
    after = passwords.profile().remind_after
    if after is None:
        return 0
    people = list(queries.owners_of_old_passwords(now - after)[:1000])
    for person in people:
        notices.owe(
            [person],
            kind=queries.PASSWORD_OLD,
            key=f"password-old-{person.since.timestamp():.0f}",
            text=rules.OLD_PASSWORD,
            now=now,
            url=reverse("accounts:security"),
            days=after.days,
        )
    return len(people)


def objection_to_link(held: Invitation | None, now: datetime) -> Refusal | None:
    if held is None:
        return Refusal("invitation_unknown", _("这个链接不完整或不存在。"), next=_("请核对后再打开，或请管理员重新发一个。"))
    return rules.objection_to_invitation(
        now, expires_at=held.expires_at, used=held.used_at is not None, is_active=held.person.is_active
    )


def invitation_with(token: str) -> Invitation | None:
    return Invitation.objects.select_related("person").filter(token_hash=digest(token)).first()


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
