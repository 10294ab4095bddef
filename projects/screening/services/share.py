"""The work among colleagues: who looks at what, notes that name somebody, late items told to the street, filters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from communities.accounts.models import User
from communities.roles.queries import holders
from communities.roles.rules import Role
from portal import log, notices
from portal.refusals import Refusal, insist
from portal.refusals import gettext_noop as _
from projects.proposals.models import Proposal
from projects.proposals.queries import answer_due
from projects.proposals.standings import Standing
from projects.screening import letters, queries, rules
from projects.screening.models import Assignment, Escalation, Note, SavedFilter
from projects.screening.services.hold import locked

AT_A_TIME = 100


@transaction.atomic
def assign_proposals(*, numbers: Iterable[str], person_id: int, by: User, now: datetime) -> int:
    """Give proposals that wait for screening to one worker of their community; all or none. A repeat changes nothing."""
    rows = Proposal.objects.filter(number__in=set(numbers), standing=Standing.LODGED)
    found = list(rows.select_for_update(of=("self",)).select_related("round", "community").order_by("pk")[:AT_A_TIME])
    if not found:
        insist(Refusal("nothing_ticked", _("请勾选要分出去的提案。"), field="numbers"))
    today = timezone.localdate(now)
    for row in found:
        insist(queries.objection_to_act("assign_proposals", row, by=by, now=now))
        workers = {person.pk for person in queries.workers_at(row.community, day=today)}
        insist(rules.objection_to_assignee(works_there=person_id in workers))
        Assignment.objects.update_or_create(proposal=row, defaults={"person_id": person_id, "by": by, "at": now})
        log.record("screening.assign_proposals", by=by, about=row, now=now, to=person_id)
    if person_id != by.pk:
        _tell_assignee(found, person_id, now=now)
    return len(found)


def _tell_assignee(rows: list[Proposal], person_id: int, *, now: datetime) -> None:
    notices.owe(
        [person_id],
        kind="screening.assigned",
        key=f"assigned-{rows[0].pk}-{now:%Y%m%d%H%M%S}",
        text=letters.ASSIGNED,
        now=now,
        url=f"{reverse('screening:queue')}?whose=mine",
        count=len(rows),
        title=rows[0].title,
    )


@transaction.atomic
def add_note(*, proposal_id: int, by: User, text: str, now: datetime) -> Note:
    """Leave a note for colleagues; the public never sees it. Whoever is named with @ is told."""
    proposal = locked(proposal_id)
    insist(queries.objection_to_note(proposal, by=by, now=now))
    note = Note.objects.create(proposal=proposal, text=text, by=by, at=now)
    log.record("screening.add_note", by=by, about=proposal, now=now)
    colleagues = queries.colleagues_at(proposal.community, day=timezone.localdate(now))
    notices.owe(
        rules.mentioned(text, {person.pk: person.name for person in colleagues}) - {by.pk},
        kind="screening.mentioned",
        key=f"note-{note.pk}",
        text=letters.MENTIONED,
        now=now,
        url=f"{reverse('screening:assess', args=[proposal.number])}#notes",
        name=by.name,
        title=proposal.title,
        note=text[:200],
    )
    return note


def escalate_late(now: datetime) -> int:
    """Tell the street of every answer that is late, once each; answers how many. Safe to repeat."""
    late = queries.late_unannounced(now, today=timezone.localdate(now))
    return sum(_escalate(row, now=now) for row in late[:AT_A_TIME])


@transaction.atomic
def _escalate(row: Proposal, *, now: datetime) -> bool:
    made = Escalation.objects.get_or_create(proposal=row, waits_since=row.standing_since, defaults={"at": now})[1]
    if not made:
        return False
    notices.owe(
        holders(Role.STREET_OFFICER, row.community, timezone.localdate(now)),
        kind="screening.late",
        key=f"late-{row.pk}-{row.standing_since:%Y%m%d%H%M%S}",
        text=letters.LATE,
        now=now,
        url=reverse("screening:assess", args=[row.number]),
        community=row.community.name,
        title=row.title,
        day=answer_due(row).on,
    )
    log.record("screening.escalate_late", by=None, about=row, now=now)
    return True


@transaction.atomic
def save_filter(*, title: str, asked: Mapping[str, str], by: User, now: datetime) -> SavedFilter:
    """Keep a filter under a name; the same name again replaces it."""
    held = set(SavedFilter.objects.select_for_update().filter(person=by).values_list("title", flat=True))
    insist(rules.objection_to_filter(title=title, held=held))
    return SavedFilter.objects.update_or_create(person=by, title=title, defaults={"asked": dict(asked)})[0]


def drop_filter(*, filter_id: int, by: User, now: datetime) -> None:
    SavedFilter.objects.filter(pk=filter_id, person=by).delete()
