"""Seating the panel, marking, signing, recording an absence, sending back, accepting."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from communities.accounts.models import User
from communities.residents.queries import is_proved_resident
from communities.roles.queries import roles_at
from communities.roles.rules import STAFF, Role
from portal import log, notices
from portal.publishing import objection_to_publishing
from portal.refusals import Refusal, insist
from portal.refusals import gettext_noop as _
from projects import engine, permissions
from projects.acceptance import queries, rules
from projects.acceptance.models import Absence, Inspection, Mark, PanelMember, SignOff
from projects.delivery.models import Milestone
from projects.funding.models import Project
from projects.funding.queries import locked_project
from projects.parties import delivers, parties_to_project


@transaction.atomic
def appoint_member(
    *, project_id: int, by: User, seat: str, now: datetime, person: User | None = None, skill: str = ""
) -> PanelMember:
    """Seat a person in the quality that she has; the proposer's seat needs no person. Nobody who delivers sits."""
    project = locked_project(project_id)
    insist_on("acceptance.appoint_panel", by, project, now)
    person = project.proposal.proposer if seat == rules.Seat.PROPOSER else person
    if person is None:
        insist(Refusal("person_unknown", _("没有找到这位人员，请核对手机号。"), field="phone"))
    insist(
        rules.objection_to_member(
            seat,
            is_provider=delivers(person, project),
            already=project.panel.filter(person=person, left_at=None).exists(),
            is_proposer=person.pk == project.proposal.proposer_id,
            fits=fits(person, seat, project, today=timezone.localdate(now)),
        )
    )
    member = PanelMember.objects.create(
        project=project, person=person, seat=seat, skill=skill, appointed_by=by, appointed_at=now
    )
    log.record("acceptance.appoint_member", by=by, about=member, now=now, seat=seat)
    tell(project, [person], f"panel-{member.pk}", _("请您参加“%(title)s”的验收。"), "acceptance:mark", now)
    return member


@transaction.atomic
def release_member(*, member_id: int, by: User, reason: str, now: datetime) -> PanelMember:
    """Take a seat back, with the reason; not from somebody who has marked already."""
    project = locked_project(PanelMember.objects.values_list("project_id", flat=True).get(pk=member_id))
    insist_on("acceptance.appoint_panel", by, project, now)
    member = PanelMember.objects.select_for_update().get(pk=member_id)
    if member.left_at:
        insist(Refusal("left_already", _("这位成员已经不在验收小组里。")))
    if member.marks.filter(inspection__outcome=rules.Outcome.OPEN).exists():
        insist(Refusal("marked_already", _("这位成员已经填写意见，不能再更换。")))
    member.left_at, member.left_reason = now, reason
    member.save(update_fields=["left_at", "left_reason"])
    log.record("acceptance.release_member", by=by, about=member, now=now, reason=reason)
    return member


@transaction.atomic
def mark_project(*, project_id: int, by: User, meets: bool, text: str, now: datetime) -> Mark:
    """A member's own opinion; may change until the inspection is concluded."""
    project = locked_project(project_id)
    insist_on("acceptance.mark_project", by, project, now)
    inspection = open_inspection(project)
    insist(rules.objection_to_mark(meets, text, concluded=inspection is None, is_provider=delivers(by, project)))
    insist(objection_to_publishing(text, field="text"))
    member = project.panel.get(person=by, left_at=None)
    mark, _made = Mark.objects.update_or_create(
        inspection=inspection, member=member, defaults={"meets": meets, "text": text, "at": now}
    )
    log.record("acceptance.mark_project", by=by, about=mark, now=now, meets=meets)
    conclude_when_met(project, inspection, by=by, now=now)
    return mark


@transaction.atomic
def sign_off(*, project_id: int, by: User, satisfaction: int, text: str, now: datetime) -> SignOff:
    """The proposer signs what the panel found to meet; that concludes the inspection."""
    project = locked_project(project_id)
    insist_on("acceptance.sign_off", by, project, now)
    view = queries.view_of(project)
    insist(rules.objection_to_signature(view.outcome, signed=view.sign_off is not None))
    if not 1 <= satisfaction <= 5:
        insist(Refusal("score_out_of_range", _("选择 1 到 5 分中的一项。"), field="satisfaction"))
    insist(objection_to_publishing(text, field="text"))
    signed = SignOff.objects.create(inspection=view.inspection, person=by, satisfaction=satisfaction, text=text, at=now)
    log.record("acceptance.sign_off", by=by, about=project, now=now, inspection=view.inspection.number)
    conclude_when_met(project, view.inspection, by=by, now=now)
    return signed


@transaction.atomic
def record_absence(*, project_id: int, by: User, reason: str, now: datetime) -> Absence:
    """The proposer could not be reached in her time: recorded by one, counted when another co-signs."""
    project = locked_project(project_id)
    insist_on("acceptance.record_absence", by, project, now)
    view = queries.view_of(project)
    insist(
        rules.objection_to_absence(
            today=timezone.localdate(now),
            last_day=view.sign_by,
            signed=view.sign_off is not None,
            recorded=view.absence is not None,
        )
    )
    absence = Absence.objects.create(inspection=view.inspection, reason=reason, recorded_by=by, recorded_at=now)
    log.record("acceptance.record_absence", by=by, about=project, now=now, reason=reason)
    return absence


@transaction.atomic
def cosign_absence(*, project_id: int, by: User, now: datetime) -> Absence:
    """The community's second person confirms the absence."""
    project = locked_project(project_id)
    insist_on("acceptance.record_absence", by, project, now)
    inspection = open_inspection(project)
    absence = Absence.objects.select_for_update().filter(inspection=inspection).first() if inspection else None
    if absence is None:
        insist(Refusal("no_absence", _("还没有登记点菜人缺席。")))
    insist(
        rules.objection_to_cosignature(
            same_person=absence.recorded_by_id == by.pk, cosigned=absence.cosigned_at is not None
        )
    )
    absence.cosigned_by, absence.cosigned_at = by, now
    absence.save(update_fields=["cosigned_by", "cosigned_at"])
    log.record("acceptance.cosign_absence", by=by, about=project, now=now)
    conclude_when_met(project, inspection, by=by, now=now)
    return absence


@transaction.atomic
def order_rework(*, project_id: int, by: User, due_on: date, reason: str, now: datetime) -> Inspection:
    """The panel found faults: back to delivery with the reason and a date, which becomes a step of the plan."""
    project = locked_project(project_id, moves=True)
    insist_on("acceptance.conclude_inspection", by, project, now)
    view = queries.view_of(project)
    insist(rules.objection_to_rework(due_on, today=timezone.localdate(now), outcome=view.outcome))
    insist(objection_to_publishing(reason, field="reason"))
    inspection = view.inspection
    inspection.outcome, inspection.concluded_by, inspection.concluded_at = rules.Outcome.REWORK, by, now
    inspection.rework_by, inspection.reason = due_on, reason
    inspection.save()
    Milestone.objects.create(project=project, title="验收整改", due_on=due_on, mends=True, added_by=by, added_at=now)
    log.record("acceptance.order_rework", by=by, about=project, now=now, reason=reason, due_on=str(due_on))
    engine.send_back(project, leaving="acceptance", to="delivery", reason=reason, now=now, by=by)
    return inspection


@transaction.atomic
def accept_project(*, project_id: int, by: User, now: datetime) -> bool:
    """On to the evaluation when nothing holds it. A repeat changes nothing."""
    project = locked_project(project_id, moves=True)
    insist_on("acceptance.conclude_inspection", by, project, now)
    return engine.advance(project, leaving="acceptance", now=now, by=by)


def conclude_when_met(project: Project, inspection: Inspection, *, by: User, now: datetime) -> None:
    """An inspection that meets is concluded by the proposer's signature, or by a co-signed absence."""
    view = queries.view_of(project)
    agreed = view.sign_off is not None or bool(view.absence and view.absence.cosigned_at)
    if view.outcome is not rules.Outcome.MEETS or not agreed:
        return
    Inspection.objects.filter(pk=inspection.pk, outcome=rules.Outcome.OPEN).update(
        outcome=rules.Outcome.MEETS, concluded_by=by, concluded_at=now
    )


def open_inspection(project: Project) -> Inspection | None:
    return project.inspections.select_for_update().filter(outcome=rules.Outcome.OPEN).first()


def fits(person: User, seat: str, project: Project, *, today: date) -> bool:
    """Has the person the quality of the seat today?"""
    roles = roles_at(person, project.community, today)
    if seat == rules.Seat.SUPERVISOR:
        return Role.SUPERVISOR in roles
    if seat == rules.Seat.COMMUNITY:
        return Role.COMMUNITY_WORKER in roles
    if seat == rules.Seat.RESIDENT:
        return is_proved_resident(person, project.community) and not roles & STAFF
    return True


def insist_on(action: str, by: User, project: Project, now: datetime) -> None:
    parties = parties_to_project(by, project, day=timezone.localdate(now))
    insist(permissions.objection_to(action, roles=parties, stage=project.stage))


def tell(project: Project, people: list, key: str, text: str, view: str, now: datetime) -> None:
    url = reverse(view, args=[project.proposal.number])
    notices.owe(people, kind="acceptance", key=key, text=text, now=now, url=url, title=project.title)
