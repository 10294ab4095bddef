"""How long each class of personal record stays, and the sweep that keeps to it (P10). What a class is: one row below.

`python manage.py retention --dry-run` says what would go; the beat runs the sweep four times a day. The security log is not swept
here: it names people by number only and stays at least six months (C5).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from communities.accounts.models import Invitation, SignInCode, UsedPassword, User
from communities.divisions.imports import APPLY, PREVIEW
from communities.letters.models import CodeBatch, PaperCode
from communities.letters.rules import FILE_DAYS
from communities.records.queries import left_behind
from communities.records.services import forget_upload
from communities.residents.models import ProofTry
from communities.rosters.models import Roster, RosterEntry
from portal import log
from portal.models import Job

DAY, MONTH, QUARTER, YEAR = timedelta(days=1), timedelta(days=30), timedelta(days=90), timedelta(days=365)
STATE = Roster.State


@dataclass(frozen=True, slots=True)
class Kept:
    """One class of record: how long, which rows are past it, and what happens to them (delete the row, or its file)."""

    key: str
    title: str
    days: int
    past: Callable[[datetime], QuerySet]
    forget: Callable[[QuerySet], int]


def rows(found: QuerySet) -> int:
    """Delete the rows."""
    return found.delete()[1].get(found.model._meta.label, 0)


def files(*names: str) -> Callable[[QuerySet], int]:
    """Delete the files of the rows, keep the rows."""

    def forget(found: QuerySet) -> int:
        count = 0
        for row in found.select_for_update(skip_locked=True):
            for name in names:
                if getattr(row, name):
                    getattr(row, name).delete(save=False)
            row.save(update_fields=[*names])
            count += 1
        return count

    return forget


def lapsed(found: QuerySet) -> int:
    """Rosters that nobody took in: their files go, their state says so."""
    count = files("file", "rejects")(found)
    found.update(state=STATE.DROPPED, samples={})
    return count


CLASSES = (
    Kept("sign_in_codes", "登录验证码", 1, lambda now: SignInCode.objects.filter(asked_at__lt=now - DAY), rows),
    Kept("proof_tries", "核对名册和纸质验证码的次数", 1, lambda now: ProofTry.objects.filter(at__lt=now - DAY), rows),
    Kept(
        "letter_files",
        "纸质验证码信件的文件",
        FILE_DAYS,
        lambda now: CodeBatch.objects.filter(at__lt=now - timedelta(days=FILE_DAYS)).exclude(file=""),
        files("file"),
    ),
    Kept(
        "letter_codes",
        "过期没有用的纸质验证码",
        90,
        lambda now: PaperCode.objects.filter(used_at=None, batch__last_day__lt=timezone.localdate(now - QUARTER)),
        rows,
    ),
    Kept(
        "rosters_left",
        "没有导入的名册文件",
        30,
        lambda now: Roster.objects.filter(
            at__lt=now - MONTH, state__in=[STATE.UPLOADED, STATE.CHECKED, STATE.CHECKING, STATE.TAKING_IN]
        ),
        lapsed,
    ),
    Kept(
        "roster_rejects",
        "名册中没有导入的行",
        30,
        lambda now: Roster.objects.filter(at__lt=now - MONTH).exclude(rejects=""),
        files("rejects"),
    ),
    Kept(
        "roster_entries",
        "已离开名册的人",
        365,
        lambda now: RosterEntry.objects.filter(until__lt=timezone.localdate(now - YEAR)),
        rows,
    ),
    Kept(
        "division_files",
        "区划表的导入文件",
        180,
        lambda now: Job.objects.filter(kind__in=[PREVIEW, APPLY], asked_at__lt=now - 2 * QUARTER).exclude(file=""),
        files("file"),
    ),
    Kept("record_files", "导入资料的表格和没有导入的行", 30, lambda now: left_behind(now - MONTH), lambda found: forget_tables(found)),
    Kept(
        "invitations",
        "用过或过期的开通链接",
        30,
        lambda now: Invitation.objects.filter(Q(expires_at__lt=now - MONTH) | Q(used_at__lt=now - MONTH)),
        rows,
    ),
    Kept(
        "used_passwords",
        "停用账号用过的密码摘要",
        30,
        lambda now: UsedPassword.objects.filter(at__lt=now - MONTH, person__is_active=False),
        rows,
    ),
    Kept(
        "unfinished_accounts",
        "没有同意告知、没有填写姓名的账号",
        30,
        lambda now: User.objects.filter(
            Q(last_login=None) | Q(last_login__lt=now - MONTH),
            is_staff=False,
            is_active=True,
            name="",
            date_joined__lt=now - MONTH,
            consents=None,
            residencies=None,
            appointments=None,
            seats=None,
        ),
        rows,
    ),
    Kept(
        "closed_accounts",
        "注销账号残留的小区和网络地址",
        1,
        lambda now: User.objects.filter(closed_at__lt=now - DAY).filter(
            Q(residencies__estate__gt="") | Q(consents__ip__isnull=False)
        ),
        lambda found: forget_traces(found),
    ),
)


def forget_tables(found: QuerySet) -> int:
    """Both files of an import: what was handed in, and the rows that stayed out."""
    for preview in found:
        forget_upload(preview)
    return files("file")(found.model.objects.filter(pk__in=[preview.pk for preview in found]))


def forget_traces(found: QuerySet) -> int:
    """Closing an account empties these at once; here it is seen to again, for rows that came in beside it."""
    people = list(found.distinct())
    for person in people:
        person.residencies.update(estate="")
        person.consents.exclude(ip=None).update(ip=None)
    return len(people)


def past_due(now: datetime) -> list[tuple[Kept, int]]:
    """How many rows of each class are past their time; changes nothing."""
    return [(kept, kept.past(now).order_by().values("pk").distinct().count()) for kept in CLASSES]


def sweep(now: datetime) -> dict[str, int]:
    """Delete what is past its time, class by class, each whole or not at all; one row in the log says how much."""
    gone: dict[str, int] = {}
    for kept in CLASSES:
        with transaction.atomic():
            if count := kept.forget(kept.past(now).order_by()):
                gone[kept.key] = count
    if gone:
        log.record("retention.sweep", by=None, about=None, now=now, **gone)
    return gone
