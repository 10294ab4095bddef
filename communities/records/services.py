"""Bringing records in: the file is kept with a job that says what it would change; a second job does that."""

from __future__ import annotations

from datetime import datetime

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language, gettext

from communities.accounts.models import User
from communities.records import queries, rules
from communities.records.resources import RECORDS
from portal import jobs
from portal.files import KeptFile
from portal.models import Job
from portal.refusals import insist


@transaction.atomic
def ask_preview(*, record: str, file: KeptFile, by: User, now: datetime) -> Job:
    """Keep the file until it is taken in, and have it compared with what stands."""
    insist(rules.objection_to_import(administers=queries.administers(by, timezone.localdate(now))))
    name = default_storage.save(f"records/{now:%Y/%m}/{file.name}", file)
    title = named(gettext("检查要导入的%(record)s"), record, file.title)
    told = {"record": record, "file": name, "called": file.title, "language": get_language()}
    return jobs.ask(queries.PREVIEW, title=title, by=by, now=now, **told)


@transaction.atomic
def ask_taking_in(*, preview_id: int, by: User, now: datetime) -> Job:
    """Do what the preview showed; asking twice answers the same job."""
    preview = Job.objects.select_for_update(of=("self",)).get(pk=preview_id, kind=queries.PREVIEW)
    insist(rules.objection_to_import(administers=queries.administers(by, timezone.localdate(now))))
    if held := queries.act_of(preview):
        return held
    found = preview.answer
    insist(
        rules.objection_to_taking_in(
            state=preview.state,
            unreadable=bool(found.get("unreadable")),
            counts=found.get("counts", {}),
            has_file=bool(preview.args["file"]),
        )
    )
    title = named(gettext("导入%(record)s"), preview.args["record"], preview.args["called"])
    told = {"preview": preview.pk, "language": get_language()}
    return jobs.ask(queries.APPLY, title=title, by=by, now=now, key=queries.key_of(preview), **told)


def forget_upload(preview: Job) -> None:
    """Delete the file that was handed in, once the transaction stands."""
    name = preview.args["file"]
    preview.args = {**preview.args, "file": ""}
    preview.save(update_fields=["args"])
    if name:
        transaction.on_commit(lambda: default_storage.delete(name))


def named(words: str, record: str, called: str) -> str:
    """The name of a job: what it does to which records, and the file."""
    return f"{words % {'record': title_of(record)}} {called}"


def title_of(record: str) -> str:
    return str(RECORDS[record]._meta.model._meta.verbose_name)
