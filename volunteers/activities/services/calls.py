"""A call is made, gets its shifts, is published, cancelled, and told about afterwards."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from communities.accounts.models import User
from communities.divisions.models import Division
from portal import log, notices, publishing
from portal.files import KeptFile
from portal.refusals import Refusal, Refused, insist
from portal.refusals import gettext_noop as _
from projects.delivery.models import Milestone
from volunteers.activities import queries, rules
from volunteers.activities.models import Call, CallPhoto, CallReport, Shift
from volunteers.parties import parties_at, parties_to_team
from volunteers.permissions import Party, objection_to
from volunteers.teams.models import Skill, Team


@transaction.atomic
def make_call(
    *,
    community_id: int,
    by: User,
    title: str,
    kind: str,
    about: str,
    place: str,
    brings: str = "",
    skills: list[str],
    adults_only: bool = False,
    team: Team | None = None,
    at_centre: bool = False,
    milestone_id: int | None = None,
    starts: datetime,
    ends: datetime,
    places: int,
    now: datetime,
) -> Call:
    """A draft with its first shift. A call for a step of a project is the community's, on the project's own ground."""
    community = Division.objects.get(pk=community_id, level=Division.Level.COMMUNITY)
    today = timezone.localdate(now)
    parties = parties_to_team(by, team, day=today) if team else parties_at(by, community, day=today)
    insist(objection_to("activities.make_call", roles=parties))
    for field, text in (("title", title), ("about", about), ("place", place), ("brings", brings)):
        insist(publishing.objection_to_publishing(text, field=field))
    insist(rules.objection_to_times(starts, ends, now=now))
    step = _step(milestone_id, community, parties)
    centre = community.centres.order_by("pk").first() if at_centre else None
    made = Call.objects.create(
        title=title,
        kind=kind,
        community=community,
        team=team,
        centre=centre,
        project=step.project if step else None,
        milestone=step,
        about=about,
        place=place,
        brings=brings,
        adults_only=adults_only,
        made_by=by,
        made_at=now,
    )
    made.skills.set(Skill.objects.filter(code__in=skills, withdrawn_on=None))
    _shift(made, starts, ends, places)
    log.record("activities.make_call", by=by, about=made, now=now, kind=kind)
    return made


@transaction.atomic
def add_shift(*, call_id: int, by: User, starts: datetime, ends: datetime, places: int, now: datetime) -> Shift:
    """One more span of time; a published call may get more as well."""
    call = locked(call_id)
    insist(may_run(by, call, now))
    insist(rules.objection_to_times(starts, ends, now=now))
    if call.cancelled_at:
        raise Refused(Refusal("call_cancelled", _("这次活动已经取消。")))
    if call.shifts.count() >= rules.MOST_SHIFTS:
        raise Refused(Refusal("too_many_shifts", _("一次活动最多 %(most)s 个班次。"), {"most": rules.MOST_SHIFTS}))
    made = _shift(call, starts, ends, places)
    log.record("activities.add_shift", by=by, about=made, now=now, call=call.pk, places=places)
    return made


@transaction.atomic
def publish_call(*, call_id: int, by: User, now: datetime) -> Call:
    """From now everybody sees it; it gets its public number. Members of its team are told."""
    call = locked(call_id)
    insist(may_run(by, call, now))
    insist(
        rules.objection_to_publishing(
            published=call.published_at is not None,
            cancelled=call.cancelled_at is not None,
            shifts=call.shifts.filter(starts_at__gt=now).count(),
        )
    )
    call.published_at, call.number = now, f"HD-{timezone.localdate(now).year}-{call.pk:06d}"
    call.save(update_fields=["published_at", "number"])
    log.record("activities.publish_call", by=by, about=call, now=now)
    if call.team:
        notices.owe(
            call.team.memberships.filter(joined_on__isnull=False, left_on=None).values_list(
                "volunteer__person", flat=True
            ),
            kind="activities.published",
            key=f"call-{call.pk}",
            text=_("您所在的“%(team)s”发布了新活动“%(title)s”，欢迎报名。"),
            url=reverse("activities:call", args=[call.number]),
            now=now,
            team=call.team.name,
            title=call.title,
        )
    return call


@transaction.atomic
def cancel_call(*, call_id: int, by: User, reason: str, now: datetime) -> Call:
    """It does not take place; everybody on a place or waiting is told why. A repeat changes nothing."""
    call = locked(call_id)
    insist(may_run(by, call, now))
    if call.cancelled_at:
        return call
    call.cancelled_at, call.cancel_reason = now, reason
    call.save(update_fields=["cancelled_at", "cancel_reason"])
    log.record("activities.cancel_call", by=by, about=call, now=now, reason=reason)
    rows = queries.SignUp.objects.filter(shift__call=call, shift__ends_at__gt=now, state__in=queries.STANDING)
    notices.owe(
        rows.values_list("volunteer__person", flat=True).distinct(),
        kind="activities.cancelled",
        key=f"call-cancelled-{call.pk}",
        text=_("活动“%(title)s”取消了：%(reason)s"),
        url=reverse("activities:call", args=[call.number]) if call.number else reverse("activities:calendar"),
        now=now,
        title=call.title,
        reason=reason,
    )
    return call


@transaction.atomic
def write_report(
    *, call_id: int, by: User, text: str, files: list[KeptFile], caption: str, now: datetime
) -> CallReport:
    """What was done, with photos, once, after the first shift has begun."""
    call = locked(call_id)
    insist(may_run(by, call, now))
    insist(publishing.objection_to_publishing(text, field="text"))
    if call.cancelled_at or not call.published_at or not call.shifts.filter(starts_at__lte=now).exists():
        raise Refused(Refusal("too_early", _("活动开始以后才能写小结。")))
    if CallReport.objects.filter(call=call).exists():
        raise Refused(Refusal("already_told", _("这次活动已经写过小结。")))
    made = CallReport.objects.create(call=call, text=text, by=by, at=now)
    for file in files:
        CallPhoto.objects.create(report=made, file=file, caption=caption or call.title)
    log.record("activities.write_report", by=by, about=made, now=now, photos=len(files))
    return made


def locked(call_id: int) -> Call:
    rows = Call.objects.select_for_update(of=("self",)).select_related("community", "team__community")
    return rows.get(pk=call_id)


def may_run(by: User, call: Call, now: datetime) -> Refusal | None:
    parties = queries.parties_to_call(by, call, day=timezone.localdate(now))
    return objection_to("activities.run_call", roles=parties)


def _shift(call: Call, starts: datetime, ends: datetime, places: int) -> Shift:
    given: dict[str, Any] = {"starts_at": starts, "ends_at": ends, "places": places}
    return Shift.objects.create(call=call, secret=secrets.token_hex(32), **given)


def _step(milestone_id: int | None, community: Division, parties: frozenset[Party]) -> Milestone | None:
    if milestone_id is None:
        return None
    step = Milestone.objects.select_related("project").filter(pk=milestone_id).first()
    if step is None or step.project.community_id != community.pk or Party.WORKER not in parties:
        raise Refused(Refusal("not_this_step", _("项目节点的招募由项目所在社区的工作者发布。"), status=403))
    if step.done_on:
        raise Refused(Refusal("step_done", _("这个节点已经完成，不用再招募。")))
    return step
