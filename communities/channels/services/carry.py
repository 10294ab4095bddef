"""Carrying letters: taken one by one under a lock that others skip, handed to the gateway, written down.

A carrier that dies leaves the letter to the next one after its lease, with the same key. So a letter is never lost;
it is handed over a second time only when the carrier died between the gateway's yes and our note of it.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from communities.channels import queries, rules, senders
from communities.channels.models import Letter

AT_A_TIME = 200


def carry_letters(*, now: datetime) -> int:
    """Carry what is due, at most 200 letters; answers how many were sent."""
    sent = 0
    for _turn in range(AT_A_TIME):
        letter = _take(now)
        if letter is None:
            break
        sent += _carry(letter, now)
    return sent


def sweep_letters(*, before: datetime) -> int:
    """Delete letters that have ended and are older; the notice itself stays in the portal."""
    ended = Letter.objects.filter(state__in=[Letter.State.SENT, Letter.State.FAILED], made_at__lt=before)
    return ended.delete()[0]


def _take(now: datetime) -> Letter | None:
    with transaction.atomic():
        letter = queries.due_letters(now).select_for_update(skip_locked=True, of=("self",)).first()
        if letter is None:
            return None
        letter.state, letter.attempts, letter.not_before = Letter.State.SENDING, letter.attempts + 1, now + rules.LEASE
        letter.save(update_fields=["state", "attempts", "not_before"])
        return letter


def _carry(letter: Letter, now: datetime) -> bool:
    address = queries.address_of(letter)
    if not address:
        return _end(letter, state=Letter.State.FAILED, last_error="no address")
    try:
        sender = senders.sender_for(letter.channel)
        sender.send(address, subject=letter.subject, text=letter.text, key=letter.key)
    except Exception as error:  # noqa: BLE001 - whatever the gateway raises, the letter waits or is given up
        fault = f"{type(error).__name__}: {error}"[:300]
        if letter.attempts >= rules.TRIES:
            return _end(letter, state=Letter.State.FAILED, last_error=fault, address="")
        later = now + rules.retry_after(letter.attempts)
        return _end(letter, state=Letter.State.WAITING, last_error=fault, not_before=later)
    return _end(letter, state=Letter.State.SENT, sent_at=now, last_error="", address="")


def _end(letter: Letter, **how: object) -> bool:
    """Write down how it went, unless another carrier has taken the letter over meanwhile."""
    Letter.objects.filter(pk=letter.pk, attempts=letter.attempts).update(**how)
    return how["state"] == Letter.State.SENT
