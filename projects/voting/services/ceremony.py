"""The end of the round's key: sealed at the close, destroyed by two people, or by the portal when the notice is over.

Every step can be repeated. Whoever dies between two steps leaves rows from which `tend_keys` goes on.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from communities.accounts.models import User
from portal import locks, log
from portal.refusals import insist
from projects import permissions
from projects.parties import parties_at
from projects.rounds.models import Round
from projects.voting import keys, queries, rules
from projects.voting.models import KeyEnd, KeySignature


@transaction.atomic
def sign_key_end(*, round_id: int, by: User, now: datetime) -> KeySignature:
    """One of two street officers orders the key destroyed; with the second signature it is, after the commit."""
    locks.hold_alone("round", round_id)
    batch = Round.objects.select_related("street").get(pk=round_id)
    roles = parties_at(by, batch.street, day=timezone.localdate(now))
    insist(permissions.objection_to("voting.destroy_key", roles=roles, stage=batch.stage))
    signed = list(KeySignature.objects.filter(round=batch).values_list("person", flat=True))
    gone = KeyEnd.objects.filter(round=batch).exists()
    insist(rules.objection_to_signing(person=by.pk, signed=signed, gone=gone))
    signature = KeySignature.objects.create(round=batch, person=by, at=now)
    log.record("voting.sign_key_end", by=by, about=batch, now=now, signatures=len(signed) + 1)
    if len(signed) + 1 >= rules.KEY_SIGNATURES:
        transaction.on_commit(lambda: end_key(batch, by_people=True, now=now), robust=True)
    return signature


def end_key(batch: Round, *, by_people: bool, now: datetime) -> KeyEnd:
    """Destroy the file, then write that it is gone: a death in between is repaired by doing both again."""
    keys.destroy_key(batch.pk)
    with transaction.atomic():
        row, created = KeyEnd.objects.get_or_create(round=batch, defaults={"by_people": by_people, "at": now})
        if created:
            log.record("voting.destroy_key", by=None, about=batch, now=now, by_people=by_people)
    return row


def tend_keys(*, now: datetime) -> int:
    """Once a minute: seal keys of closed polls, destroy those that two people signed away or whose notice is over."""
    done = 0
    for batch in queries.rounds_with_closed_key():
        keys.seal_key(batch.pk)
        signed = batch.key_signatures.count() >= rules.KEY_SIGNATURES
        if signed or batch.stage in rules.AFTER_NOTICE:
            end_key(batch, by_people=signed, now=now)
            done += 1
    return done
