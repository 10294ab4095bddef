"""Putting the chosen items on the board."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby

from django.db import transaction
from django.urls import reverse

from communities.divisions.models import Division
from portal import holidays, log, notices
from portal.refusals import gettext_noop as _
from portal.workdays import deadline_after
from projects.proposals.models import Proposal
from projects.proposals.queries import audience_of
from projects.publicity import queries, rules
from projects.publicity.models import PublicNotice
from projects.rounds.models import Round


@transaction.atomic
def post_notices(batch: Round, *, now: datetime) -> list[PublicNotice]:
    """One sheet per community for the chosen items that no sheet of the round names yet, each for the full period.

    The caller holds the round alone. Without new items nothing is posted and no period changes.
    """
    # The street's row keeps two rounds of one street from taking the same notice number.
    Division.objects.select_for_update(of=("self",)).get(pk=batch.street_id)
    noticed = queries.noticed_in(batch).keys()
    posted = []
    for _community, rows in groupby(queries.chosen_in(batch), key=lambda row: row.community_id):
        items = list(rows)
        fresh = set(rules.not_yet_noticed([item.number for item in items], noticed))
        if fresh:
            posted.append(_post(batch, [item for item in items if item.number in fresh], now=now))
    return posted


def _post(batch: Round, items: list[Proposal], *, now: datetime) -> PublicNotice:
    starts_on, settings = queries.local_day(now), batch.rules
    last = deadline_after(starts_on, settings["notice_days"], settings["notice_unit"], holidays.calendar())
    sheet = PublicNotice.objects.create(
        round=batch,
        community=items[0].community,
        street=batch.street,
        year=starts_on.year,
        serial=queries.next_serial(batch.street_id, starts_on.year),
        starts_on=starts_on,
        ends_on=last.on,
        days=settings["notice_days"],
        unit=settings["notice_unit"],
        entries=[_entry(item) for item in items],
        at=now,
    )
    log.record("publicity.post_notice", by=None, about=sheet, now=now, items=[item.number for item in items])
    for item in items:
        notices.owe(
            audience_of(item),
            kind="publicity.noticed",
            key=f"noticed-{sheet.pk}-{item.pk}",
            text=_("“%(title)s”入选了，公示到%(day)s。公示期间没有成立的异议，就报街道审批。"),
            now=now,
            url=reverse("publicity:notice", args=[sheet.pk]),
            title=item.title,
            day=last.on,
        )
    return sheet


def _entry(item: Proposal) -> dict[str, object]:
    return {
        "number": item.number,
        "title": item.title,
        "category": item.category,
        "place": item.place,
        "amount": item.estimate,
        "origin": item.origin,
    }
