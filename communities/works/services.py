"""Having failed work done again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from communities.accounts.models import User
from communities.works import rules
from portal import jobs, log
from portal.models import Job
from portal.refusals import insist


@transaction.atomic
def retry_job(*, job_id: int, by: User, now: datetime) -> Job:
    """Back into the queue with fresh tries; who pressed stays in the log. A second press is told that it runs already."""
    job = Job.objects.select_for_update(of=("self",)).get(pk=job_id)
    insist(rules.objection_to_retry(state=job.state))
    log.record("works.retry_job", by=by, about=job, now=now, kind=job.kind)
    jobs.retry(job.pk, now=now)
    return job
