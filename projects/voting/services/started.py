"""An unfinished ballot is remembered as begun, never with what was ticked, and reminded of."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from communities.accounts.models import User
from portal import notices
from portal.models import Notice
from portal.refusals import gettext_noop as _
from projects.rounds.models import Round
from projects.voting.models import Participation, RollEntry, Slate, StartedBallot
from projects.voting.queries import window_of

LAST_CALL = timedelta(hours=24)
FROM_HOUR, UNTIL_HOUR = 9, 20  # nobody is reminded at night


def note_started(slate: Slate, *, by: User, now: datetime) -> None:
    """She has ticked and looks at the review page. Nothing for who has cast already."""
    if not Participation.objects.filter(slate=slate, person=by).exists():
        StartedBallot.objects.get_or_create(
            round_id=slate.round_id, person=by, defaults={"day": timezone.localdate(now)}
        )


def remind(*, now: datetime) -> int:
    """Tell who began and did not cast, once a day; and everyone on the roll who has not, in the last 24 hours."""
    if not FROM_HOUR <= timezone.localtime(now).hour < UNTIL_HOUR:
        return 0
    return sum(_remind(batch, now) for batch in Round.objects.filter(stage="voting", cancelled_at=None))


def _remind(batch: Round, now: datetime) -> int:
    window, today = window_of(batch), timezone.localdate(now)
    if not window.opens_at <= now < window.closes_at:
        return 0
    voted = Participation.objects.filter(round=batch).values("person")
    begun = StartedBallot.objects.filter(round=batch, day__lt=today).exclude(person__in=voted)
    told = {"now": now, "url": reverse("voting:ballot", args=[batch.number]), "title": batch.title}
    people = begun.values_list("person", flat=True)
    text = _("您在“%(title)s”里勾选过项目，还没有投出选票，请您接着完成。")
    count = notices.owe(people, kind="voting.started", key=f"started-{batch.pk}-{today}", text=text, **told)
    key = f"last-call-{batch.pk}"
    if window.closes_at - now > LAST_CALL or Notice.objects.filter(key=key).exists():
        return count
    rest = RollEntry.objects.filter(round=batch).exclude(person__in=voted).values_list("person", flat=True)
    text = _("“%(title)s”不到 24 小时就截止了，您还没有投票。")
    return count + notices.owe(rest, kind="voting.last_call", key=key, text=text, **told)
