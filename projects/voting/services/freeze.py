"""Freezing: the slate, its prices, seed and the roll, with a published digest, before the first ballot."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

from django.db import transaction

from communities.residents.models import Residency
from portal import log
from projects.proposals.models import Proposal
from projects.proposals.standings import Standing
from projects.rounds.models import Envelope, Round
from projects.voting.models import Candidate, RollEntry, Slate


@transaction.atomic
def freeze_slates(batch: Round, *, with_roll: bool, now: datetime) -> list[Slate]:
    """Make the slate of every community of the round, and its roll when residents vote.

    The caller holds the round alone. A repeat changes nothing: a slate that stands is answered as it is.
    """
    return [
        Slate.objects.filter(round=batch, community=envelope.community).first()
        or _freeze(batch, envelope, with_roll=with_roll, now=now)
        for envelope in Envelope.objects.filter(round=batch).select_related("community").order_by("pk")
    ]


def _freeze(batch: Round, envelope: Envelope, *, with_roll: bool, now: datetime) -> Slate:
    seed = str(batch.rules.get("seed") or batch.digest)
    rows = Proposal.objects.filter(round=batch, community=envelope.community, standing=Standing.SHORTLISTED)
    chosen = list(rows.order_by("pk"))
    slate = Slate(round=batch, community=envelope.community, budget=envelope.amount, seed=seed, frozen_at=now)
    slate.digest = digest_of(batch, slate, [(each.number, each.estimate) for each in chosen])
    slate.save()
    Candidate.objects.bulk_create([Candidate(slate=slate, proposal=each, cost=each.estimate) for each in chosen])
    if with_roll:
        slate.roll_size = _freeze_roll(slate)
        slate.save(update_fields=["roll_size"])
    log.record(
        "voting.freeze_slate",
        by=None,
        about=slate,
        now=now,
        digest=slate.digest,
        roll=slate.roll_size,
        size=len(chosen),
    )
    return slate


def _freeze_roll(slate: Slate) -> int:
    homes = (
        Residency.objects.filter(community=slate.community, until=None, adult=True, person__is_active=True)
        .exclude(proof=Residency.Proof.DECLARED)
        .order_by("person")
        .values_list("person", flat=True)
    )
    return len(
        RollEntry.objects.bulk_create(
            [RollEntry(slate=slate, round_id=slate.round_id, person_id=person) for person in homes], batch_size=5000
        )
    )


def digest_of(batch: Round, slate: Slate, candidates: list[tuple[str, int]]) -> str:
    """SHA-256 (hex) of everything that decides the result besides the ballots, as canonical JSON."""
    text = json.dumps(
        {
            "round": batch.number,
            "community": slate.community.code,
            "rules": batch.digest,
            "budget": slate.budget,
            "seed": slate.seed,
            "candidates": sorted(candidates),
        },
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(text.encode()).hexdigest()
