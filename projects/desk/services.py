"""The little that the desk writes itself: that a notice was read, that a long paper is wanted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from communities.accounts.models import User
from communities.divisions.models import Division
from portal import figures, jobs, log
from portal.models import Job, Notice
from projects.models import Proposal


@transaction.atomic
def mark_read(*, person: User, notice_ids: Iterable[int] | None, now: datetime) -> int:
    """The person has read these notices of hers, or all of them; answers how many were unread. A repeat changes none."""
    unread = Notice.objects.filter(person=person, read_at=None)
    if notice_ids is not None:
        unread = unread.filter(pk__in=list(notice_ids))
    return unread.update(read_at=now)


@transaction.atomic
def ask_return(*, place: Division, month: str, paper: str, by: User, now: datetime) -> Job:
    """月报 of a place for a month ("2026-11"), as docx or pdf. Asked again while the first waits, it is the same job."""
    year, number = (int(part) for part in month.split("-"))
    title = gettext("%(place)s %(month)s月报（%(form)s）") % {
        "place": place.name, "month": figures.month(number, year), "form": "PDF" if paper == "pdf" else "Word",
    }  # fmt: skip
    job = jobs.ask(
        "desk.monthly_return", title=title, now=now, by=by, place=place.pk, year=year, month=number, form=paper,
        key=f"return-{by.pk}-{place.pk}-{month}-{paper}-{now:%Y%m%d%H%M}",
    )  # fmt: skip
    log.record("desk.ask_return", by=by, about=place, now=now, month=month, paper=paper)
    return job


@transaction.atomic
def ask_archive(*, proposal: Proposal, by: User, now: datetime) -> Job:
    """The whole archive of a project; taking it out is logged."""
    title = gettext("项目档案 %(number)s %(title)s") % {"number": proposal.number, "title": proposal.title}
    job = jobs.ask(
        "desk.project_archive", title=title[:200], now=now, by=by, number=proposal.number,
        key=f"archive-{by.pk}-{proposal.pk}-{now:%Y%m%d%H%M}",
    )  # fmt: skip
    log.record("desk.ask_archive", by=by, about=proposal, now=now)
    return job


def try_again(*, job: Job, now: datetime) -> None:
    """Put a failed paper back into the queue."""
    jobs.retry(job.pk, now=now)
