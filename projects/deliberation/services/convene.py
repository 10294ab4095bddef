"""Calling a meeting in time, and calling it off."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from communities.accounts.models import User
from communities.divisions.models import Division
from portal import figures, locks, log, notices
from portal.publishing import objection_to_publishing
from portal.refusals import Refusal, insist
from portal.refusals import gettext_noop as _
from projects import permissions
from projects.deliberation import queries, rules
from projects.deliberation.models import AgendaItem, Meeting, Recusal
from projects.deliberation.services.locked import meeting_for
from projects.parties import parties_at
from projects.proposals.models import Proposal
from projects.proposals.queries import audience_of
from projects.rounds.models import Round
from projects.rounds.rules import objection_to_cancelled


@transaction.atomic
def convene_meeting(
    *,
    round_id: int,
    community_id: int,
    proposals: Iterable[int],
    starts_at: datetime,
    place: str,
    by: User,
    now: datetime,
) -> Meeting:
    """Call a meeting and send the agenda to every member, with the charter's thresholds frozen.

    Refused when the day is too early for the agenda, or when an item is already on another agenda. A member who
    proposed an item stands aside from it from the start.
    """
    locks.hold_shared("round", round_id)
    batch = Round.objects.get(pk=round_id)
    community = Division.objects.get(pk=community_id, envelopes__round=batch)
    today = queries.local_day(now)
    parties = parties_at(by, community, day=today)
    insist(permissions.objection_to("deliberation.convene_meeting", roles=parties, stage=batch.stage))
    insist(objection_to_cancelled(cancelled=batch.cancelled_at is not None))
    council = queries.council_of(community)
    seats = list(queries.seats_on(council, today)) if council else []
    if not seats:
        insist(
            Refusal(
                "no_council", _("%(name)s还没有居民议事会，"), {"name": community.name}, next=_("请先登记议事会席位。")
            )
        )
    first_on = queries.first_possible_day(batch, council, today=today)
    insist(rules.objection_to_date(queries.local_day(starts_at), first_on=first_on, said=figures.day(first_on)))
    insist(objection_to_publishing(place, field="place"))
    wanted = list(dict.fromkeys(proposals))
    # Locked in the order of their keys, so that two agendas with the same items wait for each other instead of for ever.
    held = {row.pk: row for row in Proposal.objects.select_for_update().filter(pk__in=wanted).order_by("pk")}
    free = set(queries.unscheduled(batch, community).filter(pk__in=held).values_list("pk", flat=True))
    if not wanted or set(wanted) - free:
        insist(
            Refusal(
                "items_taken", _("选的提案里有的已列入其他会议或不再待评议，请刷新页面重新勾选。"), field="proposals"
            )
        )
    meeting = Meeting.objects.create(
        round=batch,
        community=community,
        council=council,
        starts_at=starts_at,
        place=place,
        marks=queries.marks_of(council),
        secret=bool(batch.rules.get("council_secret")),
        convened_by=by,
        agenda_sent_at=now,
    )
    meeting.number = f"YS-{today.year}-{meeting.pk:06d}"
    meeting.save(update_fields=["number"])
    members = {seat.person_id for seat in seats}
    for position, key in enumerate(wanted, start=1):
        item = AgendaItem.objects.create(meeting=meeting, proposal=held[key], position=position)
        if held[key].proposer_id in members:
            stand_aside(item, now=now)
        notices.owe(
            audience_of(held[key]),
            kind="deliberation.on_agenda",
            key=f"agenda-{item.pk}",
            text=_("您关注的提案“%(title)s”%(day)s上居民议事会评议。"),
            now=now,
            url=reverse("deliberation:meeting", args=[meeting.number]),
            title=held[key].title,
            day=queries.local_day(starts_at),
        )
    log.record("deliberation.convene_meeting", by=by, about=meeting, now=now, items=wanted)
    notices.owe(
        members,
        kind="deliberation.convened",
        key=f"meeting-{meeting.pk}",
        text=_("%(moment)s在%(place)s开议事会，共 %(count)s 项。请提前看材料，与自己有利害关系的请声明回避。"),
        now=now,
        url=reverse("deliberation:papers", args=[meeting.number]),
        moment=starts_at,
        place=place,
        count=len(wanted),
    )
    return meeting


def stand_aside(item: AgendaItem, *, now: datetime) -> None:
    """The proposer does not vote on his own item."""
    Recusal.objects.get_or_create(
        item=item, person_id=item.proposal.proposer_id, defaults={"reason": "本项提案人", "at": now}
    )


@transaction.atomic
def adjourn_meeting(*, meeting_id: int, reason: str, by: User, now: datetime) -> Meeting:
    """Put off a meeting that was not opened (no quorum, a storm …); its items are free for another agenda."""
    meeting = meeting_for("deliberation.convene_meeting", meeting_id, by=by, now=now)
    if meeting.adjourned_at or meeting.opened_at:
        insist(Refusal("not_to_adjourn", _("会议已经开始或已经改期，不能再改期。")))
    if not reason.strip():
        insist(Refusal("reason_missing", _("请写明改期的原因，原因会公开。"), field="reason"))
    insist(objection_to_publishing(reason, field="reason"))
    meeting.adjourned_at, meeting.adjourn_reason = now, reason.strip()
    meeting.save(update_fields=["adjourned_at", "adjourn_reason"])
    log.record("deliberation.adjourn_meeting", by=by, about=meeting, now=now, reason=reason)
    members = {seat.person_id for seat in queries.seats_on(meeting.council, queries.local_day(now))}
    notices.owe(
        members | set(meeting.items.values_list("proposal__proposer_id", flat=True)),
        kind="deliberation.adjourned",
        key=f"meeting-adjourned-{meeting.pk}",
        text=_("原定%(moment)s的议事会改期：%(reason)s。新的时间会另行通知。"),
        now=now,
        url=reverse("deliberation:meeting", args=[meeting.number]),
        moment=meeting.starts_at,
        reason=reason.strip().rstrip("。"),
    )
    return meeting
