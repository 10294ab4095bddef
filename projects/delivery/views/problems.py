"""Problems, concerns and their answers; stops."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal import clock
from portal.web import attempt, back, page, posted
from projects.delivery import forms, services
from projects.delivery.models import ProblemReport
from projects.funding import acts

CHECK, SEND = "check", "send"


@login_required
def report_problem(request: HttpRequest, number: str) -> HttpResponse:
    """这里有问题: write, check, send; nothing is kept before it is sent."""
    project, parties = acts.load_for(request, number, "delivery.report_problem")
    form = forms.ProblemForm(**posted(request))
    given = {"project_id": project.pk, "by": request.user, "now": clock.now()}
    context = {"form": form, "project": project}
    if not form.is_valid() or request.POST.get("do") not in (CHECK, SEND):
        return page(request, "projects/delivery/report_problem.html", context)
    if request.POST["do"] == CHECK:
        return page(request, "projects/delivery/report_problem_check.html", context)
    if done := attempt(form, services.report_problem, **given, **form.cleaned_data):
        return back(request, "delivery:problem_sent", done.value.number)
    return page(request, "projects/delivery/report_problem.html", context)


@login_required
@require_safe
def problem_sent(request: HttpRequest, number: str) -> HttpResponse:
    """The number and the day of the answer; found again later at the same address."""
    mine = ProblemReport.objects.filter(by=request.user).select_related("project__proposal", "project__community")
    problem = get_object_or_404(mine, number=number)
    return page(request, "projects/delivery/problem_sent.html", {"problem": problem, "project": problem.project})


@login_required
def raise_concern(request: HttpRequest, number: str) -> HttpResponse:
    project, parties = acts.load_for(request, number, "delivery.raise_concern")
    form = forms.ProblemForm(**posted(request))
    given = {"project_id": project.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and (done := attempt(form, services.raise_concern, **given, **form.cleaned_data)):
        said = _("监督意见 %(number)s 已登记，社区会在 %(day)s 前答复。")
        return back(
            request, "delivery:project", number, said=said % {"number": done.value.number, "day": done.value.answer_by}
        )
    return page(request, "projects/delivery/raise_concern.html", {"form": form, "project": project})


@login_required
def answer_problem(request: HttpRequest, key: int) -> HttpResponse:
    problem = get_object_or_404(ProblemReport.objects.select_related("project__proposal", "by"), pk=key)
    number = problem.project.proposal.number
    acts.load_for(request, number, "delivery.answer_problem")
    form = forms.AnswerForm(**posted(request))
    given = {"problem_id": problem.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.answer_problem, **given, **form.cleaned_data):
        return back(request, "delivery:project", number, said=_("答复已公开，并通知了反映人。"))
    return page(request, "projects/delivery/answer_problem.html", {"form": form, "problem": problem})


@login_required
def stop_project(request: HttpRequest, number: str) -> HttpResponse:
    project, parties = acts.load_for(request, number, "delivery.stop_project")
    form = forms.StopForm(**posted(request))
    given = {"project_id": project.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.stop_project, **given, **form.cleaned_data):
        return back(request, "delivery:project", number, said=_("项目已暂停，原因已公开。"))
    return page(request, "projects/delivery/stop_project.html", {"form": form, "project": project})


@login_required
def end_project(request: HttpRequest, number: str) -> HttpResponse:
    """终止: a stopped project is given up for good; its money is settled next."""
    project, parties = acts.load_for(request, number, "delivery.end_project")
    form = forms.EndForm(**posted(request))
    given = {"project_id": project.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.end_project, **given, **form.cleaned_data):
        return back(request, "funding:project", number, said=_("项目已终止，原因已公开。请接着办理结算。"))
    return page(request, "projects/delivery/end_project.html", {"form": form, "project": project})


@login_required
def resume_project(request: HttpRequest, number: str) -> HttpResponse:
    project, parties = acts.load_for(request, number, "delivery.stop_project")
    form = forms.ResumeForm(**posted(request))
    given = {"project_id": project.pk, "by": request.user, "now": clock.now()}
    if form.is_valid() and attempt(form, services.resume_project, **given, **form.cleaned_data):
        return back(request, "delivery:project", number, said=_("项目已恢复实施。"))
    return page(request, "projects/delivery/resume_project.html", {"form": form, "project": project})
