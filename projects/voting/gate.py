"""Voting ends when its window closes; nothing else holds it."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from portal import notices
from portal.refusals import gettext_noop as _
from projects.deliberation.services import carry_over, shortlist_screened
from projects.items import Hold
from projects.rounds.models import Round
from projects.voting import keys, queries
from projects.voting.models import RollEntry
from projects.voting.queries import window_of
from projects.voting.services import freeze_slates, lay_slots


def holding(subject: Round, *, now: datetime) -> list[Hold]:
    closes_at = window_of(subject).closes_at
    if now >= closes_at:
        return paper_holds(subject)
    return [
        Hold(
            "poll_open",
            _("投票还在进行，%(until)s 截止。"),
            params={"until": timezone.localtime(closes_at).strftime("%Y-%m-%d %H:%M")},
            who=_("居民"),
        )
    ]


def paper_holds(subject: Round) -> list[Hold]:
    """After the window: envelopes that are not accepted, and sampled sheets that two people have not compared."""
    if count := queries.unfinished_in(subject):
        return [Hold("paper_open", _("%(count)s 批纸质选票没有录完"), count=count, who=_("社区工作者"))]
    sampled = sum(len(queries.unchecked_in(slate)) for slate in queries.slates_of(subject))
    text = _("%(count)s 张抽查的纸质选票没有核对一致")
    return [Hold("paper_sample", text, count=sampled, who=_("社区工作者"))] if sampled else []


def enter(subject: Round, *, now: datetime) -> None:
    """Freeze slates and roll, make the round's key, lay out the slots, tell everyone on the roll once."""
    shortlist_screened(subject, now=now)
    carry_over(subject, now=now)
    freeze_slates(subject, with_roll=True, now=now)
    keys.make_key(subject.pk)
    lay_slots(subject)
    notices.owe(
        RollEntry.objects.filter(round=subject).values_list("person", flat=True),
        kind="voting.open",
        key=f"voting-open-{subject.pk}",
        text=_("“%(title)s”开始投票了，请您来投一票。"),
        now=now,
        url=reverse("voting:ballot", args=[subject.number]),
        title=subject.title,
    )
