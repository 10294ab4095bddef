"""Asking to join, answering, leaving, and who leads."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from communities.accounts.models import User
from portal import locks, log, notices
from portal.refusals import Refusal, insist
from portal.refusals import gettext_noop as _
from volunteers.parties import parties_at, parties_to_team
from volunteers.permissions import objection_to
from volunteers.teams import rules
from volunteers.teams.models import Membership, Team, Volunteer

WITH_TEAM = ("team__community", "volunteer")


@transaction.atomic
def ask_to_join(*, team_id: int, by: User, now: datetime) -> Membership:
    """A request that the leaders or the community's worker answer; they are told."""
    locks.hold_alone("person", by.pk)
    team = Team.objects.select_related("community").get(pk=team_id)
    insist(objection_to("teams.ask_to_join", roles=parties_at(by, team.community, day=timezone.localdate(now))))
    volunteer = Volunteer.objects.active().get(person=by)
    held = list(Membership.objects.filter(volunteer=volunteer, left_on=None))
    here = next((row for row in held if row.team_id == team.pk), None)
    insist(
        rules.objection_to_joining(
            closed=team.closed_on is not None,
            belongs=here is not None and here.joined_on is not None,
            asked=here is not None,
            teams=len(held),
        )
    )
    made = Membership.objects.create(team=team, volunteer=volunteer, asked_at=now)
    log.record("teams.ask_to_join", by=by, about=made, now=now, team=team.pk)
    leaders = Membership.objects.open().filter(team=team, leads=True).values_list("volunteer__person", flat=True)
    notices.owe(
        list(leaders) or [team.founded_by_id],
        kind="teams.asked",
        key=f"team-request-{made.pk}",
        text=_("有志愿者申请加入“%(team)s”，请答复。"),
        url=reverse("teams:lead", args=[team.pk]),
        now=now,
        team=team.name,
    )
    return made


@transaction.atomic
def answer_request(*, membership_id: int, by: User, accepts: bool, reason: str = "", now: datetime) -> Membership:
    """Taken into the team from today, or not, with the reason; the person is told either way."""
    row = _locked(membership_id)
    today = timezone.localdate(now)
    insist(objection_to("teams.answer_request", roles=parties_to_team(by, row.team, day=today)))
    insist(
        rules.objection_to_answer(
            waiting=row.joined_on is None and row.left_on is None,
            same_person=row.volunteer.person_id == by.pk,
            accepts=accepts,
            reason=reason,
        )
    )
    row.answered_by = by
    if accepts:
        row.joined_on = today
    else:
        row.left_on, row.reason = today, reason.strip()
    row.save()
    log.record("teams.answer_request", by=by, about=row, now=now, accepts=accepts)
    notices.owe(
        [row.volunteer.person_id],
        kind="teams.answered",
        key=f"team-answer-{row.pk}",
        text=_("您已加入“%(team)s”。") if accepts else _("“%(team)s”这次没有接收您的申请：%(reason)s"),
        url=reverse("teams:team", args=[row.team_id]),
        now=now,
        team=row.team.name,
        reason=reason.strip(),
    )
    return row


@transaction.atomic
def leave_team(*, team_id: int, by: User, now: datetime) -> None:
    """She leaves, or takes her request back. A repeat changes nothing."""
    row = Membership.objects.select_for_update().filter(team_id=team_id, volunteer__person=by, left_on=None).first()
    if row is None:
        return
    row.left_on, row.leads = timezone.localdate(now), False
    row.save(update_fields=["left_on", "leads"])
    log.record("teams.leave_team", by=by, about=row, now=now, team=team_id)


@transaction.atomic
def end_membership(*, membership_id: int, by: User, reason: str, now: datetime) -> Membership:
    """A leader or the worker lets a member go, with the reason that she reads. A leader is let go by the worker."""
    row = _locked(membership_id)
    today = timezone.localdate(now)
    act = "teams.name_leader" if row.leads else "teams.end_membership"
    insist(objection_to(act, roles=parties_to_team(by, row.team, day=today)))
    if row.joined_on is None or row.left_on is not None:
        insist(Refusal("not_a_member", _("这个人不在队伍里。")))
    row.left_on, row.leads, row.reason = today, False, reason.strip()
    row.save(update_fields=["left_on", "leads", "reason"])
    log.record("teams.end_membership", by=by, about=row, now=now, reason=reason.strip())
    notices.owe(
        [row.volunteer.person_id],
        kind="teams.ended",
        key=f"team-ended-{row.pk}",
        text=_("您已不在“%(team)s”：%(reason)s"),
        url=reverse("volunteers:mine"),
        now=now,
        team=row.team.name,
        reason=reason.strip(),
    )
    return row


@transaction.atomic
def name_leader(*, membership_id: int, by: User, leads: bool, now: datetime) -> Membership:
    """The worker names a member as leader, or ends that. A team may have several, or none for a time."""
    row = _locked(membership_id)
    insist(objection_to("teams.name_leader", roles=parties_at(by, row.team.community, day=timezone.localdate(now))))
    belongs = row.joined_on is not None and row.left_on is None
    insist(rules.objection_to_leader(belongs=belongs, band=row.volunteer.band))
    if row.leads == leads:
        return row
    row.leads = leads
    row.save(update_fields=["leads"])
    log.record("teams.name_leader", by=by, about=row, now=now, leads=leads)
    notices.owe(
        [row.volunteer.person_id],
        kind="teams.leader",
        key=f"team-leader-{row.pk}-{now.isoformat()}",
        text=_("您现在是“%(team)s”的队长。") if leads else _("您不再担任“%(team)s”的队长，谢谢您的付出。"),
        url=reverse("teams:team", args=[row.team_id]),
        now=now,
        team=row.team.name,
    )
    return row


def _locked(membership_id: int) -> Membership:
    rows = Membership.objects.select_for_update(of=("self",)).select_related(*WITH_TEAM)
    return rows.get(pk=membership_id)
