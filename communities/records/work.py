"""The two jobs of an import: saying what a file would change, and changing it."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from communities.divisions.files import NotReadable
from communities.records import queries, services
from communities.records.intake import Intake
from portal import clock, jobs, locks, log
from portal.models import Job
from portal.sheets import LongSheet


@jobs.job(queries.PREVIEW)
def preview_import(job: Job, report: Callable[[int, int], None]) -> dict:
    """Do it and undo it; the rows that stay out go into a file with the reason in the last column. A repeat starts anew."""
    with translation.override(job.args["language"]):
        record = queries.record_for(job.args["record"], job.asked_by, clock.today())
        try:
            intake = Intake(record, job.args["file"], report=report)
        except NotReadable as error:
            services.forget_upload(job)
            return {"unreadable": str(error)}
        writer = LongSheet([*intake.headings, _("不导入的原因")])
        with transaction.atomic():
            found = intake.run(writer.write)
            transaction.set_rollback(True)
    if found.counts["left_out"]:
        job.file.save(f"{uuid.uuid4().hex}.xlsx", File(writer.finished()), save=False)
    return found.told()


@jobs.job(queries.APPLY)
def import_records(job: Job, report: Callable[[int, int], None]) -> dict:
    """What the preview showed, whole or not at all. When it would come out otherwise now, nothing is written. A repeat of what
    was done answers what was done."""
    with translation.override(job.args["language"]), transaction.atomic():
        locks.hold_alone("records", 0)
        if answer := Job.objects.values_list("answer", flat=True).get(pk=job.pk):
            return answer
        preview = Job.objects.get(pk=job.args["preview"])
        record = queries.record_for(preview.args["record"], job.asked_by, timezone.localdate(clock.now()))
        found = Intake(record, preview.args["file"], report=report).run()
        if dict(found.counts) != preview.answer["counts"]:
            transaction.set_rollback(True)
            return {"stale": True}
        done = {kind: number for kind, number in found.counts.items() if number}
        log.record("records.import_records", by=job.asked_by, about=None, now=clock.now(), model=record._meta.model._meta.label_lower, **done)
        told = {"counts": dict(found.counts)}
        Job.objects.filter(pk=job.pk).update(answer=told)
        services.forget_upload(preview)
    return told
