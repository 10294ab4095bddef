"""The stored sums of payments are proved again and again."""

from __future__ import annotations

from datetime import datetime

import structlog
from django.db import transaction

from portal import log
from projects.funding import queries

told = structlog.get_logger(__name__)


def prove_sums(*, now: datetime) -> int:
    """Hold what projects say was paid against their payments and the ledger. Answers how many differ.

    Each difference goes into the log with its three sums, where auditors see it. Nothing is mended here: a machine cannot know
    which of them is wrong. A repeat reports again what still differs.
    """
    return sum(_report(number, now) for number in queries.numbers_that_differ())


@transaction.atomic
def _report(project_id: int, now: datetime) -> bool:
    """Looked at again with the project held: a payment that was just being released is no difference."""
    project = queries.locked_project(project_id)
    stored, payments, ledger = queries.paid_three_ways(project)
    if stored == payments == ledger:
        return False
    sums = {"stored": stored, "payments": payments, "ledger": ledger}
    log.record("funding.prove_sums", by=None, about=project, now=now, result="differs", **sums)
    told.error("sums_differ", project=project.pk, **sums)
    return True
