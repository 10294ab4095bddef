"""The imports of an administrator, and how far she keeps records."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q, QuerySet

from communities.accounts.models import User
from communities.records.record import Record
from communities.records.resources import RECORDS
from communities.roles.queries import roles_anywhere, within
from communities.roles.rules import Role
from portal.models import Job

PREVIEW, APPLY = "records.preview_import", "records.import_records"
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})


def administers(person: User, day: date) -> bool:
    return Role.ADMINISTRATOR in roles_anywhere(person, day)


def record_for(name: str, person: User, day: date) -> Record:
    """The table of this record, as far as the person keeps it on that day."""
    made = RECORDS[name]
    scope, places = (within(person, ADMINISTRATORS, day, way) for way in (made.way, ""))
    return made(scope=scope, places=places, by=person)


def imports_of(person: User) -> QuerySet[Job]:
    return Job.objects.filter(kind=PREVIEW, asked_by=person).order_by("-pk")


def act_of(preview: Job) -> Job | None:
    """The job that follows a preview, when somebody has asked for it."""
    return Job.objects.filter(key=key_of(preview)).first()


def key_of(preview: Job) -> str:
    return f"records-import-{preview.pk}"


def left_behind(before: datetime) -> QuerySet[Job]:
    """Previews from before that instant whose files are still there."""
    held = Q(file__gt="") | Q(args__has_key="file") & ~Q(args__file="")
    return Job.objects.filter(held, kind=PREVIEW, asked_at__lt=before)
