"""The import as two jobs that staff can see: a preview, and the act that follows it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext

from communities.accounts.models import User
from communities.divisions import files, services
from communities.divisions.models import Division
from portal import clock, jobs
from portal.models import Job
from portal.refusals import Refusal, insist
from portal.refusals import gettext_noop as _

PREVIEW, APPLY = "divisions.preview_import", "divisions.apply_import"
KEPT_LINES = 300


@transaction.atomic
def ask_preview(*, upload: UploadedFile, within: Division, by: User, now: datetime) -> Job:
    """Keep the file with a job that reads it and says what it would change."""
    row = jobs.ask(PREVIEW, title=gettext("预览区划表"), by=by, now=now, within=within.code)
    row.file.save(f"divisions-{row.pk}.csv", upload, save=True)
    return row


@transaction.atomic
def ask_apply(*, preview: Job, within: Division, by: User, now: datetime) -> Job:
    """Do what a finished preview showed; asking twice answers the same job."""
    if preview.kind != PREVIEW or preview.state != Job.State.DONE or preview.answer.get("unreadable"):
        insist(Refusal("no_preview", _("预览还没有完成，请稍候刷新。")))
    key = f"divisions-apply-{preview.pk}"
    return jobs.ask(APPLY, title=gettext("导入区划表"), by=by, now=now, key=key, preview=preview.pk, within=within.code)


def imports_of(person: User) -> QuerySet[Job]:
    return Job.objects.filter(kind__in=[PREVIEW, APPLY], asked_by=person).order_by("-pk")


@jobs.job(PREVIEW)
def preview_import(job: Job, report: object) -> dict:
    return _run(job, job, apply=False)


@jobs.job(APPLY)
def apply_import(job: Job, report: object) -> dict:
    return _run(job, Job.objects.get(pk=job.args["preview"]), apply=True)


def _run(job: Job, source: Job, *, apply: bool) -> dict:
    with source.file.open("rb") as held:
        raw = held.read()
    try:
        reading = files.read_csv(raw)
    except files.NotReadable as error:
        return {"unreadable": str(error)}
    within = Division.objects.get(code=job.args["within"])
    change = services.import_divisions(
        reading=reading, by=job.asked_by, now=clock.now(), apply=apply, within=within
    )
    told = asdict(change)
    lists = {key: lines for key, lines in told.items() if isinstance(lines, list)}
    return {
        "counts": {key: len(lines) for key, lines in lists.items()} | {"unchanged": change.unchanged},
        **{key: lines[:KEPT_LINES] for key, lines in lists.items()},
    }
