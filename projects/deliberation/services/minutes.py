"""The record of a meeting: notes of the debate, two signatures, publication, the document."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from communities.accounts.models import User
from portal import jobs, log, notices
from portal.publishing import objection_to_publishing
from portal.refusals import Refusal, insist
from portal.refusals import gettext_noop as _
from projects.deliberation import queries, rules
from projects.deliberation.models import Meeting
from projects.deliberation.services.locked import allow, meeting_for
from projects.parties import parties_at
from projects.permissions import Party


@transaction.atomic
def write_notes(*, meeting_id: int, notes: Mapping[int, str], by: User, now: datetime) -> Meeting:
    """What was said on each item, until the first signature stands under it."""
    meeting = meeting_for("deliberation.run_meeting", meeting_id, by=by, now=now)
    if meeting.chair_signed_at or meeting.clerk_signed_at:
        insist(Refusal("already_signed", _("纪要已有人签字，不能再改。")))
    for item in meeting.items.all():
        text = notes.get(item.pk, item.notes)
        insist(objection_to_publishing(text, field=f"notes_{item.pk}"))
        if text != item.notes:
            item.notes = text
            item.save(update_fields=["notes"])
    log.record("deliberation.write_notes", by=by, about=meeting, now=now)
    return meeting


@transaction.atomic
def sign_minutes(*, meeting_id: int, as_chair: bool, by: User, now: datetime) -> Meeting:
    """Sign as the person who chaired or as the worker who kept the record. The second signature publishes the minutes
    with the votes and asks for the document."""
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("round", "community").get(pk=meeting_id)
    allow("deliberation.sign_minutes", meeting, by=by, now=now)
    parties = parties_at(by, meeting.community, day=queries.local_day(now))
    insist(
        rules.objection_to_signature(
            as_chair=as_chair,
            closed=meeting.closed_at is not None,
            is_chair=meeting.chair_id == by.pk,
            is_worker=Party.WORKER in parties,
            signed=bool(meeting.chair_signed_at if as_chair else meeting.clerk_signed_at),
            other_signer=meeting.clerk_id if as_chair else meeting.chair_id,
            signer=by.pk,
        )
    )
    if as_chair:
        meeting.chair_signed_at = now
    else:
        meeting.clerk, meeting.clerk_signed_at = by, now
    if meeting.chair_signed_at and meeting.clerk_signed_at:
        meeting.published_at = now
    meeting.save(update_fields=["chair_signed_at", "clerk", "clerk_signed_at", "published_at"])
    log.record("deliberation.sign_minutes", by=by, about=meeting, now=now, as_chair=as_chair)
    if meeting.published_at:
        _publish(meeting, now=now)
    return meeting


def _publish(meeting: Meeting, *, now: datetime) -> None:
    title = f"{meeting.community.name}议事会会议纪要 {meeting.number}"
    for kind, key in queries.DOCUMENTS.values():
        jobs.ask(kind, title=title, now=now, key=f"{key}-{meeting.pk}", meeting=meeting.pk)
    notices.owe(
        meeting.attendances.values_list("person_id", flat=True),
        kind="deliberation.minutes",
        key=f"minutes-{meeting.pk}",
        text=_("议事会会议纪要 %(number)s 已签字公开。"),
        now=now,
        url=reverse("deliberation:minutes", args=[meeting.number]),
        number=meeting.number,
    )
