"""Letters out of notices: each notice becomes, once, the letters that its person wants, or waits for her digest.

One writer at a time (an advisory lock); a notice is handed over in the transaction that writes its letters, so nothing
is lost between the two and nothing is written twice.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext

from communities.channels import queries, rules
from communities.channels.models import Letter
from portal import locks, notices
from portal.models import Notice

AT_A_TIME = 500
LISTED = 10
Due = dict[int, list[Notice]]


@transaction.atomic
def write_letters(*, now: datetime) -> int:
    """Hand over what is owed, at most 500 notices; answers how many letters were written. A repeat writes none anew."""
    if not locks.try_alone("letters"):
        return 0
    unsent = Notice.objects.filter(sent_at=None)
    unsent.filter(not_before=None, at__lt=now - rules.STALE).update(sent_at=now)
    due = unsent.filter(Q(not_before=None) | Q(not_before__lte=now)).order_by("pk")
    rows = list(due.select_for_update(skip_locked=True, of=("self",))[:AT_A_TIME])
    reaches = queries.reaches_of(row.person_id for row in rows)
    with translation.override(settings.LANGUAGE_CODE):
        return _hand_over(rows, reaches, now=now)


def _hand_over(rows: list[Notice], reaches: dict[int, rules.Reach], *, now: datetime) -> int:
    local, letters, digests = timezone.localtime(now), [], defaultdict(list)
    done, later = [], []
    for row in rows:
        reach = reaches.get(row.person_id)
        channels = rules.channels_for(row.kind, reach, on=settings.NOTICES["channels"]) if reach else ()
        if not channels or row.read_at:
            done.append(row)
        elif not rules.waits_for_digest(row.kind, reach):
            start = local if rules.group_of(row.kind).fixed else rules.after_quiet(local, reach)
            letters += [_letter(row, channel, now=now, start=start) for channel in channels]
            done.append(row)
        elif row.not_before is None:
            row.not_before = rules.next_digest(local, reach)
            later.append(row)
        else:
            digests[row.person_id].append(row)
    for person, held in digests.items():
        made = _digest(person, held, reaches[person], now=now)
        letters += made
        (done if made else later).extend(held)
    Letter.objects.bulk_create(letters, ignore_conflicts=True)
    Notice.objects.filter(pk__in=[row.pk for row in done]).update(sent_at=now)
    Notice.objects.bulk_update(later, ["not_before"])
    return len(letters)


def _letter(row: Notice, channel: str, *, now: datetime, start: datetime) -> Letter:
    said = notices.words(row)
    return Letter(
        person_id=row.person_id,
        channel=channel,
        key=f"notice-{row.pk}-{channel}",
        subject=_shortened(said),
        text=_signed("\n".join(part for part in (said, _link(row.url)) if part), channel),
        made_at=now,
        not_before=start,
    )


def _digest(person: int, rows: list[Notice], reach: rules.Reach, *, now: datetime) -> list[Letter]:
    """One digest a day and channel. When today's is out already, the rows wait for tomorrow's and nothing is written."""
    local = timezone.localtime(now)
    stem = f"digest-{person}-{local.date()}"
    if Letter.objects.filter(key__startswith=f"{stem}-").exists():
        for row in rows:
            row.not_before = rules.next_digest(local + timedelta(seconds=1), reach)
        return []
    carried: dict[str, list[Notice]] = defaultdict(list)
    for row in rows:
        for channel in rules.channels_for(row.kind, reach, on=settings.NOTICES["channels"]):
            carried[channel].append(row)
    start = rules.after_quiet(local, reach)
    return [
        Letter(
            person_id=person,
            channel=channel,
            key=f"{stem}-{channel}",
            subject=_counted(len(held)),
            text=_signed(_listed(held, short=channel == rules.SMS), channel),
            made_at=now,
            not_before=start,
        )
        for channel, held in carried.items()
    ]


def _counted(count: int) -> str:
    return ngettext("您有 %(count)d 条新消息", "您有 %(count)d 条新消息", count) % {"count": count}


def _listed(rows: list[Notice], *, short: bool) -> str:
    """A text message says how many and the newest; the others list up to ten."""
    shown = rows[-1:] if short else rows[:LISTED]
    lines = [_counted(len(rows)), *(f"· {notices.words(row)}" for row in shown), _link(reverse("desk:my_notices"))]
    return "\n".join(line for line in lines if line)


def _link(path: str) -> str:
    scheme = "https" if settings.HTTPS else "http"
    return f"{scheme}://{settings.SITE['domain']}{path}" if path else ""


def _signed(text: str, channel: str) -> str:
    if channel == rules.SMS:
        return f"【{settings.SITE['name']}】{text}"
    how = gettext("不想收到或想换个时间收：%(link)s") % {"link": _link(reverse("channels:my_channels"))}
    return f"{text}\n\n{settings.SITE['name']}\n{how}"


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
