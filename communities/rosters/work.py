"""The two long jobs of a roster: checking it against what stands, and taking it in."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from communities.rosters import files, intake, rules, services
from communities.rosters.models import Roster
from portal import clock, jobs, locks, log
from portal.models import Job
from portal.sheets import LongSheet

STATE = Roster.State
IDENTITY = "表里有身份证号码，没有收，文件已删除。平台不收集证件号码，请删去后再上传。"


@jobs.job(services.CHECK)
def check_roster(job: Job, report: Callable[[int, int], None]) -> dict:
    """Say what the file would change, and write the rows that stay out into a file of their own. A repeat starts anew."""
    with transaction.atomic():
        roster = _held(job, STATE.CHECKING)
        if roster is None:
            return {}
        writer = LongSheet([*roster.headings, rules.REASON_HEADING])
        try:
            with transaction.atomic():
                found = intake.Reading(roster, sealed=False, report=report, writer=writer).stage()
        except (files.NotReadable, intake.HasIdentityNumbers) as error:
            return _not_taken(roster, IDENTITY if isinstance(error, intake.HasIdentityNumbers) else str(error))
        roster.counts, roster.samples, roster.state = found.counts, found.samples, STATE.CHECKED
        if roster.rejects:
            roster.rejects.delete(save=False)
        if found.counts["left_out"]:
            roster.rejects.save(f"{uuid.uuid4().hex}.xlsx", File(writer.finished()), save=False)
        roster.save()
    return {"rows": found.counts["rows"]}


@jobs.job(services.TAKE_IN)
def take_in_roster(job: Job, report: Callable[[int, int], None]) -> dict:
    """All or nothing. When the standing rosters changed since the preview, nothing is written and the preview is new."""
    now = clock.now()
    with transaction.atomic():
        locks.hold_alone("roster", 0)
        roster = _held(job, STATE.TAKING_IN)
        if roster is None:
            return {}
        found = intake.Reading(roster, sealed=True, report=report).stage()
        if found.counts != roster.counts:
            roster.counts, roster.samples, roster.state = found.counts, found.samples, STATE.CHECKED
            roster.fault = "预览之后名册有变化，没有导入。请看新的预览再导入。"
            roster.save()
            return {"stale": True}
        intake.write(roster, found, today=timezone.localdate(now))
        proved = services.prove_waiting(roster, communities=found.communities, now=now)
        roster.counts = found.counts | {"proved": proved}
        roster.state, roster.taken_in_at, roster.fault = STATE.DONE, now, ""
        told = {key: roster.counts[key] for key in (*intake.KINDS, "left_out", "proved")}
        log.record("rosters.take_in", by=job.asked_by, about=roster, now=now, place=roster.place.code, **told)
        file, storage = roster.file.name, roster.file.storage
        roster.file, roster.samples = "", {}
        roster.save()
        transaction.on_commit(lambda: storage.delete(file))
    return {"rows": found.counts["rows"], "proved": proved}


def _held(job: Job, state: str) -> Roster | None:
    """The roster, locked, when this job is still the one that it waits for."""
    found = Roster.objects.select_for_update(of=("self",)).select_related("place", "by").get(pk=job.args["roster"])
    return found if found.state == state and found.job_id == job.pk else None


def _not_taken(roster: Roster, why: str) -> dict:
    services.forget_files(roster)
    roster.state, roster.fault = STATE.UNREADABLE, why[:200]
    roster.save()
    return {"unreadable": True}
