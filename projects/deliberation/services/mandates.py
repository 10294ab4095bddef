"""Letting another member vote in one's stead at one meeting, and taking that back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from communities.accounts.models import User
from portal import log, notices
from portal.publishing import objection_to_publishing
from portal.refusals import gettext_noop as _
from portal.refusals import insist
from projects.deliberation import mandate as rules
from projects.deliberation import queries
from projects.deliberation.models import Mandate, Meeting
from projects.deliberation.services.locked import meeting_for
from projects.parties import parties_at
from projects.permissions import Party

GIVEN = _("%(person)s委托%(holder)s出席%(moment)s的议事会并代为表决，开会前可以撤回。")
REVOKED = _("%(person)s委托%(holder)s出席%(moment)s议事会的委托已撤回。")


@transaction.atomic
def give_mandate(
    *, meeting_id: int, person_id: int, holder_id: int, paper_ref: str, by: User, now: datetime
) -> Mandate:
    """Given by the member herself, or entered by the clerk from the paper that she signed. Both members are told."""
    meeting = meeting_for("deliberation.give_mandate", meeting_id, by=by, now=now)
    own = by.pk == person_id
    insist(objection_to_publishing(paper_ref, field="paper_ref"))
    seats = {each.pk for each in queries.members_on_the_day(meeting)}
    standing = queries.holders_in(meeting)
    held = list(standing.values())
    insist(
        rules.objection_to_giving(
            most=queries.charter_of(meeting).most,
            over=queries.is_settled(meeting),
            own=own,
            is_worker=_is_worker(meeting, by, now),
            by_holder=by.pk == holder_id,
            paper_ref=paper_ref,
            giver_sits=person_id in seats,
            holder_sits=holder_id in seats,
            same_person=person_id == holder_id,
            given=person_id in standing,
            giver_holds=held.count(person_id),
            holder_gave=holder_id in standing,
            held=held.count(holder_id),
        )
    )
    row = Mandate.objects.create(
        meeting=meeting,
        person_id=person_id,
        holder_id=holder_id,
        paper_ref="" if own else paper_ref,
        entered_by=None if own else by,
        at=now,
    )
    log.record("deliberation.give_mandate", by=by, about=row, now=now, person=person_id, holder=holder_id)
    _tell(row, "given", GIVEN, now=now)
    return row


@transaction.atomic
def revoke_mandate(*, mandate_id: int, by: User, now: datetime) -> Mandate:
    """Taken back by either of the two or by the clerk until the meeting opens; both are told."""
    meeting_id = Mandate.objects.values_list("meeting_id", flat=True).get(pk=mandate_id)
    meeting = meeting_for("deliberation.give_mandate", meeting_id, by=by, now=now)
    row = Mandate.objects.select_for_update(of=("self",)).select_related("person", "holder").get(pk=mandate_id)
    insist(
        rules.objection_to_revoking(
            is_party=by.pk in (row.person_id, row.holder_id),
            is_worker=_is_worker(meeting, by, now),
            revoked=row.revoked_at is not None,
            over=queries.is_settled(meeting),
        )
    )
    row.revoked_at, row.revoked_by = now, by
    row.save(update_fields=["revoked_at", "revoked_by"])
    log.record("deliberation.revoke_mandate", by=by, about=row, now=now)
    _tell(row, "revoked", REVOKED, now=now)
    return row


def _is_worker(meeting: Meeting, by: User, now: datetime) -> bool:
    return Party.WORKER in parties_at(by, meeting.community, day=queries.local_day(now))


def _tell(row: Mandate, event: str, text: str, *, now: datetime) -> None:
    notices.owe(
        [row.person_id, row.holder_id],
        kind="deliberation.mandate",
        key=f"mandate-{row.pk}-{event}",
        text=text,
        now=now,
        url=reverse("deliberation:papers", args=[row.meeting.number]),
        person=row.person.name,
        holder=row.holder.name,
        moment=row.meeting.starts_at,
    )
