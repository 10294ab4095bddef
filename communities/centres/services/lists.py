"""A district brings its own lists: read, looked at, taken in."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from communities.accounts.models import User
from communities.centres import queries
from communities.centres.models import ListDraft, ListEntry
from communities.centres.rules import lists as rules
from communities.divisions.models import Division
from communities.roles.queries import roles_at
from portal import log
from portal.refusals import insist


@transaction.atomic
def bring_list(
    *, district_id: int, catalogue: str, source: str, title: str, reading: rules.Reading, by: User, now: datetime
) -> ListDraft:
    """Keep what the file holds for the preview; the list itself stays as it is."""
    district = Division.objects.get(pk=district_id)
    insist(rules.objection_to_bringing(roles_at(by, district, timezone.localdate(now))))
    made = ListDraft.objects.create(
        district=district, catalogue=catalogue, source=source, title=title, rows=reading.rows, bad=reading.bad, by=by, at=now
    )
    log.record("centres.bring_list", by=by, about=made, now=now, rows=len(reading.rows), bad=len(reading.bad))
    return made


@transaction.atomic
def take_list(*, draft_id: int, by: User, now: datetime) -> rules.Change:
    """The list becomes what the draft holds: new entries come, changed ones change, those that it leaves out are no longer
    offered for picking; services that centres picked before stay as they are. A repeat changes nothing."""
    draft = ListDraft.objects.select_for_update(of=("self",)).select_related("district").get(pk=draft_id)
    district = Division.objects.select_for_update(no_key=True).get(pk=draft.district_id)
    insist(rules.objection_to_bringing(roles_at(by, district, timezone.localdate(now))))
    insist(rules.objection_to_taking(rows=len(draft.rows)))
    change = change_of(draft)
    bad = {row["code"] for row in draft.bad}
    given = {"district": district, "catalogue": draft.catalogue}
    for place, row in enumerate(draft.rows):
        values = {name: row[name] for name in rules.FIELDS if name != "code"}
        values |= {"place": place, "source": draft.source, "dropped_at": None}
        ListEntry.objects.update_or_create(**given, code=row["code"], defaults=values)
    stay = {row["code"] for row in draft.rows} | bad
    ListEntry.objects.filter(**given, dropped_at=None).exclude(code__in=stay).update(dropped_at=now)
    if draft.taken_at is None:
        draft.taken_at = now
        draft.save(update_fields=["taken_at"])
    counts = {"added": len(change.added), "changed": len(change.changed), "dropped": len(change.dropped)}
    log.record("centres.take_list", by=by, about=draft, now=now, **counts)
    return change


def change_of(draft: ListDraft) -> rules.Change:
    """What taking the draft in changes today."""
    held = queries.held_by_code(draft.district, draft.catalogue)
    return rules.compare(held, draft.rows, bad={row["code"] for row in draft.bad}, source=draft.source)
