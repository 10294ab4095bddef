"""Pages of those who deliver, and of the office that follows them."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal import clock, files
from portal.refusals import insist
from portal.web import attempt, back, page, posted
from projects import permissions
from projects.delivery import forms, queries, services
from projects.delivery.models import Evidence, Milestone
from projects.funding import acts
from projects.funding.models import Project
from projects.permissions import Party


def load_site(request: HttpRequest, number: str) -> tuple[Project, frozenset[Party]]:
    """The project for its provider, or for whoever may read the dossier."""
    project = acts.load(number)
    parties = acts.parties_of(request.user, project, clock.today())
    if Party.PROVIDER not in parties:
        insist(permissions.objection_to("desk.see_dossier", roles=parties, stage=project.stage))
    return project, parties


def acts_of(project: Project, parties: frozenset[Party], known: queries.ProgressView) -> list:
    number, told = project.proposal.number, {"parties": parties, "stage": project.stage}
    act = acts.act
    ended = known.stop and known.stop.ended_at
    end = reverse("delivery:end_project", args=[number])
    stop = ("delivery:resume_project", _("恢复实施")) if known.stop else ("delivery:stop_project", _("暂停项目"))
    to = {name: reverse(f"delivery:{name}", args=[number]) for name in ("report", "add_evidence", "declare_finished")}
    return acts.possible(
        act("delivery.report_progress", _("上报进度"), to["report"], primary=True, **told),
        act("delivery.report_progress", _("上传资料"), to["add_evidence"], **told),
        act("delivery.plan_delivery", _("添加计划节点"), reverse("delivery:add_milestone", args=[number]), **told),
        act("delivery.declare_finished", _("申报完工"), to["declare_finished"], **told),
        act("delivery.raise_concern", _("提出监督意见"), reverse("delivery:raise_concern", args=[number]), **told),
        None if ended else act("delivery.stop_project", stop[1], reverse(stop[0], args=[number]), **told),
        act("delivery.end_project", _("登记终止"), end, **told) if known.stop and not ended else None,
    )


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """我负责的项目: the projects whose contracts name me, with what is due."""
    shown = Paginator(queries.mine(request.user), 10).get_page(request.GET.get("page"))
    rows = [(project, queries.progress_of(project)) for project in shown]
    return page(request, "projects/delivery/mine.html", {"page": shown, "rows": rows})


@login_required
@require_safe
def project(request: HttpRequest, number: str) -> HttpResponse:
    """Plan, reports, sheets, problems with their answers, and what may be done now."""
    project, parties = load_site(request, number)
    known = queries.progress_of(project)
    context = acts.frame(project, parties) | {
        "known": known,
        "problems": queries.problems_of(project)[:100],
        "sheets": project.evidence.exclude(kind__in=forms.PUBLIC_EVIDENCE).order_by("at")[:100],
        "changes": project.plan_changes.all()[:100],
        "acts": acts_of(project, parties, known),
        "may_plan": bool(parties & {Party.PROVIDER, Party.WORKER}) and project.stage in ("funding", "delivery"),
        "may_answer": bool(parties & {Party.PROVIDER, Party.WORKER, Party.STREET}),
        "may_open": Party.WORKER in parties and project.stage == "delivery",
    }
    return page(request, "projects/delivery/project.html", context)


@login_required
def report(request: HttpRequest, number: str) -> HttpResponse:
    """From the site, in under a minute: percentage, words, photos."""
    project, parties = acts.load_for(request, number, "delivery.report_progress")
    known = queries.progress_of(project)
    form = forms.ReportForm(**posted(request), initial={"percent": known.percent})
    given = {"project_id": project.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.report_progress, **given, **form.cleaned_data):
        return back(request, "delivery:project", number, said=_("进度已上报，点菜人和关注的居民会收到。"))
    return page(request, "projects/delivery/report.html", {"form": form, "project": project, "known": known})


@login_required
def add_evidence(request: HttpRequest, number: str) -> HttpResponse:
    project, parties = acts.load_for(request, number, "delivery.report_progress")
    form = forms.EvidenceForm(**posted(request))
    given = {"project_id": project.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.add_evidence, **given, **form.cleaned_data):
        return back(request, "delivery:project", number, said=_("资料已上传。"))
    return page(request, "projects/delivery/add_evidence.html", {"form": form, "project": project})


@login_required
def add_milestone(request: HttpRequest, number: str) -> HttpResponse:
    project, parties = acts.load_for(request, number, "delivery.plan_delivery")
    form = forms.MilestoneForm(**posted(request))
    given = {"project_id": project.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.add_milestone, **given, **form.cleaned_data):
        return back(request, "delivery:add_milestone", number, said=_("节点已添加，可以继续添加下一个。"))
    context = {"form": form, "project": project, "steps": project.milestones.all()[:60]}
    return page(request, "projects/delivery/add_milestone.html", context)


def _step(key: int) -> Milestone:
    return get_object_or_404(Milestone.objects.select_related("project__proposal"), pk=key)


@login_required
@require_POST
def complete_milestone(request: HttpRequest, key: int) -> HttpResponse:
    step = _step(key)
    services.complete_milestone(milestone_id=step.pk, by=request.user, now=clock.now())
    return back(request, "delivery:project", step.project.proposal.number, said=_("节点已标记完成。"))


@login_required
def change_milestone(request: HttpRequest, key: int) -> HttpResponse:
    step = _step(key)
    number = step.project.proposal.number
    acts.load_for(request, number, "delivery.change_plan")
    form = forms.ChangeForm(**posted(request))
    given = {"milestone_id": step.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.change_milestone, **given, **form.cleaned_data):
        return back(request, "delivery:project", number, said=_("计划已调整，原因会公开。"))
    return page(request, "projects/delivery/change_milestone.html", {"form": form, "step": step})


@login_required
def declare_finished(request: HttpRequest, number: str) -> HttpResponse:
    project, parties = acts.load_for(request, number, "delivery.declare_finished")
    form = forms.FinishForm(**posted(request))
    given = {"project_id": project.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.declare_finished, **given, **form.cleaned_data):
        return back(request, "delivery:project", number, said=_("已申报完工，社区会组织验收。"))
    return page(request, "projects/delivery/declare_finished.html", {"form": form, "project": project})


@login_required
@require_POST
def open_acceptance(request: HttpRequest, number: str) -> HttpResponse:
    project = acts.load(number)
    services.open_acceptance(project_id=project.pk, by=request.user, now=clock.now())
    return back(request, "acceptance:project", number, said=_("项目已进入验收，验收小组会收到通知。"))


@require_safe
def photo(request: HttpRequest, key: int) -> HttpResponse:
    """Photos of the work are public; sheets with names are for those who follow the project (P11)."""
    kept = get_object_or_404(Evidence.objects.select_related("project__proposal__community"), pk=key)
    if not queries.is_public(kept):
        parties = acts.parties_of(request.user, kept.project, clock.today())
        insist(queries.objection_to_sheet(parties))
    return files.serve(kept.file, title=kept.caption, small=request.GET.get("size") == "small")
