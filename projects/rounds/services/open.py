"""Opening the call: the rules, calendar and money of a round are frozen and published with their digest."""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import UTC, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from communities.accounts.models import User
from communities.roles.queries import holders
from communities.roles.rules import Role
from portal import locks, log, notices
from portal.refusals import Refusal, insist
from portal.refusals import gettext_noop as _
from projects import engine, permissions
from projects.parties import parties_at
from projects.rounds import queries, rules
from projects.rounds.models import Round
from projects.rounds.services.prepare import objection_to_change


@transaction.atomic
def open_call(*, round_id: int, by: User, now: datetime) -> Round:
    """Freeze and publish; residents may propose from the published first day on, at once when that is today.

    Refused while a line of the checklist is red, and when it was done before. The lot's seed is drawn here, before
    anybody can know who proposes or votes.
    """
    locks.hold_alone("round", round_id)
    round = Round.objects.select_for_update().get(pk=round_id)
    roles = parties_at(by, round.street, day=timezone.localdate(now))
    insist(permissions.objection_to("rounds.open_call", roles=roles, stage=round.stage))
    insist(objection_to_change(round))
    red = [line for line in queries.checks(round, day=timezone.localdate(now)) if not line.ok]
    insist(Refusal("not_ready", _("还有 %(count)s 项没有准备好，暂时不能发布。"), {"count": len(red)}) if red else None)
    round.rules = {**rules.complete(round.rules), "seed": secrets.token_hex(16)}
    round.frozen_at = now
    round.digest = digest_of(round)
    round.save(update_fields=["rules", "frozen_at", "digest"])
    log.record("rounds.open_call", by=by, about=round, now=now, digest=round.digest)
    _tell_workers(round, now)
    if queries.window_of(round, "proposals").opens_at <= now:
        engine.advance(round, leaving="rounds", now=now, by=by)
    round.refresh_from_db()
    return round


def frozen_text(round: Round) -> str:
    """The canonical JSON that was frozen: keys sorted, no blanks, amounts in fen, instants in UTC.

    Anybody can take the SHA-256 of its UTF-8 bytes and compare it with the published digest.
    """
    value = {
        "number": round.number,
        "title": round.title,
        "street": round.street.code,
        "stages": [row.key for row in queries.used_stages(round)],
        "envelopes": dict(round.envelopes.order_by("pk").values_list("community__code", "amount")),
        "windows": {
            row.stage: [_instant(row.opens_at), _instant(row.closes_at)] for row in round.windows.order_by("opens_at")
        },
        "rules": round.rules,
    }
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest_of(round: Round) -> str:
    return hashlib.sha256(frozen_text(round).encode()).hexdigest()


def frozen_fits(round: Round) -> bool:
    """Do the rows still say what was frozen?"""
    return bool(round.digest) and secrets.compare_digest(digest_of(round), round.digest)


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _tell_workers(round: Round, now: datetime) -> None:
    day = timezone.localdate(now)
    people = set()
    for held in round.envelopes.select_related("community"):
        people |= set(holders(Role.COMMUNITY_WORKER, held.community, day).values_list("pk", flat=True))
    notices.owe(
        people,
        kind="rounds.open_call",
        key=f"call-{round.pk}",
        text=_("“%(title)s”的规则和日程已经公布，请准备收集和初审居民提案。"),
        url=reverse("desk:round", args=[round.number]),
        now=now,
        title=round.title,
    )
