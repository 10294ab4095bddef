"""Papers that a person asked for: monthly returns and archives."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from communities.accounts.models import User
from portal import jobs
from portal.files import PAPERS
from portal.models import Job

KINDS = ("desk.monthly_return", "desk.project_archive")
TYPES = {**PAPERS, "zip": "application/zip"}


def papers_of(person: User) -> QuerySet[Job]:
    return Job.objects.filter(kind__in=KINDS, asked_by=person).order_by("-asked_at", "-pk")


def paper_row(job: Job) -> dict[str, Any]:
    """A job as its component takes it."""
    done, total = jobs.progress(job)
    return {
        "title": job.title,
        "state": job.state,
        "done": done,
        "total": total if job.state == Job.State.RUNNING else 0,
        "error": job.error.splitlines()[0] if job.error else "",
        "started_at": job.asked_at,
        "file_url": reverse("desk:paper", args=[job.pk]) if job.file else "",
        "retry_url": reverse("desk:paper_again", args=[job.pk]),
    }


def file_name(job: Job) -> str:
    """Plain ASCII: the kind, what it is about, its form."""
    suffix = job.file.name.rpartition(".")[2]
    if job.kind == KINDS[0]:
        return f"return-{job.answer.get('year')}-{int(job.answer.get('month', 0)):02d}-{job.answer.get('place')}.{suffix}"
    return f"archive-{job.answer.get('number')}.{suffix}"


def kind_of(name: str) -> str:
    return TYPES.get(name.rpartition(".")[2], "application/octet-stream")
