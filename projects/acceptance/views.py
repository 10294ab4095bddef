"""Pages of the panel, of the proposer who signs, of the office that seats them; the record that anybody reads."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from communities.accounts.models import User
from communities.roles.queries import holders
from communities.roles.rules import Role
from portal import clock
from portal.web import attempt, back, page, posted
from projects.acceptance import forms, queries, rules, services
from projects.acceptance.models import PanelMember
from projects.funding import acts
from projects.funding.models import Project
from projects.permissions import Party


def _given(request: HttpRequest, project: Project) -> dict:
    return {"project_id": project.pk, "by": request.user, "now": clock.now()}


def acts_of(project: Project, parties: frozenset[Party], view: queries.PanelView, me: User) -> list:
    number, told = project.proposal.number, {"parties": parties, "stage": project.stage}
    absent = view.absence
    made = acts.possible(
        acts.act("acceptance.mark_project", _("填写我的意见"), reverse("acceptance:mark", args=[number]), **told),
        acts.act("acceptance.appoint_panel", _("安排成员"), reverse("acceptance:appoint", args=[number]), **told),
    )
    if view.outcome is rules.Outcome.REWORK and project.stage == "acceptance":
        made += acts.possible(
            acts.act(
                "acceptance.conclude_inspection", _("退回整改"), reverse("acceptance:rework", args=[number]), **told
            )
        )
    if view.inspection and not view.sign_off and absent is None:
        fault = rules.objection_to_absence(today=clock.today(), last_day=view.sign_by, signed=False, recorded=False)
        url = reverse("acceptance:record_absence", args=[number])
        made += acts.possible(acts.act("acceptance.record_absence", _("登记点菜人缺席"), url, also=fault, **told))
    if absent and not absent.cosigned_at:
        fault = rules.objection_to_cosignature(same_person=absent.recorded_by_id == me.pk, cosigned=False)
        url = reverse("acceptance:cosign_absence", args=[number])
        made += acts.possible(acts.act("acceptance.record_absence", _("会签缺席"), url, also=fault, posts=True, **told))
    return made


@login_required
@require_safe
def project(request: HttpRequest, number: str) -> HttpResponse:
    """Seats, marks, what they add up to, and what is still to do."""
    project, parties = acts.load_for(request, number)
    view = queries.view_of(project)
    context = acts.frame(project, parties) | {
        "view": view,
        "inspections": project.inspections.order_by("number"),
        "acts": acts_of(project, parties, view, request.user),
        "may_seat": Party.WORKER in parties and project.stage in ("delivery", "acceptance"),
        "may_accept": Party.WORKER in parties and project.stage == "acceptance",
    }
    return page(request, "projects/acceptance/project.html", context)


@login_required
def appoint(request: HttpRequest, number: str) -> HttpResponse:
    project, parties = acts.load_for(request, number, "acceptance.appoint_panel")
    officials = [holders(role, project.community, clock.today()) for role in (Role.SUPERVISOR, Role.COMMUNITY_WORKER)]
    form = forms.SeatForm(**posted(request), officials=officials[0] | officials[1])
    if form.is_valid():
        chosen = {"seat": form.cleaned_data["seat"], "skill": form.cleaned_data["skill"], "person": form.person()}
        if attempt(form, services.appoint_member, **_given(request, project), **chosen):
            return back(request, "acceptance:appoint", number, said=_("成员已加入验收小组。"))
    context = {"form": form, "project": project, "view": queries.view_of(project)}
    return page(request, "projects/acceptance/appoint.html", context)


@login_required
def release(request: HttpRequest, key: int) -> HttpResponse:
    member = get_object_or_404(PanelMember.objects.select_related("project__proposal", "person"), pk=key)
    number = member.project.proposal.number
    acts.load_for(request, number, "acceptance.appoint_panel")
    form = forms.ReleaseForm(**posted(request))
    given = {"member_id": member.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.release_member, **given, **form.cleaned_data):
        return back(request, "acceptance:project", number, said=_("席位已空出，请另外安排一位。"))
    return page(request, "projects/acceptance/release.html", {"form": form, "member": member})


@login_required
def mark(request: HttpRequest, number: str) -> HttpResponse:
    """A member's own page: what was to be done, photos, and her opinion."""
    project, parties = acts.load_for(request, number, "acceptance.mark_project")
    view = queries.view_of(project)
    held = next((mark for member, mark in view.members if member.person_id == request.user.pk and mark), None)
    before = {"meets": "yes" if held.meets else "no", "text": held.text} if held else {}
    form = forms.MarkForm(**posted(request), initial=before)
    if form.is_valid() and attempt(form, services.mark_project, **_given(request, project), **form.cleaned_data):
        return back(request, "acceptance:marked", number)
    return page(request, "projects/acceptance/mark.html", {"form": form, "project": project, "held": held})


@login_required
@require_safe
def marked(request: HttpRequest, number: str) -> HttpResponse:
    project, parties = acts.load_for(request, number, "desk.see_queue")
    return page(request, "projects/acceptance/marked.html", {"project": project, "view": queries.view_of(project)})


@login_required
def sign_off(request: HttpRequest, number: str) -> HttpResponse:
    """The proposer signs; a signature that stands is shown, not asked again."""
    project, parties = acts.load_for(request, number, "acceptance.sign_off")
    view = queries.view_of(project)
    form = forms.SignForm(**posted(request))
    if form.is_valid() and attempt(form, services.sign_off, **_given(request, project), **form.cleaned_data):
        return back(request, "acceptance:record", number, said=_("签字已记录，谢谢您一路参与。"))
    return page(request, "projects/acceptance/sign_off.html", {"form": form, "project": project, "view": view})


@login_required
def rework(request: HttpRequest, number: str) -> HttpResponse:
    project, parties = acts.load_for(request, number, "acceptance.conclude_inspection")
    form = forms.ReworkForm(**posted(request))
    if form.is_valid() and attempt(form, services.order_rework, **_given(request, project), **form.cleaned_data):
        return back(request, "acceptance:project", number, said=_("已退回整改，承接单位会收到通知。"))
    context = {"form": form, "project": project, "view": queries.view_of(project)}
    return page(request, "projects/acceptance/rework.html", context)


@login_required
def record_absence(request: HttpRequest, number: str) -> HttpResponse:
    project, parties = acts.load_for(request, number, "acceptance.record_absence")
    form = forms.AbsenceForm(**posted(request))
    if form.is_valid() and attempt(form, services.record_absence, **_given(request, project), **form.cleaned_data):
        return back(request, "acceptance:project", number, said=_("缺席已登记，请另一位同事会签。"))
    context = {"form": form, "project": project, "view": queries.view_of(project)}
    return page(request, "projects/acceptance/record_absence.html", context)


@login_required
@require_POST
def cosign_absence(request: HttpRequest, number: str) -> HttpResponse:
    project = acts.load(number)
    services.cosign_absence(**_given(request, project))
    return back(request, "acceptance:project", number, said=_("缺席已会签。"))


@login_required
@require_POST
def accept(request: HttpRequest, number: str) -> HttpResponse:
    project = acts.load(number)
    services.accept_project(**_given(request, project))
    return back(request, "evaluation:project", number, said=_("验收完成，居民可以评价了。"))


@require_safe
def record(request: HttpRequest, number: str) -> HttpResponse:
    """The acceptance record on an A4 sheet; residents' names are masked."""
    project = acts.load(number)
    context = {"project": project, "view": queries.view_of(project), "inspections": queries.inspections_of(project)}
    return page(request, "projects/acceptance/record.html", context)
