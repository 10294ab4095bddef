"""Pages on which residents and supervisors rate, and the office publishes, settles and closes."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal import clock
from portal.web import attempt, back, page, posted
from projects.evaluation import forms, queries, rules, services
from projects.evaluation.indicators import scored_of
from projects.evaluation.models import SupervisorRating
from projects.funding import acts
from projects.funding.models import Project
from projects.permissions import Party

CHECK, SEND = "check", "send"


def _given(request: HttpRequest, project: Project) -> dict:
    return {"project_id": project.pk, "by": request.user, "now": clock.now()}


@login_required
def rate(request: HttpRequest, number: str) -> HttpResponse:
    """Choose, check, send; what was sent before is shown again and may be changed until the last day."""
    project, parties = acts.load_for(request, number, "evaluation.rate_project")
    held = queries.rating_by(request.user, project)
    form = forms.RateForm(**posted(request), initial={"score": held.score, "text": held.text} if held else {})
    context = {"form": form, "project": project, "held": held, "window": queries.window_of(project)}
    if not form.is_valid() or request.POST.get("do") not in (CHECK, SEND):
        return page(request, "projects/evaluation/rate.html", context)
    if request.POST["do"] == CHECK:
        words = _(rules.WORDS[form.cleaned_data["score"]])
        return page(request, "projects/evaluation/rate_check.html", context | {"words": words})
    if attempt(form, services.rate_project, **_given(request, project), **form.cleaned_data):
        return back(request, "evaluation:rated", number)
    return page(request, "projects/evaluation/rate.html", context)


@login_required
@require_safe
def rated(request: HttpRequest, number: str) -> HttpResponse:
    """What was sent, and when the result comes."""
    project = acts.load(number)
    held = queries.rating_by(request.user, project)
    if held is None:
        return back(request, "evaluation:rate", number)
    context = {"project": project, "held": held, "window": queries.window_of(project)}
    return page(request, "projects/evaluation/rated.html", context | {"words": _(rules.WORDS[held.score])})


@login_required
def rate_supervisor(request: HttpRequest, number: str) -> HttpResponse:
    project, parties = acts.load_for(request, number, "evaluation.rate_as_supervisor")
    held = SupervisorRating.objects.filter(project=project, person=request.user).values().first()
    form = forms.SupervisorForm(**posted(request), initial=held or {})
    if form.is_valid() and attempt(form, services.rate_as_supervisor, **_given(request, project), **form.cleaned_data):
        return back(request, "evaluation:project", number, said=_("监督评价已提交。"))
    context = {"form": form, "project": project, "window": queries.window_of(project)}
    return page(request, "projects/evaluation/rate_supervisor.html", context)


def acts_of(project: Project, parties: frozenset[Party]) -> list:
    number, told = project.proposal.number, {"parties": parties, "stage": project.stage}
    window, heard = queries.window_of(project), queries.proposer_heard(project)
    dates = {"today": clock.today(), "closes_on": window.closes_on if window else None}
    concluded = getattr(project, "balance_ruling", None) is not None
    not_yet = rules.objection_to_conclusion(concluded=concluded, proposer_heard=heard, **dates)
    absent = rules.objection_to_absence(heard=heard, **dates)
    to = {
        name: reverse(f"evaluation:{name}", args=[number]) for name in ("conclude", "record_absence", "rate_supervisor", "score")
    }
    return acts.possible(
        acts.act("evaluation.rate_as_supervisor", _("监督评价"), to["rate_supervisor"], **told),
        acts.act("evaluation.score_project", _("指标评分"), to["score"], **told),
        acts.act("evaluation.record_absence", _("登记点菜人未评价"), to["record_absence"], also=absent, **told),
        acts.act("evaluation.conclude_ratings", _("公布评价结果"), to["conclude"], also=not_yet, posts=True, **told),
    )


@login_required
@require_safe
def project(request: HttpRequest, number: str) -> HttpResponse:
    """The office's page: scores with their base, texts, what is still to do before the project closes."""
    project, parties = acts.load_for(request, number)
    context = acts.frame(project, parties) | {
        "found": queries.satisfaction_of(project),
        "texts": queries.texts_of(project),
        "scored": scored_of(project),
        "supervisors": queries.supervisor_scores(project),
        "acts": acts_of(project, parties),
        "ruling": getattr(project, "balance_ruling", None),
        "may_close": Party.STREET in parties and project.stage == "evaluation",
    }
    return page(request, "projects/evaluation/project.html", context)


@login_required
def record_absence(request: HttpRequest, number: str) -> HttpResponse:
    project, parties = acts.load_for(request, number, "evaluation.record_absence")
    form = forms.AbsenceForm(**posted(request))
    if form.is_valid() and attempt(form, services.record_absence, **_given(request, project), **form.cleaned_data):
        return back(request, "evaluation:project", number, said=_("已登记。"))
    return page(request, "projects/evaluation/record_absence.html", {"form": form, "project": project})


@login_required
@require_POST
def conclude(request: HttpRequest, number: str) -> HttpResponse:
    project = acts.load(number)
    services.conclude_ratings(**_given(request, project))
    return back(request, "evaluation:project", number, said=_("评价结果已公布。"))


@login_required
@require_POST
def close_project(request: HttpRequest, number: str) -> HttpResponse:
    project = acts.load(number)
    services.close_project(**_given(request, project))
    return back(request, "evaluation:project", number, said=_("项目已办结。"))
