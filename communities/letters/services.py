"""Having codes printed, stopping a batch, and using a code."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from communities.accounts.models import User
from communities.divisions.models import Division
from communities.letters import queries, rules
from communities.letters.models import CodeBatch, PaperCode
from communities.residents.models import ProofTry, Residency
from communities.residents.proofs import prove
from communities.roles.queries import roles_at
from portal import jobs, locks, log
from portal.refusals import insist

PRINT = "letters.print_codes"


@transaction.atomic
def print_codes(
    *, community_id: int, estate: str, count: int, way: str, days: int, address: str, by: User, now: datetime
) -> CodeBatch:
    """Write a batch and have its letters made. `address` is the page where the code is typed, printed on the letter."""
    community = Division.objects.get(pk=community_id)
    today = timezone.localdate(now)
    insist(
        rules.objection_to_printing(
            roles=roles_at(by, community, today),
            level=community.level,
            abolished=community.abolished_on is not None,
        )
    )
    made = CodeBatch.objects.create(
        community=community,
        estate=estate,
        count=count,
        way=way,
        last_day=today + timedelta(days=days),
        address=address,
        by=by,
        at=now,
    )
    made.job = jobs.ask(PRINT, title=gettext("印制纸质验证码"), by=by, now=now, batch=made.pk)
    made.save(update_fields=["job"])
    log.record("letters.print_codes", by=by, about=made, now=now, count=count, place=community.code)
    return made


@transaction.atomic
def fetch_letters(*, batch_id: int, by: User, now: datetime) -> CodeBatch:
    """The printer's file; who took it and when stays in the log, for it holds the codes in clear."""
    batch = CodeBatch.objects.select_related("community").get(pk=batch_id)
    insist(rules.objection_to_stopping(roles=roles_at(by, batch.community, timezone.localdate(now)), stopped=False))
    log.record("letters.fetch_letters", by=by, about=batch, now=now)
    return batch


@transaction.atomic
def stop_batch(*, batch_id: int, reason: str, by: User, now: datetime) -> CodeBatch:
    """Letters were lost or misprinted: no unused code of the batch is good any more. Homes proved before stay proved."""
    batch = CodeBatch.objects.select_for_update(of=("self",)).select_related("community").get(pk=batch_id)
    roles = roles_at(by, batch.community, timezone.localdate(now))
    insist(rules.objection_to_stopping(roles=roles, stopped=batch.stopped_at is not None))
    batch.stopped_at, batch.stopped_by, batch.stop_reason = now, by, reason
    if batch.file:
        batch.file.delete(save=False)
    batch.save()
    log.record("letters.stop_batch", by=by, about=batch, now=now, reason=reason)
    return batch


def use_code(*, code: str, by: User, now: datetime) -> Residency:
    """The code proves the declared home. Each wrong try is kept; two people with one letter: the first one has it."""
    with transaction.atomic():
        locks.hold_alone("person", by.pk)
        home = _declared_home(by)
        insist(rules.objection_to_trying(declared=home is not None, **queries.tries_of(by, now)))
        letter = _letter(code)
        batch = letter.batch if letter else None
        refusal = rules.objection_to_code(
            known=letter is not None,
            same_community=bool(batch and batch.community_id == home.community_id),
            used=bool(letter and letter.used_at),
            stopped=bool(batch and batch.stopped_at),
            last_day=batch.last_day if batch else None,
            today=timezone.localdate(now),
        )
        if refusal is None:
            _prove(home, letter, by=by, now=now)
        else:
            ProofTry.objects.create(person=by, proof=Residency.Proof.LETTER, at=now)
            log.record("letters.use_code", by=by, about=home, now=now, result="refused", code=refusal.code)
    insist(refusal)
    by.__dict__.pop("_residency", None)
    return home


def _declared_home(person: User) -> Residency | None:
    homes = Residency.objects.select_for_update(of=("self",)).select_related("community")
    return homes.filter(person=person, until=None, proof=Residency.Proof.DECLARED).first()


def _letter(code: str) -> PaperCode | None:
    rows = PaperCode.objects.select_for_update(of=("self",)).select_related("batch__by")
    return rows.filter(code_hash__in=digests(code)).first()


def _prove(home: Residency, letter: PaperCode, *, by: User, now: datetime) -> None:
    letter.used_at, letter.residency = now, home
    letter.save(update_fields=["used_at", "residency"])
    prove(
        home,
        proof=Residency.Proof.LETTER,
        evidence="letter",
        reference=gettext("验证码 %(batch)s-%(serial)s") % {"batch": letter.batch_id, "serial": letter.serial},
        answers=letter.batch.by,
        by=by,
        now=now,
    )


def digest(code: str, key: str | None = None) -> str:
    """Keyed, so that a copy of the table opens nothing. The word in front is that of the letters already printed."""
    return hmac.new((key or settings.SECRET_KEY).encode(), f"paper:{code}".encode(), hashlib.sha256).hexdigest()


def digests(code: str) -> list[str]:
    """Under the present key and the earlier ones: a letter outlives a change of keys."""
    return [digest(code, key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
