"""The panel, its marks, what they add up to; what awaits whom; the public record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.accounts.models import User
from communities.roles.queries import within
from communities.roles.rules import Role
from portal import holidays
from portal.masking import mask_numbers
from portal.workdays import deadline_after
from projects import permissions
from projects.acceptance import rules
from projects.acceptance.models import Absence, Inspection, Mark, PanelMember, SignOff
from projects.funding.models import Project
from projects.funding.queries import rules_of
from projects.items import Chapter, Offer, Task, Traces
from projects.permissions import Party
from projects.proposals.models import Proposal

MOST_TASKS = 50


@dataclass(frozen=True, slots=True)
class PanelView:
    """One inspection with every seat, its mark, and what the marks add up to."""

    inspection: Inspection | None
    members: tuple[tuple[PanelMember, Mark | None], ...]
    missing: dict[rules.Seat, int]
    outcome: rules.Outcome
    sign_off: SignOff | None
    absence: Absence | None
    sign_by: date | None

    @property
    def unmarked(self) -> int:
        return sum(mark is None for _member, mark in self.members)

    @property
    def missing_words(self) -> tuple[tuple[str, int], ...]:
        return tuple((rules.SEATS[seat], count) for seat, count in self.missing.items())


def panel_of(project: Project) -> QuerySet[PanelMember]:
    return project.panel.filter(left_at=None).select_related("person").order_by("appointed_at", "pk")


def inspection_of(project: Project) -> Inspection | None:
    """The latest inspection, open or concluded."""
    return project.inspections.select_related("sign_off", "absence").order_by("-number").first()


def view_of(project: Project) -> PanelView:
    """Seats, marks and the computed outcome of the latest inspection. Three queries.

    A proposer whose absence is co-signed neither marks nor signs; the rest of the panel decides.
    """
    inspection = inspection_of(project)
    marks = {mark.member_id: mark for mark in inspection.marks.all()} if inspection else {}
    absence = getattr(inspection, "absence", None) if inspection else None
    excused = bool(absence and absence.cosigned_at)
    members = [(member, marks.get(member.pk)) for member in panel_of(project)]
    counted = [
        (member.seat, mark.meets if mark else None)
        for member, mark in members
        if not (excused and member.seat == rules.Seat.PROPOSER and mark is None)
    ]
    settings = rules_of(project)
    works = project.category == "works"
    missing = rules.missing_seats(
        [seat for seat, _meets in counted],
        works=works,
        residents=settings["panel_residents"],
        proposer_absent=excused,
    )
    outcome = rules.outcome_of(counted, works=works, over_percent=settings["panel_over_percent"], complete=not missing)
    return PanelView(
        inspection=inspection,
        members=tuple(members),
        missing=missing,
        outcome=outcome,
        sign_off=getattr(inspection, "sign_off", None) if inspection else None,
        absence=absence,
        sign_by=last_day_to_sign(inspection, settings) if inspection else None,
    )


def inspections_of(project: Project) -> QuerySet[Inspection]:
    """Every inspection with its marks and their members, for the record."""
    return (
        project.inspections.select_related("sign_off__person", "absence")
        .prefetch_related("marks__member__person")
        .order_by("number")
    )


def last_day_to_sign(inspection: Inspection, settings: dict) -> date:
    opened = timezone.localdate(inspection.opened_at)
    return deadline_after(opened, settings["proposer_days"], settings["proposer_unit"], holidays.calendar()).on


def awaiting(person: User, *, today: date) -> list[Task]:
    """Marks that she owes as a member, signatures as a proposer, panels to seat as a worker. Three queries."""
    seats = (
        PanelMember.objects.filter(person=person, left_at=None, project__stage="acceptance")
        .exclude(marks__inspection__outcome=rules.Outcome.OPEN)
        .select_related("project__proposal", "project__community")
    )
    tasks = [
        _task(seat.project, _("填写您的验收意见"), "acceptance:mark") for seat in seats.order_by("pk")[:MOST_TASKS]
    ]
    unsigned = Inspection.objects.filter(
        outcome=rules.Outcome.OPEN, sign_off=None, project__stage="acceptance", project__proposal__proposer=person
    ).select_related("project__proposal", "project__community", "project__round")
    for inspection in unsigned[:MOST_TASKS]:
        due = last_day_to_sign(inspection, rules_of(inspection.project))
        tasks.append(_task(inspection.project, _("您提议的项目正在验收，请签字"), "acceptance:sign_off", due))
    here = Project.objects.filter(
        within(person, frozenset({Role.COMMUNITY_WORKER}), today, "community"), stage="acceptance"
    ).select_related("proposal", "community")
    tasks += [_task(project, _("组织验收"), "acceptance:project") for project in here[:MOST_TASKS]]
    return tasks


def traces(proposal: Proposal) -> Traces:
    inspections = Inspection.objects.filter(project__proposal=proposal, concluded_at__isnull=False)
    return {
        "inspections": inspections.select_related("sign_off", "absence").order_by("number"),
        "marks": Mark.objects.filter(inspection__project__proposal=proposal),
    }


def chapters(proposal: Proposal, kept: Traces | None = None) -> list[Chapter]:
    """Each inspection: how many found it meets, rework with its reason and date, the signature."""
    kept, marks = kept or traces(proposal), {}
    for mark in kept["marks"]:
        marks.setdefault(mark.inspection_id, []).append(mark)
    return [chapter_of(row, marks.get(row.pk, [])) for row in kept["inspections"]]


def chapter_of(inspection: Inspection, marks: list[Mark]) -> Chapter:
    counts = _("%(all)s 位验收小组成员，%(yes)s 位认为合格。") % {
        "all": len(marks),
        "yes": sum(mark.meets for mark in marks),
    }
    if inspection.outcome == rules.Outcome.REWORK:
        return Chapter(
            at=inspection.concluded_at,
            stage="acceptance",
            title=_("第 %(number)s 次验收：需要整改") % {"number": inspection.number},
            text=counts + _("整改期限 %(day)s。") % {"day": inspection.rework_by},
            reason=mask_numbers(inspection.reason),
            by=_("验收小组"),
        )
    signed = getattr(inspection, "sign_off", None)
    ending = _("点菜人已签字确认。") if signed else _("点菜人联系不上，由社区两位工作人员会签。")
    return Chapter(
        at=inspection.concluded_at,
        stage="acceptance",
        title=_("第 %(number)s 次验收：合格") % {"number": inspection.number},
        text=counts + ending,
        by=_("验收小组"),
    )


def offers(proposal: Proposal, *, person: User, parties: frozenset[Party], now: datetime) -> list[Offer]:
    """The proposer signs, a member marks, anybody reads the record."""
    project = getattr(proposal, "project", None)
    if project is None or not project.inspections.exists():
        return []
    made = []
    if Party.PANEL in parties and project.stage == "acceptance":
        made.append(Offer(text=_("填写验收意见"), url=reverse("acceptance:mark", args=[proposal.number]), primary=True))
    if Party.PROPOSER in parties and project.stage == "acceptance":
        outcome, signed = view_of(project).outcome, False
        refusal = permissions.objection_to("acceptance.sign_off", roles=parties, stage=project.stage)
        refusal = refusal or rules.objection_to_signature(outcome, signed=signed)
        why = _(refusal.text) % refusal.params if refusal else ""
        url = "" if refusal else reverse("acceptance:sign_off", args=[proposal.number])
        made.append(Offer(text=_("验收签字"), url=url, primary=not refusal, why_not=why))
    made.append(Offer(text=_("查看验收记录"), url=reverse("acceptance:record", args=[proposal.number])))
    return made


def _task(project: Project, text: str, view: str, due_on: date | None = None) -> Task:
    return Task(
        stage="acceptance",
        title=project.title,
        text=text,
        url=reverse(view, args=[project.proposal.number]),
        due_on=due_on,
        community=project.community.name,
        since=project.stage_since,
    )
