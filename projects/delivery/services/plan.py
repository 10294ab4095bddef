"""The plan: steps are added, done, moved or dropped; a change tells its reason. Stops and what follows them."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from communities.accounts.models import User
from portal import log, notices
from portal.refusals import Refusal, insist
from portal.refusals import gettext_noop as _
from projects import engine, permissions
from projects.delivery import queries, rules
from projects.delivery.models import Finish, Milestone, PlanChange, Stop
from projects.funding.models import Project
from projects.funding.queries import locked_project
from projects.parties import parties_to_project
from projects.proposals.queries import audience_of

MOST_MILESTONES = 60


def insist_on(action: str, by: User, project: Project, now: datetime) -> frozenset:
    """The parties of the person, when they may do it at this stage; refused otherwise."""
    parties = parties_to_project(by, project, day=timezone.localdate(now))
    insist(permissions.objection_to(action, roles=parties, stage=project.stage))
    return parties


@transaction.atomic
def add_milestone(
    *, project_id: int, by: User, title: str, due_on: date, now: datetime, planned_amount: int | None = None
) -> Milestone:
    """One more step of the plan. The planned amounts together never pass what the contracts bind."""
    project = locked_project(project_id)
    insist_on("delivery.plan_delivery", by, project, now)
    steps = list(project.milestones.values_list("planned_amount", flat=True))
    if len(steps) >= MOST_MILESTONES:
        insist(Refusal("plan_full", _("计划节点已经够多了，请合并后再填。")))
    bound = sum(project.contracts.values_list("amount", flat=True))
    if planned_amount and sum(amount or 0 for amount in steps) + planned_amount > bound:
        insist(Refusal("plan_over_contract", _("计划用款合计超过了合同金额。"), field="planned_amount"))
    if due_on < timezone.localdate(now):
        insist(Refusal("due_in_past", _("计划完成日不能早于今天。"), field="due_on"))
    step = Milestone.objects.create(
        project=project, title=title, due_on=due_on, planned_amount=planned_amount, added_by=by, added_at=now
    )
    log.record("delivery.add_milestone", by=by, about=step, now=now, due_on=str(due_on))
    return step


@transaction.atomic
def complete_milestone(*, milestone_id: int, by: User, now: datetime) -> Milestone:
    """The step is done today; a repeat keeps the first day."""
    project = locked_project(Milestone.objects.values_list("project_id", flat=True).get(pk=milestone_id))
    insist_on("delivery.report_progress", by, project, now)
    step = Milestone.objects.select_for_update().get(pk=milestone_id)
    if step.done_on is None:
        step.done_on, step.done_by = timezone.localdate(now), by
        step.save(update_fields=["done_on", "done_by"])
        log.record("delivery.complete_milestone", by=by, about=step, now=now)
    return step


@transaction.atomic
def change_milestone(
    *, milestone_id: int, by: User, reason: str, now: datetime, due_on: date | None = None
) -> PlanChange:
    """Move an open step to another day, or drop it when no day is given; the reason is public. Rework is never dropped."""
    project = locked_project(Milestone.objects.values_list("project_id", flat=True).get(pk=milestone_id))
    insist_on("delivery.change_plan", by, project, now)
    step = Milestone.objects.select_for_update().filter(pk=milestone_id).first()
    if step is None or step.done_on:
        insist(Refusal("step_done", _("这个节点已经完成，不能再调整。")))
    if step.mends:
        insist(Refusal("rework_fixed", _("整改期限由验收小组确定，不能自行调整。")))
    if due_on and due_on < timezone.localdate(now):
        insist(Refusal("due_in_past", _("计划完成日不能早于今天。"), field="due_on"))
    insist(rules.objection_to_text(reason, field="reason", most=500))
    change = PlanChange.objects.create(
        project=project, milestone=step.title, was=step.due_on, becomes=due_on, reason=reason, by=by, at=now
    )
    if due_on:
        step.due_on = due_on
        step.save(update_fields=["due_on"])
    else:
        step.delete()
    log.record("delivery.change_milestone", by=by, about=change, now=now, reason=reason)
    return change


@transaction.atomic
def stop_project(*, project_id: int, by: User, reason: str, now: datetime) -> Stop:
    """Stop the work with a public reason; it stays on the board until it is resumed."""
    project = locked_project(project_id)
    insist_on("delivery.stop_project", by, project, now)
    insist(rules.objection_to_text(reason, field="reason", most=500))
    if project.stops.filter(resumed_at=None).exists():
        insist(Refusal("already_stopped", _("项目已经处于暂停状态。")))
    stop = Stop.objects.create(project=project, reason=reason, stopped_by=by, stopped_at=now)
    log.record("delivery.stop_project", by=by, about=project, now=now, reason=reason)
    _tell(stop, "stopped", f"stop-{stop.pk}", _("“%(title)s”已暂停：%(reason)s"), reason=reason, now=now)
    return stop


@transaction.atomic
def resume_project(*, project_id: int, by: User, note: str, now: datetime) -> Stop:
    """Go on after a stop, saying what changed."""
    project = locked_project(project_id)
    insist_on("delivery.stop_project", by, project, now)
    stop = project.stops.select_for_update().filter(resumed_at=None).first()
    if stop is None:
        insist(Refusal("not_stopped", _("项目没有暂停，不需要恢复。")))
    if stop.ended_at:
        insist(Refusal("ended", _("项目已经终止，不能恢复；确有需要的，请重新提案。")))
    insist(rules.objection_to_text(note, field="note", most=500))
    stop.resumed_by, stop.resumed_at, stop.resume_note = by, now, note
    stop.save(update_fields=["resumed_by", "resumed_at", "resume_note"])
    log.record("delivery.resume_project", by=by, about=project, now=now, reason=note)
    return stop


@transaction.atomic
def end_project(*, project_id: int, by: User, reason: str, now: datetime) -> Stop:
    """Give a stopped project up for good, with the public reason. Work that was done is paid, then the money is settled."""
    project = locked_project(project_id)
    insist_on("delivery.end_project", by, project, now)
    stop = project.stops.select_for_update().filter(resumed_at=None).first()
    if stop is None:
        insist(Refusal("not_stopped", _("请先暂停项目并公开原因，确定不再实施时再登记终止。")))
    if stop.ended_at:
        insist(Refusal("already_ended", _("这个项目已经终止。")))
    insist(rules.objection_to_text(reason, field="reason", most=500))
    stop.ended_by, stop.ended_at, stop.end_reason = by, now, reason
    stop.save(update_fields=["ended_by", "ended_at", "end_reason"])
    log.record("delivery.end_project", by=by, about=project, now=now, reason=reason)
    _tell(stop, "ended", f"stop-{stop.pk}-ended", _("“%(title)s”已终止，不再实施：%(reason)s"), reason=reason, now=now)
    return stop


def _tell(stop: Stop, what: str, key: str, text: str, *, reason: str, now: datetime) -> None:
    """The proposer, those who follow, and who answers for the contracts."""
    project = stop.project
    notices.owe(
        audience_of(project.proposal) | set(project.contracts.values_list("responsible_id", flat=True)),
        kind=f"delivery.{what}",
        key=key,
        text=text,
        now=now,
        url=reverse("desk:proposal", args=[project.proposal.number]),
        title=project.title,
        reason=reason,
    )


@transaction.atomic
def declare_finished(*, project_id: int, by: User, text: str, now: datetime) -> Finish:
    """The provider says that the work is done; from now on the community brings it to acceptance."""
    project = locked_project(project_id)
    insist_on("delivery.declare_finished", by, project, now)
    insist(
        rules.objection_to_finish(
            milestones=project.milestones.count(),
            open_milestones=project.milestones.filter(done_on=None).count(),
            reports=project.reports.count(),
            after_photos=queries.after_photos(project),
            stopped=project.stops.filter(resumed_at=None).exists(),
            finished=queries.is_finished(project),
        )
    )
    insist(rules.objection_to_text(text))
    finish = Finish.objects.create(project=project, text=text, by=by, at=now)
    log.record("delivery.declare_finished", by=by, about=project, now=now)
    return finish


@transaction.atomic
def open_acceptance(*, project_id: int, by: User, now: datetime) -> bool:
    """The community brings finished work before the panel when nothing holds it. A repeat changes nothing."""
    project = locked_project(project_id, moves=True)
    insist_on("acceptance.appoint_panel", by, project, now)
    return engine.advance(project, leaving="delivery", now=now, by=by)
