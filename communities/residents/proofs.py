"""The one writer of a proved home, whichever of the three ways proved it."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from communities.accounts.models import User
from communities.residents.models import Residency, ResidencyCheck
from portal import log, notices
from portal.refusals import gettext_noop as _


def prove(
    residency: Residency,
    *,
    proof: str,
    evidence: str,
    answers: User,
    by: User,
    now: datetime,
    reference: str = "",
) -> ResidencyCheck:
    """Write who, when and on what evidence, and tell the resident. Inside the caller's transaction, which holds the row.

    `answers` answers for the evidence; `by` acted (the resident herself, when she typed a code)."""
    residency.proof, residency.proved_at, residency.proved_by = proof, now, answers
    residency.save(update_fields=["proof", "proved_at", "proved_by"])
    made = ResidencyCheck.objects.create(
        residency=residency,
        outcome=ResidencyCheck.Outcome.CONFIRMED,
        evidence=evidence,
        reference=reference,
        by=answers,
        at=now,
    )
    log.record("residents.prove", by=by, about=residency, now=now, proof=proof, evidence=evidence, reference=reference)
    notices.owe(
        [residency.person_id],
        kind="residents.confirmed",
        key=f"residency-check-{made.pk}",
        text=_("您在%(community)s的居住登记已核实，可以提建议和投票了。"),
        url=reverse("residents:home"),
        now=now,
        community=residency.community.name,
        reason="",
    )
    return made
