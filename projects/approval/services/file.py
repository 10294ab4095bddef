"""The district takes the approved list on file (备案)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from communities.accounts.models import User
from portal import locks, log
from portal.refusals import Refusal, insist
from portal.refusals import gettext_noop as _
from projects import permissions
from projects.approval import queries
from projects.approval.models import Filing
from projects.parties import parties_at
from projects.rounds.models import Round


@transaction.atomic
def file_list(*, round_id: int, reference: str, by: User, now: datetime) -> Filing:
    """File the approved list as it stands, under the district's reference. The same list is filed once."""
    locks.hold_shared("round", round_id)
    batch = Round.objects.select_for_update(of=("self",)).select_related("street").get(pk=round_id)
    parties = parties_at(by, batch.street, day=queries.local_day(now))
    insist(permissions.objection_to("approval.file_list", roles=parties, stage=batch.stage))
    lines = queries.approved_list(batch)
    if not lines:
        insist(Refusal("nothing_approved", _("这一批次还没有批准的项目，不能备案。")))
    if not reference.strip():
        insist(Refusal("reference_missing", _("请填写备案号。"), field="reference"))
    digest = queries.digest_of(lines)
    if Filing.objects.filter(round=batch, digest=digest).exists():
        insist(Refusal("filed", _("这份名单已经备案。")))
    row = Filing.objects.create(round=batch, reference=reference.strip(), digest=digest, by=by, at=now)
    log.record("approval.file_list", by=by, about=row, now=now, digest=digest, items=len(lines))
    return row
