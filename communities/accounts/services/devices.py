"""Ending sessions: one device, the others, or all of a person's (S23, S25)."""

from __future__ import annotations

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import F

from communities.accounts.models import User
from portal import log


@transaction.atomic
def end_all_sessions(*, person_id: int, by: User | None, now: datetime) -> None:
    """Sign the person out everywhere, at once: no session made before now opens anything."""
    User.objects.filter(pk=person_id).update(sessions_ended=F("sessions_ended") + 1)
    person = User.objects.get(pk=person_id)
    for device in UserSession.objects.filter(user=person):
        device.end()
    log.record("accounts.end_all_sessions", by=by, about=person, now=now)


@transaction.atomic
def end_device(*, by: User, device_id: int, now: datetime) -> bool:
    """Sign one of the person's own devices out; False when it is not hers or already gone."""
    device = UserSession.objects.filter(pk=device_id, user=by).first()
    if device is None:
        return False
    device.end()
    log.record("accounts.end_device", by=by, about=by, now=now)
    return True
